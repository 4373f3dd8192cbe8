import { todayOf } from '../../kernel/clock.ts'
import { hereCalled } from '../../kernel/leaving.ts'
import { wholeOrNot } from '../../kernel/savepoint.ts'
import type { Employee } from '../../../src-shared/features/people/model.ts'
import { cleanName } from '../../../src-shared/kernel/cleaning/text.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { RowResult, RowWrite, Values, WriteRules } from '../../kernel/importer.ts'
import { NotFound } from '../../kernel/errors.ts'
import { changeEmployee, type Given, makeEmployee } from './employees.ts'
import { Heads } from './importHeads.ts'
import { readEmployee } from './read.ts'
import { insertDepartment } from './write.ts'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const personOf = ({ parts }: RowWrite): Values => parts.employee?.[0] ?? {}
const PLAIN = ['phone', 'email', 'rank', 'team', 'hiredOn', 'leftOn'] as const

/**
 * One chunk of employees. All are made before managers are noted, because a list names the director above or below his people; what the
 * rules of people refuse fails the row, leaves nothing of it behind, and nothing else.
 */
export async function writeEmployees(
  context: CommandContext,
  rows: readonly RowWrite[],
  rules: WriteRules,
): Promise<RowResult[]> {
  const departments = await Departments.of(context)
  const heads = rules.missing === 'create' ? new Heads(rows) : null
  const results = new Map<number, RowResult>()
  for (const write of rows) {
    const done = await orNothing(context, () => writeOne(context, write, { rules, departments, heads }))
    if ('refused' in done) departments.forgetNew()
    else departments.keepNew()
    results.set(write.row, 'refused' in done ? refusedRow(write, done.refused) : done)
  }
  await heads?.settle(context, (path) => departments.at(path))
  for (const write of rows) {
    const done = results.get(write.row)
    const name = cleanName(text(personOf(write)['managerName']))
    if (!done?.recordId || done.outcome === 'failed' || name === '') continue
    const noted = await orNothing(context, () => noteManager(context, write, done, name))
    results.set(write.row, 'refused' in noted ? withoutManager(write, done, noted.refused) : noted)
  }
  return [...results.values()]
}

type Refused = { refused: Refusal | NotFound }

/** What a refused step has written before is taken back with it: a row is done or it is not. */
async function orNothing(context: CommandContext, work: () => Promise<RowResult>): Promise<RowResult | Refused> {
  try {
    return await wholeOrNot(context.tx, work)
  } catch (error) {
    // Anything else ends the whole command.
    if (!(error instanceof NotFound) && !(error instanceof Refusal)) throw error
    return { refused: error }
  }
}

const refusedRow = ({ row }: RowWrite, error: Refused['refused']): RowResult =>
  // The row before it that was to become this person was refused.
  error instanceof NotFound ? { row, outcome: 'skipped', reason: 'notYours' } : { row, outcome: 'failed', reason: error.reason }

/** The person stands as the rest of the row has it; a row that only named a manager has done nothing. */
function withoutManager({ row }: RowWrite, done: RowResult, error: Refused['refused']): RowResult {
  const reason = error instanceof NotFound ? 'managerUnknown' : error.reason
  return done.outcome === 'skipped' ? { row, outcome: 'failed', reason } : { ...done, reason }
}

type Writing = { rules: WriteRules; departments: Departments; heads: Heads | null }

async function writeOne(context: CommandContext, write: RowWrite, { rules, departments, heads }: Writing): Promise<RowResult> {
  const file = personOf(write)
  const path = heads?.pathFor(write) ?? text(file['departmentPath'])
  if (write.mode === 'create') {
    const given = Object.fromEntries(PLAIN.flatMap((key) => (text(file[key]) === '' ? [] : [[key, text(file[key])]])))
    const departmentId = path === '' ? null : await departments.at(path)
    const id = await makeEmployee(context, { ...given, name: text(file['name']), departmentId }, write.id)
    return { row: write.row, outcome: 'created', recordId: id }
  }
  const today = todayOf(context)
  const row = await readEmployee(context.tx, today, write.id)
  const values = changesOf(row, file, write.mode, rules)
  if (path !== '' && (write.mode === 'update' || row.departmentId === null)) values['departmentId'] = await departments.at(path)
  // Leaving ends an account's sessions and may leave nobody who can sign in: that is done where it is seen.
  if (row.userId !== null && values['leftOn'] !== undefined && values['leftOn'] !== row.leftOn) throw new Refusal('hasAccount')
  const changed = await changeEmployee(context, row, values as Given, today)
  return {
    row: write.row,
    outcome: changed ? 'updated' : 'skipped',
    recordId: row.id,
    ...(changed ? {} : { reason: 'unchanged' }),
  }
}

function changesOf(row: Employee, file: Values, mode: RowWrite['mode'], rules: WriteRules): Record<string, string | null> {
  const clears = mode === 'update' && rules.empty === 'clear'
  const values: Record<string, string | null> = {}
  for (const key of PLAIN) {
    const given = text(file[key])
    if (given !== '' && (mode === 'update' || row[key] === null)) values[key] = given
    else if (given === '' && clears && rules.mapped.includes(`employee.${key}`)) values[key] = null
  }
  return values
}

async function noteManager(context: CommandContext, write: RowWrite, done: RowResult, name: string): Promise<RowResult> {
  const there = await hereCalled(context.tx, name, todayOf(context))
  const [only] = there
  if (!only || there.length > 1) return { ...done, reason: 'managerUnknown' }
  const row = await readEmployee(context.tx, todayOf(context), done.recordId ?? '')
  // Whom nobody stands above is often listed under himself.
  if (only === row.id) return done.outcome === 'skipped' ? done : { ...done, reason: 'managerOfHimself' }
  if (row.managerId === only || (write.mode === 'fill' && row.managerId !== null)) return done
  // Of somebody new it holds from his first day.
  const from = write.mode === 'create' ? (row.hiredOn ?? todayOf(context)) : todayOf(context)
  const changed = await changeEmployee(context, row, { managerId: only } as Given, from)
  if (!changed || done.outcome !== 'skipped') return done
  return { row: write.row, outcome: 'updated', recordId: row.id }
}

type Place = { id: string; name: string; parentId: string | null }
const same = (a: string, b: string): boolean => cleanName(a).toLowerCase() === cleanName(b).toLowerCase()

const namesOf = (path: string): string[] =>
  path
    .split(/[/／>＞\\→|]+/)
    .map((name) => cleanName(name))
    .filter((name) => name !== '')

/** The only department of that name, or the one at the top. */
function startOf(first: string, places: readonly Place[]): Place | undefined {
  const alike = places.filter(({ name }) => same(name, first))
  return alike.length === 1 ? alike[0] : alike.find(({ parentId }) => parentId === null)
}

/** Whether the write would find every department of the path. */
export function pathThere(path: string, places: readonly Place[]): boolean {
  const [first = '', ...below] = namesOf(path)
  let here = startOf(first, places)
  for (const name of below) {
    const above = here?.id
    here = places.find((one) => above !== undefined && one.parentId === above && same(one.name, name))
  }
  return here !== undefined
}

/** The tree of departments; a path that is not there yet is made. */
class Departments {
  readonly #context: CommandContext
  readonly #places: Place[]
  #kept: number

  private constructor(context: CommandContext, places: Place[]) {
    this.#context = context
    this.#places = places
    this.#kept = places.length
  }

  keepNew(): void {
    this.#kept = this.#places.length
  }

  /** What the row has made is gone with the row. */
  forgetNew(): void {
    this.#places.length = this.#kept
  }

  static async of(context: CommandContext): Promise<Departments> {
    return new Departments(context, await context.tx.selectFrom('department').select(['id', 'name', 'parentId']).execute())
  }

  /** 华东区 / 杭州组, or 杭州组 alone where only one is called so. */
  async at(path: string): Promise<string> {
    const [first = '', ...below] = namesOf(path)
    let here = startOf(first, this.#places)?.id ?? (await this.#make(first, null))
    for (const name of below)
      here = this.#places.find((one) => one.parentId === here && same(one.name, name))?.id ?? (await this.#make(name, here))
    return here
  }

  async #make(name: string, parentId: string | null): Promise<string> {
    const id = await insertDepartment(this.#context, { name, parentId })
    this.#places.push({ id, name, parentId })
    return id
  }
}
