import { sql } from 'kysely'
import type { BillingProfile, BillingProfileEdit } from '../../../src-shared/features/billing/model.ts'
import { soundTaxNumber } from '../../../src-shared/features/billing/rules.ts'
import { fieldRight, may } from '../../../src-shared/kernel/actor.ts'
import { cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import type { CommandContext, QueryContext } from '../../kernel/context.ts'
import { plain, type WriteTx } from '../../kernel/database.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { listRows } from '../../kernel/records/select.ts'
import { insertRow } from '../../kernel/records/write.ts'
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

/** A profile as an invoice keeps it. */
export type KeptProfile = {
  readonly customerId: string
  readonly title: string
  readonly kind: string
  readonly isDefault: number
  readonly taxNumber: string | null
  readonly address: string | null
  readonly phone: string | null
  readonly bank: string | null
  readonly account: string | null
  readonly email: string | null
  readonly mailAddress: string | null
}
/** The living profiles of these customers, the one that is proposed first. */
export async function profilesAmong(tx: WriteTx, customerIds: readonly string[]): Promise<Map<string, KeptProfile[]>> {
  const { rows } = await sql<KeptProfile>`
    select customer_id as "customerId", title, kind, is_default as "isDefault", tax_number as "taxNumber", address, phone, bank, account, email,
      mail_address as "mailAddress" from billing_profile
    where customer_id in (select value from json_each(${JSON.stringify([...new Set(customerIds)])})) and deleted_at is null
    order by is_default desc, created_at, id`.execute(plain(tx))
  return Map.groupBy(rows, ({ customerId }) => customerId)
}

/** A profile that a file says of a customer, as far as who brings it may write such. @returns whether it was made */
export async function makeProfile(context: CommandContext, given: KeptProfile): Promise<boolean> {
  const { actor } = context
  const writes = (key: string): boolean => fieldRight(actor, 'billingProfile', key) === 'write'
  if (!may(actor, 'billing.write') || !['title', 'kind', 'taxNumber'].every(writes)) return false
  const { isDefault, ...values } = given
  const own = Object.fromEntries(Object.entries(values).filter(([key, value]) => value !== null && writes(key)))
  await insertRow(context, entityIn(context, 'billingProfile'), { ...own, customerId: given.customerId }, { isDefault })
  return true
}
