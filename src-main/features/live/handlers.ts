import type { LiveChange } from '../../../src-shared/kernel/live.ts'
import { onQuery } from '../../kernel/pipeline.ts'

export const liveHandlers = {
  changes: onQuery.live.changes.handler(async function* ({ input, context, signal }): AsyncGenerator<LiveChange> {
    yield* context.services.follow({ actor: context.actor, token: context.door?.token() ?? null, since: input.since, signal })
  }),
}
