import { todayOf } from '../../kernel/clock.ts'
import { employeeState } from '../../kernel/leaving.ts'
import type { NewCustomer } from '../../../src-shared/features/customers/model.ts'
import { requireSoundEdit } from '../../../src-shared/features/customers/rules.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { requireWritable } from '../../kernel/policy.ts'
import { insertRow } from '../../kernel/records/write.ts'
import { requireRoom } from '../pools/public.ts'
import { carriedBy } from './ownership.ts'
import { placed } from './place.ts'
import { changeTags, derivedFrom } from './store.ts'
import { tellOwner } from './tell.ts'

/** One new customer of values that are cleaned already. Who creates him owns him unless it is said otherwise; `null` leaves him free. */
export async function createCustomer(
  context: CommandContext,
  given: Omit<NewCustomer, 'tags' | 'custom'>,
  tags: readonly string[],
): Promise<string> {
  const values = placed(context, given)
  const owned = { ...values, ownerId: values.ownerId === undefined ? context.actor.employeeId : values.ownerId }
  requireSoundEdit(owned, owned.ownerId ? await employeeState(context.tx, owned.ownerId, todayOf(context)) : null)
  if (owned.ownerId) await requireRoom(context, owned.ownerId, { status: 'potential', ...owned })
  const id = await insertRow(context, entityIn(context, 'customer'), withoutOwnDefault(context, owned, given.ownerId), {
    ...derivedFrom(owned),
    ...carriedBy(null, owned, context.now()),
    ownerId: owned.ownerId,
  })
  if (tags.length > 0) await changeTags(context, [id], { add: tags, remove: [] })
  tellOwner(context, owned.ownerId, 'assigned', [id])
  return id
}

/** The default owner is the program's choice, so it is not held against the field right of somebody who may not choose owners. */
function withoutOwnDefault(
  context: CommandContext,
  owned: Record<string, unknown>,
  chosen: string | null | undefined,
): Record<string, unknown> {
  if (chosen !== undefined) {
    requireWritable(context.actor, entityIn(context, 'customer'), ['ownerId'])
    return owned
  }
  const { ownerId: _own, ...rest } = owned
  return rest
}
