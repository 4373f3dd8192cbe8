import type { Actor } from '../../../src-shared/kernel/actor.ts'
import type { DaySpan, ListInput, SumInput, Which } from '../../../src-shared/kernel/list.ts'
import type { Entity } from '../../../src-shared/kernel/procedure.ts'
import type { TaskContext, TaskTable } from '../tasks.ts'
import { daysBy } from './days.ts'
import { type PreviewInput, previewRows } from './preview.ts'
import { countRows, countRowsBy, foundIds, listRows } from './select.ts'
import { sumColumns } from './sums.ts'

const descriptorOf = (context: TaskContext, entity: Entity) => {
  const descriptor = context.entities.get(entity)
  if (!descriptor) throw new Error(`no entity ${entity}`)
  return descriptor
}

type DaysTask = { actor: Actor; entity: Entity; which: Which; field: string; span: DaySpan; zone: string }

/** Everything about records that may have to look at many rows. */
export const recordTasks: TaskTable = {
  'records.count': (context, input: { actor: Actor; entity: Entity; which: Which }) =>
    countRows(context.db, input.actor, descriptorOf(context, input.entity), input.which),
  'records.countBy': (context, input: { actor: Actor; entity: Entity; which: Which; key: string }) =>
    countRowsBy(context.db, input.actor, descriptorOf(context, input.entity), input.which, input.key),
  'records.days': (context, { actor, entity, which, ...asked }: DaysTask) =>
    daysBy(context.db, actor, descriptorOf(context, entity), which, asked),
  'records.found': (context, input: { actor: Actor; entity: Entity; which: Which }) =>
    foundIds(context.db, input.actor, descriptorOf(context, input.entity), input.which),
  'records.sums': (context, input: { actor: Actor; entity: Entity; input: SumInput }) =>
    sumColumns(context.db, input.actor, descriptorOf(context, input.entity), input.input),
  'records.preview': (context, input: PreviewInput) => previewRows(context.db, descriptorOf(context, input.entity), input),
  'records.list': (context, input: { actor: Actor; entity: Entity; input: ListInput; sparse?: boolean; way?: number }) =>
    listRows(context.db, input.actor, descriptorOf(context, input.entity), input.input, {
      sparse: input.sparse === true,
      way: input.way ?? 0,
    }),
}
