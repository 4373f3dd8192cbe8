import type { Actor } from '../../../src-shared/kernel/actor.ts'
import type { TaskTable } from '../../kernel/tasks.ts'
import { readAttainment } from './store.ts'

export const targetTasks: TaskTable = {
  'targets.attainment': (
    { db, entities },
    input: { actor: Actor; today: string; asked: Parameters<typeof readAttainment>[1] },
  ) => {
    const opportunity = entities.get('opportunity')
    if (!opportunity) throw new Error('no entity opportunity')
    return readAttainment({ db, actor: input.actor, opportunity, today: input.today }, input.asked)
  },
}
