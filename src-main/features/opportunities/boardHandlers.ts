import type { Board, ColumnInput, Days, Forecast } from '../../../src-shared/features/opportunities/board.ts'
import type { Opportunity } from '../../../src-shared/features/opportunities/model.ts'
import type { Which } from '../../../src-shared/kernel/list.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import type { QueryContext } from '../../kernel/context.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { onQuery } from '../../kernel/pipeline.ts'
import { settledFor } from '../../kernel/records/settle.ts'

/** As it is handed to a worker: nothing in it moves or depends on who asks any more. */
async function askedOf<Input extends Which>(context: QueryContext, input: Input) {
  const zone = context.services.timeZone()
  const settled = (await settledFor(context, entityIn(context, 'opportunity'), input)) as Input
  return { actor: context.actor, input: settled, zone, today: dateIn(context.now(), zone) }
}

/** The same rows as the list in other shapes; sums look at every row, so they are taken where nobody waits behind them. */
export const boardHandlers = {
  board: onQuery.opportunities.board.handler(async ({ input, context }) =>
    context.scan<Board>('opportunities.board', await askedOf(context, input), { lane: 'quick' }),
  ),
  column: onQuery.opportunities.column.handler(async ({ input, context }) =>
    context.scan<{ rows: Opportunity[]; hasMore: boolean; capped: boolean }>(
      'opportunities.column',
      await askedOf<ColumnInput>(context, input),
      { lane: 'quick' },
    ),
  ),
  forecast: onQuery.opportunities.forecast.handler(async ({ input, context }) =>
    context.scan<Forecast>('opportunities.forecast', await askedOf(context, input), { lane: 'quick' }),
  ),
  days: onQuery.opportunities.days.handler(async ({ input, context }) =>
    context.scan<Days>('opportunities.days', await askedOf(context, input), { lane: 'quick' }),
  ),
}
