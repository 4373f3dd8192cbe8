import { type RawBuilder, sql } from 'kysely'
import { addressEntity } from '../../../src-shared/features/addresses/entity.ts'
import { contactEntity } from '../../../src-shared/features/contacts/entity.ts'
import { fileEntity } from '../../../src-shared/features/files/entity.ts'
import { followUpEntity } from '../../../src-shared/features/follow-ups/entity.ts'
import { billingProfileEntity } from '../../../src-shared/features/billing/entity.ts'
import { invoiceEntity } from '../../../src-shared/features/invoices/entity.ts'
import { leadEntity } from '../../../src-shared/features/leads/entity.ts'
import { opportunityEntity } from '../../../src-shared/features/opportunities/entity.ts'
import { orderEntity } from '../../../src-shared/features/orders/entity.ts'
import { paymentEntity } from '../../../src-shared/features/payments/entity.ts'
import { quoteEntity } from '../../../src-shared/features/quotes/entity.ts'
import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { eraseImages, seqsShowing } from '../../kernel/erase.ts'
import { letBytesGo } from '../../kernel/fileStore.ts'
import type { ChunkOutcome } from '../../kernel/records/bulk.ts'
import { loadManyForWrite } from '../../kernel/records/write.ts'
import { purgeOrdersBeside } from '../orders/public.ts'
import { purgeInvoicesBeside } from '../invoices/public.ts'
import { purgePaymentsBeside } from '../payments/public.ts'
import { familyOf, purgeBesideQuotes } from '../quotes/public.ts'

export type Part = { entity: EntityDescriptor; action: string }

/** What hangs on a customer, or on nobody, and can be deleted by itself. Conversations before contacts, which they name. */
export const PARTS: readonly Part[] = [
  { entity: fileEntity, action: 'purgedFiles' },
  { entity: followUpEntity, action: 'purgedFollowUps' },
  { entity: addressEntity, action: 'purgedAddresses' },
  { entity: billingProfileEntity, action: 'purgedBillingProfiles' },
  { entity: invoiceEntity, action: 'purgedInvoices' },
  { entity: paymentEntity, action: 'purgedPayments' },
  { entity: orderEntity, action: 'purgedOrders' },
  { entity: quoteEntity, action: 'purgedQuotes' },
  { entity: opportunityEntity, action: 'purgedOpportunities' },
  { entity: contactEntity, action: 'purgedContacts' },
  { entity: leadEntity, action: 'purgedLeads' },
]

/** What goes with records of a kind. */
const BESIDE = new Map<EntityDescriptor, (context: CommandContext, ids: readonly string[]) => Promise<string[]>>([
  [opportunityEntity, (context, ids) => purgeBeside(context, opportunityEntity, ids)],
  [quoteEntity, purgeBesideQuotes],
  [orderEntity, purgeOrdersBeside],
  [paymentEntity, purgePaymentsBeside],
  [invoiceEntity, purgeInvoicesBeside],
  [leadEntity, (context, ids) => purgeBeside(context, leadEntity, ids)],
])
/** What named records of a kind and stays without them. */
const STAYING = new Map<EntityDescriptor, readonly (readonly [table: string, column: string])[]>([
  [
    contactEntity,
    [
      ['follow_up', 'contact_id'],
      ['opportunity', 'contact_id'],
      ['quote', 'contact_id'],
      ['sales_order', 'contact_id'],
      ['lead', 'converted_contact_id'],
    ],
  ],
  [
    opportunityEntity,
    [
      ['quote', 'opportunity_id'],
      ['sales_order', 'opportunity_id'],
      ['lead', 'converted_opportunity_id'],
    ],
  ],
  [quoteEntity, [['sales_order', 'quote_id']]],
])

/** For good, like the purge of customers: the rows go, and what the journal showed of them is blanked. */
export async function purgeParts(
  context: CommandContext,
  { entity, action }: Part,
  ids: readonly string[],
): Promise<ChunkOutcome> {
  const { rows, refused, settled } = await loadManyForWrite(context, entity, ids, { verbs: ['purge'], deleted: true })
  if (rows.length === 0) {
    context.unchanged()
    return { changed: 0, refused, unchanged: settled }
  }
  const chosen = rows.map((row) => row.id)
  const rowIds = await withTheirOwn(context, entity, chosen)
  const beside = (await BESIDE.get(entity)?.(context, rowIds)) ?? []
  const list = JSON.stringify(rowIds)
  if (entity === fileEntity) await letBytesGo(context, sql`select value from json_each(${list})`)
  // Conversations with somebody who is gone stay, and so do chances, quotes and orders.
  for (const [table, column] of STAYING.get(entity) ?? [])
    await sql`update ${sql.table(table)} set ${sql.ref(column)} = null, updated_at = ${context.now()}, version = version + 1
      where ${sql.ref(column)} in (select value from json_each(${list}))`.execute(context.tx)
  await sql`delete from ${sql.table(entity.table)} where id in (select value from json_each(${list}))`.execute(context.tx)
  const gone = [...rowIds, ...beside]
  const blanked = await seqsShowing(context, gone)
  await eraseImages(context, gone)
  context.record({ entity: entity.name, id: '', action, detail: { count: rows.length, blanked } })
  return { changed: rows.length, refused, unchanged: settled }
}

/** Answers go with their conversation, versions with their quote. */
async function withTheirOwn(context: CommandContext, entity: EntityDescriptor, chosen: readonly string[]): Promise<string[]> {
  if (entity === followUpEntity) return [...chosen, ...(await purgeAnswers(context, chosen))]
  return entity === quoteEntity ? (await familyOf(context.tx, chosen)).map(({ id }) => id) : [...chosen]
}

const BECAME = {
  customer: 'converted_customer_id',
  contact: 'converted_contact_id',
  opportunity: 'converted_opportunity_id',
} as const
/** A lead outlives what it became; it only no longer says which that was. */
export async function forgetBecame(context: CommandContext, kind: keyof typeof BECAME, ids: RawBuilder<unknown>): Promise<void> {
  const column = sql.ref(BECAME[kind])
  await sql`update lead set ${column} = null, updated_at = ${context.now()}, version = version + 1 where ${column} in (${ids})`.execute(
    context.tx,
  )
}

/**
 * What goes with conversations that go for good: their answers, the files sent in them, and who was named. The files and the names
 * are deleted here; the answers are conversations and go with the rest.
 */
async function purgeAnswers(context: CommandContext, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from follow_up where reply_to in (select value from json_each(${JSON.stringify(ids)})) and id not in (select value from json_each(${JSON.stringify(ids)}))`.execute(
    context.tx,
  )
  const answers = rows.map(({ id }) => id)
  const all = JSON.stringify([...ids, ...answers])
  const files = sql`select id from file where entity = 'followUp' and record_id in (select value from json_each(${all}))`
  await letBytesGo(context, files)
  const { rows: gone } = await sql<{ id: string }>`delete from file where id in (${files}) returning id`.execute(context.tx)
  await eraseImages(
    context,
    gone.map(({ id }) => id),
  )
  await purgeMentions(context, sql`select value from json_each(${all})`)
  return answers
}

/** Who was named in conversations that go for good. */
export async function purgeMentions(context: CommandContext, followUps: RawBuilder<unknown>): Promise<void> {
  await sql`delete from mention where follow_up_id in (${followUps})`.execute(context.tx)
}

/** What goes with records that go for good: the rows that are a part of them, and their teams. @returns the ids of the rows. */
export async function purgeBeside(context: CommandContext, entity: EntityDescriptor, ids: readonly string[]): Promise<string[]> {
  const list = JSON.stringify(ids)
  const gone: string[] = []
  const remove = async (statement: RawBuilder<unknown>) => {
    const { rows } = await sql<{ id: string }>`${statement} returning id`.execute(context.tx)
    gone.push(...rows.map(({ id }) => id))
  }
  for (const table of entity.dependents ?? [])
    await remove(
      sql`delete from ${sql.table(table)} where ${sql.ref(`${entity.table}_id`)} in (select value from json_each(${list}))`,
    )
  // Conversations about a chance that is gone stay.
  if (entity === opportunityEntity)
    await sql`update follow_up set opportunity_id = null, updated_at = ${context.now()}, version = version + 1
      where opportunity_id in (select value from json_each(${list}))`.execute(context.tx)
  if (entity.ownerKey)
    await remove(
      sql`delete from record_member where entity = ${entity.name} and record_id in (select value from json_each(${list}))`,
    )
  return gone
}
