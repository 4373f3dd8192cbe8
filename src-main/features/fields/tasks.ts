import { BadInput } from '../../kernel/errors.ts'
import type { TaskContext, TaskTable } from '../../kernel/tasks.ts'
import { findField } from '../../../src-shared/kernel/entity.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import type { Entity } from '../../../src-shared/kernel/procedure.ts'
import { findDuplicates } from './store.ts'

export const fieldTasks: TaskTable = {
  'fields.duplicates': (context: TaskContext, input: { actor: Actor; entity: Entity; field: string }) => {
    const entity = context.entities.get(input.entity)
    const field = entity && findField(entity, input.field)
    if (!entity || !field) throw new BadInput('unknownField', ['field'])
    return findDuplicates(context.db, input.actor, entity, field)
  },
}
