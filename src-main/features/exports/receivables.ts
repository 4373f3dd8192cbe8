import type { ReceivablesExport } from '../../../src-shared/features/exports/contract.ts'
import { text } from '../../../src-shared/features/exports/text.ts'
import { type AgeKey, AGES, type Receivables } from '../../../src-shared/features/reports/model.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import { may } from '../../../src-shared/kernel/actor.ts'
import type { StagedContext } from '../../kernel/context.ts'
import { Forbidden } from '../../kernel/errors.ts'
import type { WriteColumn } from '../../kernel/workbook/write.ts'
import type { Written } from './handOut.ts'
import type { WriteTable } from './tasks.ts'

/**
 * The table of receivables as a workbook: a line per group and one of all, of the orders that the actor may export.
 * @throws Forbidden without the right to export orders; Refusal nothingToExport
 */
export async function writeReceivables(
  context: StagedContext,
  { asked, language }: ReceivablesExport,
  id: string,
): Promise<Written> {
  if (!may(context.actor, 'orders.export')) throw new Forbidden('orders.export')
  const zone = context.services.timeZone()
  const words = text[language]
  const reader = { actor: context.actor, zone, now: context.now(), today: dateIn(context.now(), zone) }
  const found = await context.scan<Receivables>('reports.receivables', { ...reader, asked, page: null, verb: 'export' })
  if (found.total.due.count === 0) throw new Refusal('nothingToExport')
  const columns: WriteColumn[] = [
    { header: words[`ageBy.${asked.group ?? 'none'}`], width: 32, type: 'text' },
    ...AGES.map((key): WriteColumn => ({ header: words[`ages.${key}`], width: 16, type: 'money' })),
  ]
  const line = (name: string | null, sums: Receivables['total']) => [name, ...AGES.map((key: AgeKey) => sums[key].amount)]
  // A department stands under the one it belongs to.
  const rows = found.groups.map(({ name, depth, ...sums }) => line(`${'　'.repeat(depth)}${name ?? words['ages.none']}`, sums))
  const table: WriteTable = {
    id,
    now: Date.parse(context.now()),
    sheetName: words['file.receivables'],
    columns,
    rows: [...rows, line(words['ages.total'], found.total)],
  }
  return context.scan<Written>('exports.writeTable', table, { lane: 'long' })
}
