import type { Actor } from '../../../src-shared/kernel/actor.ts'
import type { TaskContext, TaskTable } from '../../kernel/tasks.ts'
import { type AttainAsked, type Attaining, readAttainment, readReached } from './attain.ts'

type Asked = { actor: Actor; today: string; asked: AttainAsked }
const attaining = ({ db, entities }: TaskContext, { actor, today }: Asked): Attaining => ({ db, entities, actor, today })

export const targetTasks: TaskTable = {
  'targets.attainment': (context, input: Asked) => readAttainment(attaining(context, input), input.asked),
  'targets.reached': (context, input: Asked & Parameters<typeof readReached>[2]) =>
    readReached(attaining(context, input), input.asked, input),
}
