import type { QuoteState } from '../../../src-shared/features/quotes/rules.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { StoredRow } from '../../kernel/records/write.ts'

export const todayOf = (context: Pick<CommandContext, 'now' | 'services'>): string =>
  dateIn(context.now(), context.services.timeZone())

/** What rules ask of a row. */
export const standing = (row: StoredRow) => ({
  state: row['state'] as QuoteState,
  superseded: row['superseded'] === 1,
  validUntil: row['validUntil'] as string | null,
  customerId: row['customerId'] as string | null,
})

/** Columns of the quote that the program writes. */
export async function put(context: CommandContext, id: string, values: Record<string, unknown>): Promise<void> {
  const set = { ...values, updatedAt: context.now() }
  await context.tx
    .updateTable('quote')
    .set((eb) => ({ ...set, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}
