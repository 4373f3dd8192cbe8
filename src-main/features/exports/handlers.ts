import type { ExportRequest } from '../../../src-shared/features/exports/contract.ts'
import { Ulid } from '../../../src-shared/kernel/ids.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import { text } from '../../../src-shared/features/exports/text.ts'
import type { StagedContext } from '../../kernel/context.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { onQuery, onStagedCommand } from '../../kernel/pipeline.ts'
import { settledFor } from '../../kernel/records/settle.ts'
import { asRefusal, handOut } from './handOut.ts'
import { writeReceivables } from './receivables.ts'
import { TAKEN, writeReport } from './reports.ts'
import type { ReadExport, WriteExport, WrittenExport } from './tasks.ts'

const TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv;charset=utf-8',
} as const

export const exportsHandlers = {
  start: onStagedCommand.exports.start.handler(({ input, context }) =>
    handOut(context, async () => {
      const zone = context.services.timeZone()
      if (input.part !== undefined && input.entity !== 'order') throw new Refusal('nothingToExport')
      const sheetName = text[input.language][`file.${input.part ?? input.entity}`]
      const now = Date.parse(context.now())
      const request = await settledRequest(context, input)
      return {
        entity: input.entity,
        fileName: `${sheetName}-${dateIn(context.now(), zone)}.${input.format}`,
        detail: { format: input.format, selection: summary(input.selection), ...(input.part && { part: input.part }) },
        write: (id) => {
          const task: WriteExport = { actor: context.actor, request, zone, sheetName, id, now }
          return context.scan<WrittenExport>('exports.write', task, { lane: 'long' })
        },
      }
    }),
  ),

  receivables: onStagedCommand.exports.receivables.handler(({ input, context }) =>
    handOut(context, () => {
      const fileName = `${text[input.language]['file.receivables']}-${input.asked.on}.xlsx`
      return Promise.resolve({
        entity: 'order' as const,
        fileName,
        detail: { format: 'xlsx', asked: input.asked },
        write: (id) => writeReceivables(context, input, id),
      })
    }),
  ),

  report: onStagedCommand.exports.report.handler(({ input, context }) =>
    handOut(context, () => {
      const { name, asked } = input.report
      return Promise.resolve({
        entity: TAKEN[name].entity,
        fileName: `${text[input.language][`file.${name}`]}-${asked.from}-${asked.to}.xlsx`,
        detail: { format: 'xlsx', asked },
        write: (id) => writeReport(context, input, id),
      })
    }),
  ),

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

/** The audit entry names the filter, not ten thousand ids. */
const summary = (selection: { ids: string[] } | { which: object; except: string[] }): object =>
  'ids' in selection ? { chosen: selection.ids.length } : { which: selection.which, except: selection.except.length }
