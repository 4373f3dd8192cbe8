import { type ExportRequest, EXPORTABLE, ORDER_PARTS } from '../../../src-shared/features/exports/contract.ts'
import { text } from '../../../src-shared/features/exports/text.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { runCommand } from '../../kernel/commands.ts'
import type { Backend } from '../../kernel/context.ts'
import { asRefusal } from './handOut.ts'
import type { WriteExport, WrittenExport } from './tasks.ts'

export { cellOf, entityWord, headerOf, isIdHeader, isStateHeader, type Language, LANGUAGES } from './notation.ts'
export { seqOfState } from './state.ts'

type Entity = (typeof EXPORTABLE)[number]

/**
 * The export of the command line: the same rows, masks and audit entry as in the page, written to `out`.
 * @throws Refusal nothingToExport
 */
export async function exportList(
  backend: Backend,
  actor: Actor,
  options: { entity: string; out: string; format: ExportRequest['format']; search?: string },
): Promise<{ out: string; rows: number; columns: string[] }> {
  const part = ORDER_PARTS.find((one) => one === options.entity)
  const entity = part ? 'order' : options.entity
  if (!isExportable(entity))
    throw new Refusal('nothingToExport', { entity: options.entity, exportable: [...EXPORTABLE, ...ORDER_PARTS] })
  const request: ExportRequest = {
    entity,
    ...(part && { part }),
    format: options.format,
    language: 'zh-CN',
    selection: { which: options.search ? { search: options.search } : {}, except: [] },
  }
  const task: WriteExport = {
    actor,
    request,
    zone: backend.services.timeZone(),
    sheetName: text['zh-CN'][`file.${part ?? entity}`],
    out: options.out,
    now: Date.parse(backend.now()),
  }
  const written = await backend.workers.run<WrittenExport>('exports.write', task, { lane: 'long' }).catch(asRefusal)
  await runCommand(
    backend,
    {
      procedure: 'exports.start',
      actor,
      key: null,
      input: request,
      irreversible: 'a file that left the program cannot be called back',
    },
    (context) => {
      context.record({
        entity: request.entity,
        id: '',
        action: 'exported',
        detail: { ...written, format: options.format, out: options.out },
      })
      return Promise.resolve(null)
    },
  )
  return { out: options.out, rows: written.rows, columns: written.columns }
}

const isExportable = (entity: string): entity is Entity => (EXPORTABLE as readonly string[]).includes(entity)
