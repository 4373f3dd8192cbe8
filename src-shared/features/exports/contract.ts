import { z } from 'zod'
import { MAX_SORTS, Selection, Sort } from '../../kernel/list.ts'
import { command, query } from '../../kernel/procedure.ts'
import { ForecastAsked, FunnelAsked, ReceivablesAsked, ResponseAsked, RoiAsked } from '../reports/model.ts'

export const EXPORT_REFUSALS = ['nothingToExport', 'columnUnknown', 'columnHidden', 'diskFull', 'gone'] as const
export const EXPORTABLE = [
  'customer',
  'contact',
  'followUp',
  'product',
  'opportunity',
  'lead',
  'quote',
  'order',
  'payment',
  'invoice',
  'stock',
  'purchase',
] as const
export const EXPORT_FORMATS = ['xlsx', 'csv'] as const

/** What of orders leaves in a file of its own, a row each. */
export const ORDER_PARTS = ['paymentPlan', 'orderPerson'] as const

/** Columns in the order wanted; absent = every field the caller may read. Rows beyond the export right are left out and counted. `part`: of orders, instead of themselves. */
export const ExportRequest = z.strictObject({
  entity: z.enum(EXPORTABLE),
  selection: Selection,
  sort: z.array(Sort).max(MAX_SORTS).optional(),
  columns: z.array(z.string().max(64)).min(1).max(100).optional(),
  part: z.enum(ORDER_PARTS).optional(),
  format: z.enum(EXPORT_FORMATS),
  language: z.enum(['zh-CN', 'en-US']).default('zh-CN'),
})
export type ExportRequest = z.infer<typeof ExportRequest>

/** `refused`: rows the caller sees but may not export. */
export const ExportDone = z.strictObject({
  id: z.string(),
  fileName: z.string(),
  rows: z.number().int(),
  refused: z.number().int(),
})
export type ExportDone = z.infer<typeof ExportDone>

/** The table of receivables that stands on the page, in fen of yuan to the second decimal. */
export const ReceivablesExport = z.strictObject({
  asked: ReceivablesAsked,
  language: z.enum(['zh-CN', 'en-US']).default('zh-CN'),
})
export type ReceivablesExport = z.infer<typeof ReceivablesExport>

/** The table of a report as it stands on the page: a line per group (of a forecast per month) and one of all. */
export const ReportExport = z.strictObject({
  report: z.discriminatedUnion('name', [
    z.strictObject({ name: z.literal('funnel'), asked: FunnelAsked }),
    z.strictObject({ name: z.literal('forecast'), asked: ForecastAsked }),
    z.strictObject({ name: z.literal('response'), asked: ResponseAsked }),
    z.strictObject({ name: z.literal('roi'), asked: RoiAsked }),
  ]),
  language: z.enum(['zh-CN', 'en-US']).default('zh-CN'),
})
export type ReportExport = z.infer<typeof ReportExport>

export const exportsContract = {
  /** A report as a workbook, of the rows that one may export. */
  report: command('customers.export', EXPORT_REFUSALS, { irreversible: 'a file that left the program cannot be called back' })
    .input(ReportExport)
    .output(ExportDone),
  /** Receivables by age, a line per group and one of all; of the orders that one may export. */
  receivables: command('customers.export', EXPORT_REFUSALS, {
    irreversible: 'a file that left the program cannot be called back',
  })
    .input(ReceivablesExport)
    .output(ExportDone),
  /** Writes the file on the host and the audit entry with it: who, what, how many rows, which columns. */
  start: command('customers.export', EXPORT_REFUSALS, { irreversible: 'a file that left the program cannot be called back' })
    .input(ExportRequest)
    .output(ExportDone),
  /** The file, for an hour, to whoever made it and may still export. */
  download: query('customers.export', [])
    .input(z.strictObject({ id: z.string().max(26) }))
    .output(z.file()),
}
