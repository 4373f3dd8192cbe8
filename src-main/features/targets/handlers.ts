import { todayOf } from '../../kernel/clock.ts'
import { elapsedOf } from '../../../src-shared/features/targets/rules.ts'
import { daysOfPeriod } from '../../../src-shared/kernel/periods.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { BadInput } from '../../kernel/errors.ts'
import { onCommand, onQuery } from '../../kernel/pipeline.ts'
import type { AttainAsked, Attainment, readReached } from './attain.ts'
import { readGrid, unknownAims, writeCells } from './store.ts'

type ReachedPage = Awaited<ReturnType<typeof readReached>>

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

  attainment: onQuery.targets.attainment.handler(async ({ input, context }) => {
    const asked = askedOf(input)
    const today = todayOf(context)
    const found = await context.scan<Attainment>('targets.attainment', { actor: context.actor, today, asked })
    return { ...asked.days, ...found, elapsed: elapsedOf(input.period, today) }
  }),

  reached: onQuery.targets.reached.handler(({ input, context }) => {
    const { aim, offset, limit } = input
    const reader = { actor: context.actor, today: todayOf(context) }
    return context.scan<ReachedPage>('targets.reached', { ...reader, asked: askedOf(input), aim, offset, limit })
  }),
}

function askedOf({ period, kind, whose }: Omit<AttainAsked, 'days'>): AttainAsked {
  const days = daysOfPeriod(period)
  if (!days) throw new BadInput('valueDoesNotFit', ['period'])
  return { period, days, kind, whose }
}
