import type { ExportDone, ExportRequest } from '../../../src-shared/features/exports/contract.ts'
import { Ulid } from '../../../src-shared/kernel/ids.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import { text } from '../../../src-shared/features/exports/text.ts'
import type { StagedContext } from '../../kernel/context.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { onQuery, onStagedCommand } from '../../kernel/pipeline.ts'
import { settledFor } from '../../kernel/records/settle.ts'
import { WorkerFault } from '../../kernel/workers.ts'
import type { ReadExport, ReleaseExport, WriteExport, WrittenExport } from './tasks.ts'

const TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv;charset=utf-8',
} as const

/** The part under which the answer is kept. */
const PART = 'file'

export const exportsHandlers = {
  start: onStagedCommand.exports.start.handler(async ({ input, context }) => {
    // A repeated key hands out the file of the first time: another one would leave without an entry of its own.
    const before = context.answered<ExportDone>(PART)
    if (before) return before
    const id = context.newId()
    const zone = context.services.timeZone()
    const sheetName = text[input.language][`file.${input.entity}`]
    const fileName = `${sheetName}-${dateIn(context.now(), zone)}.${input.format}`
    const now = Date.parse(context.now())
    const request = await settledRequest(context, input)
    const task: WriteExport = { actor: context.actor, request, zone, sheetName, id, now }
    const written = await context.scan<WrittenExport>('exports.write', task, { lane: 'long' }).catch(asRefusal)
    const done = await context.commit(
      (command): Promise<ExportDone> => {
        command.record({
          entity: input.entity,
          id: '',
          action: 'exported',
          detail: { ...written, format: input.format, fileName, selection: summary(input.selection) },
        })
        return Promise.resolve({ id, fileName, rows: written.rows, refused: written.refused })
      },
      { part: PART },
    )
    // Only what stands in the history may leave; of two calls under one key, the second has written for nothing.
    if (done.id === id) {
      const release: ReleaseExport = { id, ticket: { userId: context.actor.userId, fileName, at: now } }
      await context.scan('exports.release', release).catch(asRefusal)
    }
    return done
  }),

  download: onQuery.exports.download.handler(async ({ input, context }) => {
    if (!Ulid.safeParse(input.id).success) throw new Refusal('gone')
    const asked: ReadExport = { id: input.id, userId: context.actor.userId, now: Date.parse(context.now()) }
    const { fileName, bytes } = await context
      .scan<{ fileName: string; bytes: Uint8Array<ArrayBuffer> }>('exports.read', asked)
      .catch(asRefusal)
    return new File([bytes], fileName, { type: fileName.endsWith('.csv') ? TYPES.csv : TYPES.xlsx })
  }),
}

/** Periods and "me" are of the moment the export was asked for. */
async function settledRequest(context: StagedContext, request: ExportRequest): Promise<ExportRequest> {
  const { selection } = request
  if ('ids' in selection) return request
  const which = await settledFor(context, entityIn(context, request.entity), selection.which)
  return { ...request, selection: { ...selection, which } }
}

/** What a rule said in the worker is said again here; everything else stays a fault. */
export function asRefusal(error: unknown): never {
  if (error instanceof WorkerFault && error.kind === 'Refusal')
    throw new Refusal(error.message, error.data['detail'] as Record<string, unknown> | undefined)
  throw error
}

/** The audit entry names the filter, not ten thousand ids. */
const summary = (selection: { ids: string[] } | { which: object; except: string[] }): object =>
  'ids' in selection ? { chosen: selection.ids.length } : { which: selection.which, except: selection.except.length }
