import { todayOf } from '../../kernel/clock.ts'
import { employeeState } from '../../kernel/leaving.ts'
import {
  requireEmptyDepartment,
  requireFreeDepartmentName,
  requireSoundParent,
} from '../../../src-shared/features/people/rules.ts'
import { cleanName } from '../../../src-shared/kernel/cleaning/text.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { onCommand, onQuery } from '../../kernel/pipeline.ts'
import { readDepartment, readDepartments } from './read.ts'
import { requireSameVersion } from './sound.ts'
import { insertDepartment } from './write.ts'

const allDepartments = (context: CommandContext) =>
  context.tx.selectFrom('department').select(['id', 'name', 'parentId', 'position']).execute()

export const departmentHandlers = {
  departments: onQuery.people.departments.handler(({ context }) => readDepartments(context.db, todayOf(context))),

  createDepartment: onCommand.people.createDepartment.handler(async ({ input, context }) => {
    const departments = await allDepartments(context)
    const wanted = { id: null, name: cleanName(input.name), parentId: input.parentId }
    requireSoundParent(departments, null, wanted.parentId)
    requireFreeDepartmentName(departments, wanted)
    const position = 1 + Math.max(-1, ...departments.filter((one) => one.parentId === wanted.parentId).map((one) => one.position))
    const id = await insertDepartment(context, { ...wanted, position })
    context.record({ entity: 'department', id, action: 'created' })
    return readDepartment(context.tx, todayOf(context), id)
  }),

  editDepartment: onCommand.people.editDepartment.handler(async ({ input, context }) => {
    const row = await readDepartment(context.tx, todayOf(context), input.id)
    requireSameVersion('department', row, input.version)
    const wanted = {
      name: input.name === undefined ? row.name : cleanName(input.name),
      parentId: input.parentId === undefined ? row.parentId : input.parentId,
      managerId: input.managerId === undefined ? row.managerId : input.managerId,
      position: input.position ?? row.position,
    }
    const departments = await allDepartments(context)
    requireSoundParent(departments, row.id, wanted.parentId)
    requireFreeDepartmentName(departments, { id: row.id, ...wanted })
    if (wanted.managerId !== null && wanted.managerId !== row.managerId) await requireHere(context, wanted.managerId)
    const same =
      wanted.name === row.name &&
      wanted.parentId === row.parentId &&
      wanted.managerId === row.managerId &&
      wanted.position === row.position
    if (same) context.unchanged()
    else {
      await context.tx
        .updateTable('department')
        .set((eb) => ({ ...wanted, updatedAt: context.now(), version: eb('version', '+', 1) }))
        .where('id', '=', row.id)
        .execute()
      context.record({ entity: 'department', id: row.id, action: 'edited' })
      context.afterCommit(context.services.rightsChanged)
    }
    return readDepartment(context.tx, todayOf(context), row.id)
  }),

  removeDepartment: onCommand.people.removeDepartment.handler(async ({ input, context }) => {
    const row = await readDepartment(context.tx, todayOf(context), input.id)
    const children = await context.tx.selectFrom('department').select('id').where('parentId', '=', row.id).execute()
    const periods = await context.tx.selectFrom('employment').select('employeeId').where('departmentId', '=', row.id).execute()
    const people = new Set(periods.map((period) => period.employeeId))
    requireEmptyDepartment({
      departments: children.length,
      employees: row.employeeCount,
      former: people.size - row.employeeCount,
    })
    // What it was to reach goes with it, and comes back with it.
    await context.tx.deleteFrom('target').where('departmentId', '=', row.id).execute()
    await context.tx.deleteFrom('department').where('id', '=', row.id).execute()
    context.record({ entity: 'department', id: row.id, action: 'removed', detail: { name: row.name } })
    context.afterCommit(context.services.rightsChanged)
    return { id: row.id }
  }),
}

async function requireHere(context: CommandContext, employeeId: string): Promise<void> {
  if ((await employeeState(context.tx, employeeId, todayOf(context))) !== 'here') throw new Refusal('managerUnknown')
}
