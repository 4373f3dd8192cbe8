import type { Customer, CustomerEdit, NewCustomer } from '../../../src-shared/features/customers/model.ts'
import { requireSoundEdit } from '../../../src-shared/features/customers/rules.ts'
import { flatValues } from '../../../src-shared/kernel/custom/values.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { fieldRight, may } from '../../../src-shared/kernel/actor.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { onCommand, onQuery, onStagedCommand } from '../../kernel/pipeline.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { requireWritable } from '../../kernel/policy.ts'
import { inChunks, selectedCount, WHOLE } from '../../kernel/records/bulk.ts'
import { listPage } from '../../kernel/records/lanes.ts'
import { getRow } from '../../kernel/records/select.ts'
import { insertRow, loadForWrite, updateRow } from '../../kernel/records/write.ts'
import { editChunk, purgeChunk, recycleChunk, restoreChunk } from './bulk.ts'
import { PLACE_FIELDS, type Placed, splitAddress } from './place.ts'
import { changeTags, cleanCustomer, contactCounts, derivedFrom, employeeState } from './store.ts'
import { findLookalikes } from './lookalikes.ts'

const ownerStateOf = async (context: CommandContext, values: CustomerEdit) =>
  values.ownerId ? employeeState(context.tx, values.ownerId) : null

export const customersHandlers = {
  list: onQuery.customers.list.handler(async ({ input, context }) => {
    const page = await listPage<Customer>(context, entityIn(context, 'customer'), input)
    if (!may(context.actor, 'contacts.read')) return page
    const counts = await contactCounts(
      context.db,
      page.rows.map((row) => row.id),
    )
    return { ...page, rows: page.rows.map((row) => ({ ...row, contactCount: counts.get(row.id) ?? 0 })) }
  }),

  count: onQuery.customers.count.handler(({ input, context }) =>
    context.scan('records.count', { actor: context.actor, entity: 'customer', which: input }),
  ),

  countBy: onQuery.customers.countBy.handler(async ({ input, context }) => {
    const groups = await context.scan<{ value: string | null; count: number }[]>('records.countBy', {
      actor: context.actor,
      entity: 'customer',
      which: input.which,
      key: input.field,
    })
    if (input.field !== 'ownerId') return groups.map((group) => ({ ...group, label: group.value }))
    const employees = await context.db.selectFrom('employee').select(['id', 'name']).execute()
    const names = new Map(employees.map((employee) => [employee.id, employee.name]))
    return groups.map((group) => ({ ...group, label: group.value === null ? null : (names.get(group.value) ?? null) }))
  }),

  get: onQuery.customers.get.handler(
    async ({ input, context }) =>
      (await getRow(context.db, context.actor, entityIn(context, 'customer'), input.id, { deleted: true })) as Customer,
  ),

  lookalikes: onQuery.customers.lookalikes.handler(({ input, context }) => findLookalikes(context, input, input.exceptId)),

  create: onCommand.customers.create.handler(async ({ input, context }) => {
    const { tags = [], ...values } = placed(context, cleanCustomer(flatValues(entityIn(context, 'customer'), input)))
    // Who creates a customer owns him unless the form says otherwise; `null` leaves him free.
    const owned = { ...values, ownerId: values.ownerId === undefined ? context.actor.employeeId : values.ownerId }
    requireSoundEdit(owned, await ownerStateOf(context, owned))
    const id = await insertRow(context, entityIn(context, 'customer'), withoutOwnDefault(context, owned, input), {
      ...derivedFrom(owned),
      ownerId: owned.ownerId,
    })
    if (tags.length > 0) await changeTags(context, [id], { add: tags, remove: [] })
    context.record({ entity: 'customer', id, action: 'created' })
    return (await getRow(
      context.tx,
      { ...context.actor, permissions: { ...context.actor.permissions, 'customers.read': 'all' } },
      entityIn(context, 'customer'),
      id,
    )) as Customer
  }),

  edit: onCommand.customers.edit.handler(async ({ input, context }) => {
    const row = await loadForWrite(context, entityIn(context, 'customer'), input.id, 'edit')
    if (row.deletedAt !== null) throw new Refusal('deleted')
    const {
      addTags = [],
      removeTags = [],
      ...values
    } = placed(context, cleanCustomer(flatValues(entityIn(context, 'customer'), input.values)), row)
    if (values.ownerId !== undefined && values.ownerId !== row['ownerId'])
      await loadForWrite(context, entityIn(context, 'customer'), row.id, 'transfer')
    requireSoundEdit(values, await ownerStateOf(context, values))
    const wrote = await updateRow(context, entityIn(context, 'customer'), row, {
      values,
      derived: derivedFrom(values),
      seenVersion: input.version,
    })
    const tagged =
      addTags.length + removeTags.length > 0 && (await editTags(context, row.id, { add: addTags, remove: removeTags }))
    if (wrote || tagged)
      context.record({
        entity: 'customer',
        id: row.id,
        action: values.ownerId !== undefined && values.ownerId !== row['ownerId'] ? 'transferred' : 'edited',
      })
    else context.unchanged()
    return (await getRow(
      context.tx,
      { ...context.actor, permissions: { ...context.actor.permissions, 'customers.read': 'all' } },
      entityIn(context, 'customer'),
      row.id,
    )) as Customer
  }),

  editMany: onStagedCommand.customers.editMany.handler(({ input, context }) =>
    inChunks(context, { entity: entityIn(context, 'customer'), ...input }, (command, ids) =>
      editChunk(command, ids, input.values),
    ),
  ),
  removeMany: onStagedCommand.customers.removeMany.handler(({ input, context }) =>
    inChunks(context, { entity: entityIn(context, 'customer'), ...input }, recycleChunk),
  ),
  restoreMany: onStagedCommand.customers.restoreMany.handler(({ input, context }) =>
    inChunks(context, { entity: entityIn(context, 'customer'), ...input }, restoreChunk),
  ),
  purgeMany: onStagedCommand.customers.purgeMany.handler(async ({ input, context }) => {
    if (context.answered(WHOLE) === null) {
      const found = await selectedCount(context, entityIn(context, 'customer'), input.selection)
      if (input.confirmCount !== found) throw new Refusal('selectionChanged', { expected: input.confirmCount, found })
    }
    return inChunks(context, { entity: entityIn(context, 'customer'), selection: input.selection }, purgeChunk)
  }),
}

/** Who may not write all fields that an address goes to keeps it in one piece. */
const placed = <Values extends Placed>(
  context: CommandContext,
  values: Values,
  stands?: Readonly<Record<string, unknown>>,
): Values =>
  PLACE_FIELDS.every((key) => fieldRight(context.actor, 'customer', key) === 'write') ? splitAddress(values, stands) : values

/** The default owner is the program's choice, so it is not held against the field right of somebody who may not choose owners. */
function withoutOwnDefault(context: CommandContext, owned: Record<string, unknown>, input: NewCustomer): Record<string, unknown> {
  if (input.ownerId !== undefined) {
    requireWritable(context.actor, entityIn(context, 'customer'), ['ownerId'])
    return owned
  }
  const { ownerId: _chosen, ...rest } = owned
  return rest
}

function editTags(context: CommandContext, id: string, change: { add: readonly string[]; remove: readonly string[] }) {
  requireWritable(context.actor, entityIn(context, 'customer'), ['tags'])
  return changeTags(context, [id], change)
}
