import { todayOf } from '../../kernel/clock.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { changeEmployee } from './employees.ts'
import { lastPeriod, readEmployee } from './read.ts'

/** Somebody reports to another one from a day on, or from the beginning of his newest period where that is later. */
export async function moveUnder(
  context: CommandContext,
  employeeId: string,
  managerId: string | null,
  from: string,
): Promise<void> {
  const row = await readEmployee(context.tx, todayOf(context), employeeId)
  const last = await lastPeriod(context.tx, employeeId)
  // Who is to take over cannot report to himself: he goes on without a manager.
  const to = managerId === employeeId ? null : managerId
  await changeEmployee(context, row, { managerId: to }, last && last.validFrom > from ? last.validFrom : from)
}

/** The day of leaving, by the rules of people: nobody leaves who still owns customers, and an administrator remains. */
export async function leave(context: CommandContext, employeeId: string, leftOn: string): Promise<void> {
  const today = todayOf(context)
  await changeEmployee(context, await readEmployee(context.tx, today, employeeId), { leftOn }, today)
}
