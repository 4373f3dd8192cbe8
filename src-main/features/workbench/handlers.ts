import { dateIn } from '../../../src-shared/kernel/time.ts'
import type { QueryContext } from '../../kernel/context.ts'
import { onCommand, onQuery } from '../../kernel/pipeline.ts'
import { readLastWords } from './figures.ts'
import { readLayout, writeLayout } from './layout.ts'
import { whoCanBeSeen } from './who.ts'

const dayOf = ({ now, services }: QueryContext): { today: string; zone: string } => {
  const zone = services.timeZone()
  return { today: dateIn(now(), zone), zone }
}

export const workbenchHandlers = {
  layout: onQuery.workbench.layout.handler(({ context }) => readLayout(context.db, context.actor.userId)),
  arrange: onCommand.workbench.arrange.handler(({ input, context }) => writeLayout(context, input)),

  who: onQuery.workbench.who.handler(({ context }) => whoCanBeSeen(context.db, context.actor, dayOf(context).today)),
  figures: onQuery.workbench.figures.handler(({ input, context }) =>
    context.scan('workbench.figures', { actor: context.actor, ...input, ...dayOf(context) }),
  ),
  ranking: onQuery.workbench.ranking.handler(({ input, context }) =>
    context.scan('workbench.ranking', { actor: context.actor, ...input, ...dayOf(context) }),
  ),
  drill: onQuery.workbench.drill.handler(({ input, context }) =>
    context.scan('workbench.drill', { actor: context.actor, ...input, ...dayOf(context) }),
  ),
  lastWords: onQuery.workbench.lastWords.handler(({ input, context }) =>
    readLastWords({ ...context, whose: null, zone: dayOf(context).zone }, input.customerIds),
  ),
}
