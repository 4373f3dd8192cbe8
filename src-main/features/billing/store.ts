import { sql } from 'kysely'
import type { BillingProfile, BillingProfileEdit } from '../../../src-shared/features/billing/model.ts'
import { soundTaxNumber } from '../../../src-shared/features/billing/rules.ts'
import { cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import type { CommandContext, QueryContext } from '../../kernel/context.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { listRows } from '../../kernel/records/select.ts'
import { cleanPhone } from '../customers/public.ts'

const LINES = ['address', 'bank', 'account', 'email', 'mailAddress'] as const

/** The one cleaning of billing profiles. @throws Refusal taxNumberShape | taxNumberCheck */
export function cleanProfile<Values extends BillingProfileEdit>(values: Values): Values {
  const lines = LINES.flatMap((key) => {
    const value = values[key]
    return value === undefined ? [] : [[key, (value && cleanText(value)) || null]]
  })
  return {
    ...values,
    ...Object.fromEntries(lines),
    ...(values.phone !== undefined && { phone: values.phone ? cleanPhone(values.phone) : null }),
    ...(values.taxNumber !== undefined && { taxNumber: soundTaxNumber(values.taxNumber) }),
  }
}

/** The profiles of a customer: the one that is proposed, then by age. */
export async function profilesOf(
  context: Pick<QueryContext, 'db' | 'actor' | 'entities'>,
  customerId: string,
): Promise<BillingProfile[]> {
  const filter = { combinator: 'and' as const, rules: [{ field: 'customerId', operator: '=' as const, value: customerId }] }
  const { rows } = await listRows(context.db, context.actor, entityIn(context, 'billingProfile'), {
    filter,
    sort: [{ field: 'title', direction: 'asc' }],
    offset: 0,
    limit: 200,
  })
  return (rows as BillingProfile[]).toSorted(
    (a, b) => Number(b.isDefault) - Number(a.isDefault) || (a.createdAt < b.createdAt ? -1 : 1),
  )
}

/** Of a customer one profile at most is proposed first. */
export async function clearDefault(context: CommandContext, customerId: string): Promise<void> {
  await context.tx
    .updateTable('billingProfile')
    .set((eb) => ({ isDefault: 0, updatedAt: context.now(), version: eb('version', '+', 1) }))
    .where('customerId', '=', customerId)
    .where('isDefault', '=', 1)
    .execute()
}

/** Whether one is proposed for this customer already. */
export async function hasDefault(context: CommandContext, customerId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from billing_profile where customer_id = ${customerId} and is_default = 1 and deleted_at is null limit 1`.execute(
    context.tx,
  )
  return rows.length > 0
}
