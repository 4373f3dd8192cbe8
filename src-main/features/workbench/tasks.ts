import { spansOf } from '../../../src-shared/features/workbench/period.ts'
import type { TaskContext, TaskTable } from '../../kernel/tasks.ts'
import { type Looking, readDrill, readFigures, readRanking } from './figures.ts'

type Asked = Pick<Looking, 'actor' | 'whose' | 'zone'> & { period: Parameters<typeof spansOf>[0]; today: string }
const looking = ({ db, entities }: TaskContext, { actor, whose, zone }: Asked): Looking => ({ db, entities, actor, whose, zone })

/** Whatever of the workbench counts: beside everybody's work, never in its way. */
export const workbenchTasks: TaskTable = {
  'workbench.figures': async (context, input: Asked) => {
    const { now, before } = spansOf(input.period, input.today)
    return { now, before, figures: await readFigures(looking(context, input), now, before) }
  },
  'workbench.ranking': (context, input: Asked & { by: 'followUps' | 'customers'; limit: number }) =>
    readRanking(looking(context, input), input.by, spansOf(input.period, input.today).now, input.limit),
  'workbench.drill': (context, input: Asked & { key: 'followUps' | 'contacts'; offset: number; limit: number }) =>
    readDrill(looking(context, input), input.key, spansOf(input.period, input.today).now, input),
}
