import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext, SessionDoor } from '../../kernel/context.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { onCommand, onQuery } from '../../kernel/pipeline.ts'
import { getRow } from '../../kernel/records/select.ts'
import { requireUserCovered } from '../people/public.ts'
import { tokenHash } from '../session/public.ts'
import { accessOf } from './access.ts'
import { sightsOf } from './sights.ts'
import { readAccount, setLooksAs } from './store.ts'

const OK = { ok: true } as const

export const lookingHandlers = {
  as: onCommand.looking.as.handler(async ({ input, context }) => {
    if (input.userId === context.actor.userId) throw new Refusal('yourself')
    const account = await readAccount(context.tx, input.userId)
    if (!account) throw new Refusal('userUnknown')
    if (context.services.actorOf(input.userId) === null) throw new Refusal('userDisabled')
    await requireUserCovered(context, input.userId)
    await look(context, context.door, input.userId)
    context.record({ entity: 'user', id: input.userId, action: 'lookedAs' })
    return OK
  }),

  leave: onCommand.looking.leave.handler(async ({ context }) => {
    const was = await look(context, context.door, null)
    if (was === null) context.unchanged()
    else context.record({ entity: 'user', id: was, action: 'stoppedLooking' })
    return OK
  }),

  whoSees: onQuery.looking.whoSees.handler(async ({ input, context }) => {
    await getRow(context.db, context.actor, entityIn(context, 'customer'), input.customerId, { deleted: true })
    return sightsOf(context, input.customerId)
  }),

  access: onQuery.looking.access.handler(({ input, context }) => accessOf(context, input.userId)),
}

/** The sight belongs to the session: another window of the same person stays as it was. @returns as whom it looked before. */
async function look(context: CommandContext, door: SessionDoor | null, userId: string | null): Promise<string | null> {
  const token = door?.token() ?? null
  if (token === null) throw new Refusal('noSession')
  const was = await setLooksAs(context.tx, tokenHash(token), userId)
  if (was === undefined) throw new Refusal('noSession')
  context.afterCommit(context.services.rightsChanged)
  return was
}
