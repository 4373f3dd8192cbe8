import { todayOf } from '../../kernel/clock.ts'
import { employeeState } from '../../kernel/leaving.ts'
import type { Customer, CustomerEdit } from '../../../src-shared/features/customers/model.ts'
import { requireSoundEdit } from '../../../src-shared/features/customers/rules.ts'
import { typedValues } from '../../../src-shared/kernel/custom/phones.ts'
import type { Selection } from '../../../src-shared/kernel/list.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { may } from '../../../src-shared/kernel/actor.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { batchOf, onCommand, onQuery, onStagedCommand } from '../../kernel/pipeline.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { requireWritable } from '../../kernel/policy.ts'
import { inChunks, selectedCount, WHOLE } from '../../kernel/records/bulk.ts'
import { checkCells, editCells } from '../../kernel/records/editCells.ts'
import { countByFor, countFor, daysFor, listPage } from '../../kernel/records/lanes.ts'
import { withMayEdit } from '../../kernel/records/mayEdit.ts'
import { progressOf } from '../../kernel/records/progress.ts'
import { sumsFor } from '../../kernel/records/sums.ts'
import { getRow } from '../../kernel/records/select.ts'
import { loadForWrite, updateRow } from '../../kernel/records/write.ts'
import { editChunk, previewMany, purgeChunk, recycleChunk, restoreChunk } from './bulk.ts'
import { customerCells } from './cells.ts'
import { createCustomer } from './create.ts'
import { placed } from './place.ts'
import { requireRoom, requireSomeFit } from '../pools/public.ts'
import { carriedBy } from './ownership.ts'
import { changeTags, cleanCustomer, derivedFrom, mainContacts } from './store.ts'
import { tellOwner } from './tell.ts'
import { findLookalikes, ownedLookalike, requireSeen } from './lookalikes.ts'
import { mayDo } from './mayDo.ts'
import { successorsOf } from './merged.ts'

const ownerStateOf = async (context: CommandContext, values: CustomerEdit) =>
  values.ownerId ? employeeState(context.tx, values.ownerId, todayOf(context)) : null

export const customersHandlers = {
  list: onQuery.customers.list.handler(async ({ input, context }) => {
    const found = await listPage<Customer>(context, entityIn(context, 'customer'), input)
    const page = { ...found, rows: await withMayEdit(context, entityIn(context, 'customer'), found.rows) }
    if (!may(context.actor, 'contacts.read')) return page
    const contacts = await mainContacts(context, page.rows)
    const withContact = (row: Customer): Customer => {
      const main = contacts.get(row.id)
      return { ...row, contactCount: main?.n ?? 0, contactName: main?.name ?? null, contactPhone: main?.phone ?? null }
    }
    return { ...page, rows: page.rows.map(withContact) }
  }),

  count: onQuery.customers.count.handler(({ input, context }) => countFor(context, entityIn(context, 'customer'), input)),

  days: onQuery.customers.days.handler(({ input, context }) =>
    daysFor<Customer>(context, entityIn(context, 'customer'), input, 'nextFollowUpAt'),
  ),
  countBy: onQuery.customers.countBy.handler(async ({ input, context }) => {
    const groups = await countByFor(context, entityIn(context, 'customer'), input.which, input.field)
    if (input.field !== 'ownerId') return groups.map((group) => ({ ...group, label: group.value }))
    const employees = await context.db.selectFrom('employee').select(['id', 'name']).execute()
    const names = new Map(employees.map((employee) => [employee.id, employee.name]))
    return groups.map((group) => ({ ...group, label: group.value === null ? null : (names.get(group.value) ?? null) }))
  }),

  sums: onQuery.customers.sums.handler(({ input, context }) => sumsFor(context, entityIn(context, 'customer'), input)),

  get: onQuery.customers.get.handler(async ({ input, context }) => {
    // An old link leads to whoever took the place of the one it meant.
    const id = (await successorsOf(context.db, input.id)).at(-1) ?? input.id
    const row = (await getRow(context.db, context.actor, entityIn(context, 'customer'), id, { deleted: true })) as Customer
    return { ...row, may: await mayDo(context, row.id) }
  }),

  lookalikes: onQuery.customers.lookalikes.handler(({ input, context }) => findLookalikes(context, input, input.exceptId)),

  askOwner: onCommand.customers.askOwner.handler(async ({ input: { ref, ...wanted }, context }) => {
    const found = await ownedLookalike({ db: context.tx, actor: context.actor }, wanted, ref)
    if (!found) throw new Refusal('foundNoMore')
    if (found.ownerId === context.actor.employeeId) throw new Refusal('yoursAlready')
    const reads = await context.tx
      .selectFrom('userAccount')
      .select('id')
      .where('employeeId', '=', found.ownerId)
      .where('disabledAt', 'is', null)
      .executeTakeFirst()
    // Nobody waits for the answer of somebody who will never read the question.
    if (!reads) throw new Refusal('ownerCannotRead')
    context.notify({ employeeIds: [found.ownerId], kind: 'askedAbout', entity: 'customer', recordId: found.id })
    context.unchanged()
    return { ok: true as const }
  }),

  create: onCommand.customers.create.handler(async ({ input, context }) => {
    const { despite, seen, ...given } = input
    if (seen) await requireSeen(context, given, seen)
    const { tags = [], ...values } = cleanCustomer(typedValues(entityIn(context, 'customer'), given, null))
    const id = await createCustomer(context, values, tags)
    context.record({ entity: 'customer', id, action: 'created', ...(despite ? { detail: { despite } } : {}) })
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
    } = placed(context, cleanCustomer(typedValues(entityIn(context, 'customer'), input.values, row)), row)
    if (values.ownerId !== undefined && values.ownerId !== row['ownerId'])
      await loadForWrite(context, entityIn(context, 'customer'), row.id, 'transfer')
    requireSoundEdit(values, await ownerStateOf(context, values))
    if (values.ownerId && values.ownerId !== row['ownerId']) await requireRoom(context, values.ownerId, { ...row, ...values })
    const wrote = await updateRow(context, entityIn(context, 'customer'), row, {
      values,
      derived: { ...derivedFrom(values), ...carriedBy(row, values, context.now()) },
      seenVersion: input.version,
    })
    const tagged =
      addTags.length + removeTags.length > 0 && (await editTags(context, row.id, { add: addTags, remove: removeTags }))
    if (values.ownerId !== undefined && values.ownerId !== row['ownerId'])
      tellOwner(context, values.ownerId, 'transferred', [row.id])
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

  editMany: onStagedCommand.customers.editMany.handler(async ({ input, context }) => {
    const { ownerId } = input.values
    const result = await inChunks(context, { entity: entityIn(context, 'customer'), ...input }, (command, ids) =>
      editChunk(command, ids, input.values),
    )
    if (ownerId) await requireSomeFit(context, ownerId, result)
    return result
  }),
  previewMany: onQuery.customers.previewMany.handler(({ input, context }) => previewMany(context, input)),
  progress: onQuery.customers.progress.handler(({ input, context }) => ({ done: progressOf(batchOf(context.actor, input.key)) })),
  checkCells: onQuery.customers.checkCells.handler(({ input, context }) => checkCells(context, customerCells(context), input)),
  editCells: onStagedCommand.customers.editCells.handler(({ input, context }) =>
    editCells(context, customerCells(context), input),
  ),
  removeMany: onStagedCommand.customers.removeMany.handler(({ input, context }) =>
    inChunks(context, { entity: entityIn(context, 'customer'), ...input }, (command, ids) =>
      recycleChunk(command, ids, isOfOne(input.selection)),
    ),
  ),
  restoreMany: onStagedCommand.customers.restoreMany.handler(({ input, context }) =>
    inChunks(context, { entity: entityIn(context, 'customer'), ...input }, (command, ids) =>
      restoreChunk(command, ids, isOfOne(input.selection)),
    ),
  ),
  purgeMany: onStagedCommand.customers.purgeMany.handler(async ({ input, context }) => {
    if (context.answered(WHOLE) === null) {
      const found = await selectedCount(context, entityIn(context, 'customer'), input.selection)
      if (input.confirmCount !== found) throw new Refusal('selectionChanged', { expected: input.confirmCount, found })
    }
    return inChunks(context, { entity: entityIn(context, 'customer'), selection: input.selection }, purgeChunk)
  }),
}

const isOfOne = (selection: Selection): boolean => 'ids' in selection && new Set(selection.ids).size === 1

function editTags(context: CommandContext, id: string, change: { add: readonly string[]; remove: readonly string[] }) {
  requireWritable(context.actor, entityIn(context, 'customer'), ['tags'])
  return changeTags(context, [id], change)
}
