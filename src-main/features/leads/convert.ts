import type { Conversion } from '../../../src-shared/features/leads/model.ts'
import { requireOpen } from '../../../src-shared/features/leads/rules.ts'
import type { CustomerId } from '../../../src-shared/features/customers/model.ts'
import type { ContactId } from '../../../src-shared/features/contacts/model.ts'
import type { StageId } from '../../../src-shared/features/pipelines/model.ts'
import { may } from '../../../src-shared/kernel/actor.ts'
import type { Permission } from '../../../src-shared/kernel/permissions.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { Stale } from '../../kernel/errors.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { mayAskBy, rightTo } from '../../kernel/policy.ts'
import { insertRow, loadForWrite, type StoredRow } from '../../kernel/records/write.ts'
import { cleanContact, contactDerived } from '../contacts/public.ts'
import { cleanCustomer, createCustomer } from '../customers/public.ts'
import { bringFollowUps } from '../follow-ups/public.ts'
import { createOpportunity } from '../opportunities/public.ts'
import { followUpsOf } from './store.ts'

function requireMay(context: CommandContext, permission: Permission): void {
  if (!may(context.actor, permission)) throw new Refusal('mayNotCreate', { needs: permission })
}

const MASKED = ['phone', 'email', 'wechat'] as const
type Ways = Partial<Record<(typeof MASKED)[number], string | null>>
/** What somebody sees masked he cannot send; where he takes it over, what stands in the lead is meant. */
function unmasked<Values extends Ways>(context: CommandContext, row: StoredRow, values: Values): Values {
  const entity = entityIn(context, 'lead')
  const own = MASKED.filter((key) => values[key] && !mayAskBy(context.actor, entity, key)).map((key) => [key, row[key] ?? null])
  return { ...values, ...Object.fromEntries(own) }
}

/** Whose what a lead becomes is: the lead's owner's, by default whoever converts it. */
const ownerOf = (context: CommandContext, row: StoredRow): { ownerId?: string } =>
  typeof row['ownerId'] === 'string' && row['ownerId'] !== context.actor.employeeId ? { ownerId: row['ownerId'] } : {}

/** Where it came from goes with it unless another source is said; of what he may not see or write nothing. */
async function sourceOf(context: CommandContext, row: StoredRow): Promise<{ source?: string }> {
  const [lead, chance] = [entityIn(context, 'lead'), entityIn(context, 'opportunity')]
  const id = row['sourceId']
  if (typeof id !== 'string' || !mayAskBy(context.actor, lead, 'sourceId')) return {}
  if (rightTo(context.actor, chance, 'source') !== 'write') return {}
  const source = await context.tx.selectFrom('leadSource').select('name').where('id', '=', id).executeTakeFirst()
  return source ? { source: source.name } : {}
}

async function customerFor(context: CommandContext, row: StoredRow, wanted: Conversion['customer']): Promise<string> {
  if ('id' in wanted) {
    const customer = await loadForWrite(context, entityIn(context, 'customer'), wanted.id, 'edit')
    if (customer.deletedAt !== null) throw new Refusal('customerDeleted')
    return customer.id
  }
  requireMay(context, 'customers.create')
  return createCustomer(context, cleanCustomer({ ...unmasked(context, row, wanted), ...ownerOf(context, row) }), [])
}

/** A person whom the customer has already, by his number, is not made a second time. */
async function contactFor(
  context: CommandContext,
  row: StoredRow,
  { customerId, isNew, wanted }: { customerId: string; isNew: boolean; wanted: NonNullable<Conversion['contact']> },
): Promise<string> {
  requireMay(context, 'contacts.write')
  const values = cleanContact(unmasked(context, row, wanted))
  const there = values.phone
    ? await context.tx
        .selectFrom('contact')
        .select('id')
        .where('customerId', '=', customerId)
        .where('phone', '=', values.phone)
        .where('deletedAt', 'is', null)
        .executeTakeFirst()
    : undefined
  if (there) return there.id
  const entity = entityIn(context, 'contact')
  return insertRow(context, entity, { customerId, ...values, ...(isNew && { isPrimary: true }) }, contactDerived(values))
}

/**
 * Makes of a lead what it is to become: a customer, a person of his, a chance to sell. What was said goes with it; the lead stays and
 * says what it became. Its own row comes last, so that an undo finds nothing that still hangs on what it takes away.
 */
export async function convertLead(context: CommandContext, row: StoredRow, wanted: Conversion): Promise<{ customerId: string }> {
  requireOpen(row)
  if (row['status'] === 'invalid') throw new Refusal('invalid')
  if (row.version !== wanted.version) throw new Stale('lead', row.id)
  const customerId = await customerFor(context, row, wanted.customer)
  const isNew = !('id' in wanted.customer)
  const contactId = wanted.contact ? await contactFor(context, row, { customerId, isNew, wanted: wanted.contact }) : null
  const opportunityId = wanted.opportunity
    ? await opportunityFor(context, row, { customerId, contactId, ...wanted.opportunity })
    : null
  const said = await followUpsOf(context.tx, row.id)
  await bringFollowUps(
    context,
    { customerId, contactId, planAt: row['nextFollowUpAt'] as string | null },
    said.map(({ kind, text, happenedAt, nextAt, authorId }) => ({ kind, text, happenedAt, nextAt, authorId })),
  )
  const at = context.now()
  await context.tx
    .updateTable('lead')
    .set((eb) => ({
      status: 'converted',
      convertedAt: at,
      convertedCustomerId: customerId,
      convertedContactId: contactId,
      convertedOpportunityId: opportunityId,
      nextFollowUpAt: null,
      updatedAt: at,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', row.id)
    .execute()
  return { customerId }
}

type Chance = { customerId: string; contactId: string | null } & NonNullable<Conversion['opportunity']>
async function opportunityFor(
  context: CommandContext,
  row: StoredRow,
  { customerId, contactId, stageId, source, ...values }: Chance,
): Promise<string> {
  requireMay(context, 'opportunities.create')
  return createOpportunity(context, {
    ...(source === undefined ? await sourceOf(context, row) : { source }),
    ...values,
    customerId: customerId as CustomerId,
    contactId: contactId as ContactId | null,
    ...(stageId !== undefined && { stageId: stageId as StageId }),
    ...ownerOf(context, row),
  })
}
