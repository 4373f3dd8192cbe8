import { todayOf } from '../../kernel/clock.ts'
import { entities } from '../../../src-shared/entities.ts'
import type { PoolValues } from '../../../src-shared/features/pools/model.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { Stale } from '../../kernel/errors.ts'
import { onCommand, onQuery, onStagedCommand } from '../../kernel/pipeline.ts'
import { claim } from './claim.ts'
import { assign, release } from './give.ts'
import { holdingOf } from './holding.ts'
import { deleteLimit, insertLimit, limitIsTaken, readLimit, readLimits, updateLimit } from './limits.ts'
import {
  choicesOf,
  deletePool,
  insertPool,
  movedThrough,
  nameIsTaken,
  poolsOf,
  readPool,
  readPools,
  unknownMember,
  updatePool,
} from './store.ts'
import { poolRuleHandlers } from './ruleHandlers.ts'
import { openInPool } from './views.ts'

async function requireSound(context: CommandContext, { name, members, hidden }: PoolValues, id?: string): Promise<void> {
  if (await nameIsTaken(context.tx, name, id)) throw new Refusal('nameTaken', { name })
  if (await unknownMember(context.tx, members)) throw new Refusal('memberUnknown')
  const known = new Set(
    entities.flatMap((own) => {
      const { name: entity, fields } = context.entities.get(own.name) ?? own
      return fields.flatMap((field) => (field.alwaysReadable ? [] : [`${entity}.${field.key}`]))
    }),
  )
  const strange = hidden.find((field) => !known.has(field))
  if (strange !== undefined) throw new Refusal('fieldUnknown', { field: strange })
}

export const poolsHandlers = {
  ...poolRuleHandlers,
  mine: onQuery.pools.mine.handler(({ context }) => poolsOf(context.db, context.actor, todayOf(context))),
  choices: onQuery.pools.choices.handler(({ context }) => choicesOf(context.db)),
  list: onQuery.pools.list.handler(({ context }) => readPools(context.db)),

  create: onCommand.pools.create.handler(async ({ input, context }) => {
    await requireSound(context, input)
    const id = await insertPool(context, input)
    context.record({ entity: 'pool', id, action: 'created', detail: { name: input.name } })
    return readPool(context.tx, id)
  }),

  edit: onCommand.pools.edit.handler(async ({ input, context }) => {
    const pool = await readPool(context.tx, input.id)
    if (pool.version !== input.version) throw new Stale('pool', pool.id)
    await requireSound(context, input.values, pool.id)
    await updatePool(context, pool.id, input.values)
    context.record({ entity: 'pool', id: pool.id, action: 'edited', detail: { name: input.values.name } })
    return readPool(context.tx, pool.id)
  }),

  remove: onCommand.pools.remove.handler(async ({ input, context }) => {
    const pool = await readPool(context.tx, input.id)
    if (pool.rules > 0) throw new Refusal('hasRules', { count: pool.rules })
    if (pool.customers > 0 || (await movedThrough(context.tx, pool.id))) throw new Refusal('notEmpty', { count: pool.customers })
    await deletePool(context.tx, pool.id)
    context.record({ entity: 'pool', id: pool.id, action: 'deleted', detail: { name: pool.name } })
    return { id: input.id }
  }),

  claim: onCommand.pools.claim.handler(({ input, context }) => claim(context, input.ids)),
  assign: onStagedCommand.pools.assign.handler(({ input, context }) => assign(context, input)),
  release: onStagedCommand.pools.release.handler(({ input, context }) => release(context, input)),
  open: onCommand.pools.open.handler(({ input, context }) => openInPool(context, input.id)),

  holding: onQuery.pools.holding.handler(({ input, context }) => {
    const id = input.employeeId ?? context.actor.employeeId
    return id === null ? { held: 0, most: null, without: {} } : holdingOf(context.db, id, todayOf(context))
  }),
  limits: onQuery.pools.limits.handler(({ context }) => readLimits(context.db)),

  createLimit: onCommand.pools.createLimit.handler(async ({ input, context }) => {
    if (await limitIsTaken(context.tx, input)) throw new Refusal('limitTaken')
    await requireMember(context, input)
    const id = await insertLimit(context, input)
    context.record({ entity: 'holdingLimit', id, action: 'created', detail: { most: input.most } })
    return readLimit(context.tx, id)
  }),

  editLimit: onCommand.pools.editLimit.handler(async ({ input, context }) => {
    const limit = await readLimit(context.tx, input.id)
    if (limit.version !== input.version) throw new Stale('holdingLimit', limit.id)
    if (await limitIsTaken(context.tx, input.values, limit.id)) throw new Refusal('limitTaken')
    await requireMember(context, input.values)
    await updateLimit(context, limit.id, input.values)
    context.record({ entity: 'holdingLimit', id: limit.id, action: 'edited', detail: { most: input.values.most } })
    return readLimit(context.tx, limit.id)
  }),

  removeLimit: onCommand.pools.removeLimit.handler(async ({ input, context }) => {
    const limit = await readLimit(context.tx, input.id)
    await deleteLimit(context.tx, limit.id)
    context.record({ entity: 'holdingLimit', id: limit.id, action: 'deleted', detail: { most: limit.most } })
    return { id: input.id }
  }),
}

async function requireMember(
  context: CommandContext,
  { employeeId, departmentId }: { employeeId: string | null; departmentId: string | null },
): Promise<void> {
  if (employeeId === null && departmentId === null) return
  if (await unknownMember(context.tx, [{ employeeId, departmentId, manages: false }])) throw new Refusal('memberUnknown')
}
