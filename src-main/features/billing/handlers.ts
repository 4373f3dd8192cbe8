import type { BillingProfile } from '../../../src-shared/features/billing/model.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { onCommand, onQuery } from '../../kernel/pipeline.ts'
import { onlyReads } from '../../kernel/policy.ts'
import { getRow } from '../../kernel/records/select.ts'
import { insertRow, loadForWrite, setDeleted, type StoredRow, updateRow } from '../../kernel/records/write.ts'
import { cleanProfile, clearDefault, hasDefault, profilesOf } from './store.ts'

const profileIn = (context: Pick<CommandContext, 'entities'>) => entityIn(context, 'billingProfile')

/** Whoever may write profiles writes those of customers he sees, finance too; what lies in a pool is claimed first. */
async function requireCustomer(context: CommandContext, id: string): Promise<void> {
  const customer = await loadForWrite(context, entityIn(context, 'customer'), id, 'read')
  if (customer.deletedAt !== null) throw new Refusal('deleted')
  if (onlyReads(context.actor, customer['poolId'])) throw new Refusal('inPool')
}

async function toChange(context: CommandContext, id: string): Promise<StoredRow> {
  const row = await loadForWrite(context, profileIn(context), id, 'read')
  if (row.deletedAt !== null) throw new Refusal('deleted')
  await requireCustomer(context, String(row['customerId']))
  return row
}

const written = async (context: CommandContext, id: string): Promise<BillingProfile> =>
  (await getRow(context.tx, context.actor, profileIn(context), id)) as BillingProfile

export const billingHandlers = {
  ofCustomer: onQuery.billing.ofCustomer.handler(({ input, context }) => profilesOf(context, input.customerId)),

  create: onCommand.billing.create.handler(async ({ input, context }) => {
    await requireCustomer(context, input.customerId)
    const { isDefault, ...values } = cleanProfile(input)
    const proposed = isDefault === true || !(await hasDefault(context, input.customerId))
    if (proposed) await clearDefault(context, input.customerId)
    const id = await insertRow(context, profileIn(context), values, { isDefault: proposed ? 1 : 0 })
    context.record({ entity: 'billingProfile', id, action: 'created', detail: { customerId: input.customerId } })
    return written(context, id)
  }),

  edit: onCommand.billing.edit.handler(async ({ input, context }) => {
    const row = await toChange(context, input.id)
    const values = cleanProfile(input.values)
    if (values.isDefault && row['isDefault'] !== 1) await clearDefault(context, String(row['customerId']))
    const wrote = await updateRow(context, profileIn(context), row, { values, seenVersion: input.version })
    if (wrote) context.record({ entity: 'billingProfile', id: row.id, action: 'edited' })
    else context.unchanged()
    return written(context, row.id)
  }),

  remove: onCommand.billing.remove.handler(async ({ input, context }) => {
    const row = await toChange(context, input.id)
    await setDeleted(context, profileIn(context), row.id, true)
    context.record({ entity: 'billingProfile', id: row.id, action: 'deleted' })
    return { id: input.id }
  }),

  restore: onCommand.billing.restore.handler(async ({ input, context }) => {
    const row = await loadForWrite(context, profileIn(context), input.id, 'read')
    if (row.deletedAt === null) throw new Refusal('notDeleted')
    const customerId = String(row['customerId'])
    await requireCustomer(context, customerId)
    // Another one may be proposed meanwhile.
    if (row['isDefault'] === 1 && (await hasDefault(context, customerId)))
      await context.tx.updateTable('billingProfile').set({ isDefault: 0 }).where('id', '=', row.id).execute()
    await setDeleted(context, profileIn(context), row.id, false)
    context.record({ entity: 'billingProfile', id: row.id, action: 'restored' })
    return written(context, row.id)
  }),
}
