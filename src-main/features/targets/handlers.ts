import { todayOf } from '../../kernel/clock.ts'
import type { Attained } from '../../../src-shared/features/targets/model.ts'
import { elapsedOf } from '../../../src-shared/features/targets/rules.ts'
import { daysOfPeriod } from '../../../src-shared/kernel/periods.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { BadInput } from '../../kernel/errors.ts'
import { onCommand, onQuery } from '../../kernel/pipeline.ts'
import { readGrid, unknownAims, writeCells } from './store.ts'

export const targetsHandlers = {
  grid: onQuery.targets.grid.handler(({ input, context }) =>
    readGrid(context.db, context.actor, { ...input, today: todayOf(context) }),
  ),

  set: onCommand.targets.set.handler(async ({ input, context }) => {
    if (await unknownAims(context.tx, input.cells)) throw new Refusal('aimUnknown')
    const changed = await writeCells(context, { ...input, today: todayOf(context) })
    if (changed === 0) context.unchanged()
    else context.record({ entity: 'target', id: '', action: 'set', detail: { count: changed } })
    return { changed }
  }),

  attainment: onQuery.targets.attainment.handler(async ({ input: { period, kind }, context }) => {
    const days = daysOfPeriod(period)
    if (!days) throw new BadInput('valueDoesNotFit', ['period'])
    const today = todayOf(context)
    const found = await context.scan<{ people: Attained[]; departments: Attained[] }>('targets.attainment', {
      actor: context.actor,
      today,
      asked: { period, days, kind },
    })
    return { ...days, ...found, elapsed: elapsedOf(period, today) }
  }),
}
