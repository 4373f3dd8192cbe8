import { todayOf } from '../../kernel/clock.ts'
import { hasLeft } from '../../../src-shared/kernel/leaving.ts'
import { employeeState } from '../../kernel/leaving.ts'
import { sql } from 'kysely'
import type { Employee } from '../../../src-shared/features/people/model.ts'
import { type Period, periodStep, requireAdminLeft, requireSoundEmployee } from '../../../src-shared/features/people/rules.ts'
import { cleanName, cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import { sortKey } from '../../../src-shared/kernel/pinyin/pinyin.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { WriteTx } from '../../kernel/database.ts'
import { onCommand, onQuery } from '../../kernel/pipeline.ts'
import { cleanPhone } from '../customers/public.ts'
import { endSessionsOf } from '../session/public.ts'
import { activeAdmins, lastPeriod, readColleagues, readEmployee, readEmployees, readGranters } from './read.ts'
import { requireSameVersion, requireUserCovered } from './sound.ts'
import { insertEmployee, insertPeriod } from './write.ts'

export type Given = { [Key in 'name']?: string | undefined } & {
  [Key in 'phone' | 'email' | 'departmentId' | 'managerId' | 'rank' | 'team' | 'hiredOn' | 'leftOn']?: string | null | undefined
}
type Person = { name: string; phone: string | null; email: string | null; hiredOn: string | null; leftOn: string | null }

const textOf = (value: string | null): string | null => (value === null ? null : cleanText(value) || null)
const or = <Value>(given: Value | undefined, stored: Value): Value => (given === undefined ? stored : given)

/** What the person and the period would be after the change. */
function after(given: Given, before: { person: Person; period: Period }): { person: Person; period: Period } {
  const { person, period } = before
  return {
    person: {
      name: given.name === undefined ? person.name : cleanName(given.name),
      phone: given.phone === undefined ? person.phone : given.phone === null ? null : cleanPhone(given.phone),
      email: given.email === undefined ? person.email : textOf(given.email),
      hiredOn: or(given.hiredOn, person.hiredOn),
      leftOn: or(given.leftOn, person.leftOn),
    },
    period: {
      departmentId: or(given.departmentId, period.departmentId),
      managerId: or(given.managerId, period.managerId),
      rank: given.rank === undefined ? period.rank : textOf(given.rank),
      team: given.team === undefined ? period.team : textOf(given.team),
    },
  }
}
const NOBODY = { name: '', phone: null, email: null, hiredOn: null, leftOn: null }
const NOWHERE = { departmentId: null, managerId: null, rank: null, team: null }

export const employeeHandlers = {
  colleagues: onQuery.people.colleagues.handler(({ context }) => readColleagues(context.db, todayOf(context))),
  granters: onQuery.people.granters.handler(({ context }) => readGranters(context.db, todayOf(context))),
  employees: onQuery.people.employees.handler(({ input, context }) => readEmployees(context.db, todayOf(context), input)),

  createEmployee: onCommand.people.createEmployee.handler(async ({ input, context }) => {
    const id = await makeEmployee(context, input)
    context.record({ entity: 'employee', id, action: 'created' })
    return readEmployee(context.tx, todayOf(context), id)
  }),

  editEmployee: onCommand.people.editEmployee.handler(async ({ input, context }) => {
    const today = todayOf(context)
    const row = await readEmployee(context.tx, today, input.id)
    requireSameVersion('employee', row, input.version)
    if (await changeEmployee(context, row, input.values, input.from ?? today))
      context.record({ entity: 'employee', id: row.id, action: 'edited' })
    else context.unchanged()
    return readEmployee(context.tx, today, row.id)
  }),
}

/** Makes an employee without an account. @throws Refusal as the rules of people have it, before anything is written. */
export async function makeEmployee(context: CommandContext, given: Given & { name: string }, id?: string): Promise<string> {
  const { person, period } = after(given, { person: NOBODY, period: NOWHERE })
  await requireSound(context, { id: null, person, period, before: null })
  return insertEmployee(context, person, { ...period, from: person.hiredOn ?? todayOf(context) }, id)
}

/** Writes the given values; what is dated holds from a day on. @returns whether anything changed. @throws Refusal as the rules of people have it. */
export async function changeEmployee(context: CommandContext, row: Employee, given: Given, from: string): Promise<boolean> {
  const last = await lastPeriod(context.tx, row.id)
  const { person, period } = after(given, { person: row, period: last ?? NOWHERE })
  await requireSound(context, { id: row.id, person, period, before: row })
  const moved = await writePeriod(context, row.id, { period, last, from })
  const edited = (Object.keys(person) as (keyof Person)[]).some((key) => person[key] !== row[key])
  if (!moved && !edited) return false
  await context.tx
    .updateTable('employee')
    .set((eb) => ({ ...person, nameSort: sortKey(person.name), updatedAt: context.now(), version: eb('version', '+', 1) }))
    .where('id', '=', row.id)
    .execute()
  await afterLeaving(context, row, person.leftOn, todayOf(context))
  context.afterCommit(context.services.rightsChanged)
  return true
}

type Wanted = { id: string | null; person: Person; period: Period; before: Employee | null }

async function requireSound(context: CommandContext, { id, person, period, before }: Wanted): Promise<void> {
  const { tx } = context
  // Who has given notice works until his day with what he has; what is left then is asked for.
  const today = todayOf(context)
  const leaving = hasLeft(person.leftOn, today) && !hasLeft(before?.leftOn ?? null, today)
  // A manager who has left since stays where he stood; only a new one must be here.
  const managerKept = period.managerId === null || period.managerId === before?.managerId
  requireSoundEmployee(
    { id, hiredOn: person.hiredOn, leftOn: person.leftOn, managerId: period.managerId },
    {
      departmentKnown: period.departmentId === null || (await departmentExists(tx, period.departmentId)),
      managerKnown: managerKept || (await worksHere(context, period.managerId)),
      leaving,
      ownedCustomers: leaving && id !== null ? await customersOwnedBy(tx, id) : 0,
    },
  )
}

const departmentExists = async (tx: WriteTx, id: string): Promise<boolean> =>
  (await tx.selectFrom('department').select('id').where('id', '=', id).executeTakeFirst()) !== undefined

const worksHere = async (context: CommandContext, id: string | null): Promise<boolean> =>
  id !== null && (await employeeState(context.tx, id, todayOf(context))) === 'here'

async function customersOwnedBy(tx: WriteTx, employeeId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from customer where owner_id = ${employeeId} and deleted_at is null`.execute(tx)
  return rows[0]?.n ?? 0
}

/** @returns whether the history of employment changed. */
async function writePeriod(
  context: CommandContext,
  employeeId: string,
  change: { period: Period; last: Awaited<ReturnType<typeof lastPeriod>>; from: string },
): Promise<boolean> {
  const step = periodStep(change.last, change.period, change.from)
  if (step.kind === 'none') return false
  if (step.kind === 'rewrite') {
    await context.tx.updateTable('employment').set(change.period).where('id', '=', step.id).execute()
    return true
  }
  if (step.closes !== null)
    await context.tx.updateTable('employment').set({ validTo: change.from }).where('id', '=', step.closes).execute()
  await insertPeriod(context, employeeId, { ...change.period, from: change.from })
  return true
}

/** An account goes with its employee: nobody signs in from the day of leaving on, and an administrator remains. */
async function afterLeaving(context: CommandContext, row: Employee, leftOn: string | null, today: string): Promise<void> {
  if (leftOn === row.leftOn || row.userId === null) return
  await requireUserCovered(context, row.userId)
  requireAdminLeft(await activeAdmins(context.tx))
  if (hasLeft(leftOn, today)) await endSessionsOf(context.tx, row.userId)
}
