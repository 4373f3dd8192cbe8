import { sql } from 'kysely'
import { momentOf } from '../../src-shared/kernel/zoned.ts'
import type { CommandContext } from './context.ts'

/** Who bought, and on which business day where it was not today. */
type Buyer = { readonly customerId: unknown; readonly on?: string | null | undefined }

/**
 * Whoever buys is won, whoever may write him: by an opportunity that is won or an order that takes effect, in the same command, so that
 * taking that back takes this back. Recycling leaves him alone from then on, and who was won before stays won since then.
 */
export async function markWon(context: CommandContext, buyers: readonly Buyer[]): Promise<void> {
  const since = new Map<string, string>()
  for (const { customerId, on } of buyers) {
    if (typeof customerId !== 'string') continue
    const at = on ? new Date(momentOf({ date: on, minutes: 0 }, context.services.timeZone())).toISOString() : context.now()
    const known = since.get(customerId)
    since.set(customerId, known !== undefined && known < at ? known : at)
  }
  if (since.size === 0) return
  await sql`update customer set status = 'won', won_at = w.value, updated_at = ${context.now()}, version = version + 1
    from json_each(${JSON.stringify(Object.fromEntries(since))}) w
    where customer.id = w.key and customer.status <> 'won' and customer.deleted_at is null`.execute(context.tx)
}
