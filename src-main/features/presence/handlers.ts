import { entityIn } from '../../kernel/livingEntities.ts'
import { onQuery } from '../../kernel/pipeline.ts'
import { getRow } from '../../kernel/records/select.ts'

export const presenceHandlers = {
  here: onQuery.presence.here.handler(async ({ input, context }) => {
    const { actor, db, services } = context
    const customer = await getRow(db, actor, entityIn(context, 'customer'), input.customerId, { deleted: true })
    // Who looks as somebody else is not there himself, and the other one is not there either.
    if (actor.lookedBy) return []
    const others = services.presence.be(String(customer['id']), actor, input.doing, context.now())
    return others.map(({ userId, name, doing }) => ({ userId, name, doing }))
  }),

  leave: onQuery.presence.leave.handler(({ input, context }) => {
    context.services.presence.leave(input.customerId, context.actor, context.now())
    return { ok: true as const }
  }),
}
