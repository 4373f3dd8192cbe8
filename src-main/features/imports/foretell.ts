import { FORETOLD } from '../../../src-shared/features/imports/foretold.ts'
import { recordOfColumn } from '../../../src-shared/features/imports/recordOfColumn.ts'
import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import { prepared } from '../../kernel/journal.ts'
import type { Asked, CellProblem, Fault, Importer, Parts } from '../../kernel/importer.ts'
import { asksOfRows, faultsOf, onceKeys, type Taken } from '../../kernel/records/sound.ts'
import type { TaskContext } from '../../kernel/tasks.ts'
import { importerIn } from './registry.ts'
import type { Trial } from './rehearse.ts'
import type { StoredMapping } from './settings.ts'
import type { Bench } from './staging.ts'
import { setPlans } from './tried.ts'

const BATCH = 400
const CODES = JSON.stringify(Object.keys(FORETOLD))
const REASONS = JSON.stringify([...new Set(Object.values(FORETOLD))])
/** Rows to be made, and those that were not to be because of what is asked of them. */
const NEW = `kind = 'data' and has_error = 0 and (plan = 'create' or
  (plan = 'fail' and reason in (select value from json_each('${REASONS}')) and (match is null or n in (select n from once))))`

type NewRow = { n: number; asked: Asked; keys: string[] }

/**
 * Rows that would make records are judged beforehand by what the write asks of them: what must be filled in is, what may stand once stands
 * once, in the base and among the rows before. `only`: rows that changed, and with them all that share such a value.
 */
export async function foretell(context: TaskContext, bench: Bench, trial: Trial, only?: readonly number[]): Promise<void> {
  const importer = importerIn(context.entities, trial.entity)
  if (!importer.asked || !asks(importer, trial)) return
  if (only) return judge(context, bench, { trial, importer, rows: sharing(bench, { context, trial, importer }, only) })
  bench.raw.exec('delete from once')
  let last = -1
  while (true) {
    context.signal.throwIfAborted()
    const rows = newRows(bench, { context, trial, importer }, `n > ? and ${NEW} order by n limit ${BATCH}`, last)
    const end = rows.at(-1)
    if (!end) return
    last = end.n
    keep(bench, rows)
    await judge(context, bench, { trial, importer, rows })
    // A turn of the loop, so that a cancel gets through.
    await new Promise((resolve) => setImmediate(resolve))
  }
}

function asks({ parts }: Importer, { mapping, options }: Trial): boolean {
  const given = new Set(mapping.columns.flatMap(({ target }) => (target ? [`${target.entity}.${target.field}`] : [])))
  return parts.some((part) => asksOfRows(part, (key) => given.has(`${part.name}.${key}`) || key in options.defaults))
}

type Asking = { context: TaskContext; trial: Trial; importer: Importer }

function newRows(bench: Bench, { context, trial, importer }: Asking, where: string, given: unknown): NewRow[] {
  const rows = prepared(bench.raw, `select n, parts from staged where ${where}`).all(given) as { n: number; parts: string }[]
  return rows.map(({ n, parts }) => {
    const asked = importer.asked?.(context, JSON.parse(parts) as Parts, trial.options.defaults) ?? []
    return { n, asked, keys: asked.flatMap(([entity, values]) => onceKeys(entity, values)) }
  })
}

function keep({ raw }: Bench, rows: readonly NewRow[]): void {
  const pairs = JSON.stringify(rows.flatMap(({ n, keys }) => keys.map((key) => [key, n])))
  prepared(raw, `insert or ignore into once (key, n) select value ->> 0, value ->> 1 from json_each(?)`).run(pairs)
}

/** The rows that changed and those that hold, or held, a value in common with them, however many steps away. */
function sharing(bench: Bench, asking: Asking, changed: readonly number[]): NewRow[] {
  const list = JSON.stringify(changed)
  const among = '(select value from json_each(?))'
  const held = prepared(bench.raw, `select distinct key from once where n in ${among}`).pluck().all(list) as string[]
  prepared(bench.raw, `delete from once where n in ${among}`).run(list)
  const now = newRows(bench, asking, `n in ${among} and ${NEW} order by n`, list)
  keep(bench, now)
  const touched = prepared(
    bench.raw,
    `with recursive near (n) as (
       select n from once where key in ${among}
       union select o.n from near join once k on k.n = near.n join once o on o.key = k.key)
     select n from near`,
  )
  const keys = JSON.stringify([...new Set([...held, ...now.flatMap((row) => row.keys)])])
  const others = touched.pluck().all(keys) as number[]
  const all = JSON.stringify([...new Set([...now.map(({ n }) => n), ...others])])
  return newRows(bench, asking, `n in ${among} and ${NEW} order by n`, all)
}

type Judging = { trial: Trial; importer: Importer; rows: readonly NewRow[] }

async function judge({ db }: TaskContext, bench: Bench, { trial, importer, rows }: Judging): Promise<void> {
  const [first] = rows
  if (!first) return
  const taken = new Map<string, number>()
  const before = prepared(
    bench.raw,
    `select o.n from once o join staged s on s.n = o.n where o.key = ? and o.n < ? and s.plan = 'create' order by o.n limit 1`,
  ).pluck()
  const known: Taken = {
    rowOf: (key) => taken.get(key) ?? (before.get(key, first.n) as number | undefined),
    take: (key, row) => void taken.set(key, row),
  }
  const faults = await faultsOf(
    { tx: db, actor: trial.actor },
    rows.map(({ n, asked }) => ({ row: n, parts: asked })),
    known,
  )
  bench.inOne(() => {
    setPlans(
      bench,
      rows.map(({ n }) => ({ row: n, plan: faults.has(n) ? 'fail' : 'create', reason: faults.get(n)?.reason ?? null })),
    )
    forget(
      bench,
      rows.map(({ n }) => n),
    )
    tellFaults(bench, faults, { importer, mapping: trial.mapping })
  })
}

/** Takes back what was said of these rows, or of all. */
export function forget({ raw }: Bench, rows: readonly number[] | null): void {
  const codes = Object.keys(FORETOLD).map((code) => `instr(problems, '"code":"${code}"') > 0`)
  prepared(
    raw,
    `update staged set problems = (select nullif(json_group_array(json(e.value)), '[]') from json_each(staged.problems) e
       where e.value ->> 'code' not in (select value from json_each('${CODES}')))
     where (${codes.join(' or ')}) and (@rows is null or n in (select value from json_each(@rows)))`,
  ).run({ rows: rows === null ? null : JSON.stringify(rows) })
}

type Naming = { importer: Importer; mapping: StoredMapping }

/** Says of rows that are not going to be taken which field is to blame, in its cell where it has one. */
export function tellFaults({ raw }: Bench, faults: ReadonlyMap<number, Fault>, naming: Naming): void {
  const add = prepared(raw, "update staged set problems = json_insert(coalesce(problems, '[]'), '$[#]', json(?)) where n = ?")
  for (const [n, fault] of faults) for (const problem of problemsOf(fault, naming)) add.run(JSON.stringify(problem), n)
}

/** `detail`: the earlier row, the field as its feature knows it, and what the company calls it. */
function problemsOf({ reason, feature, fields, row }: Fault, { importer, mapping }: Naming): CellProblem[] {
  const part = importer.parts.find((one) => one.feature === feature)
  return fields.map((key) => ({
    column: part ? columnOf(mapping, part, key) : null,
    level: 'error',
    code: row === undefined ? reason : 'uniqueRepeated',
    detail: [row ?? '', `${feature}.${key}`, part?.fields.find((field) => field.key === key)?.label ?? ''].join('|'),
  }))
}

/** Where several people of a row have such a cell, which of them it is the sentence does not say. */
function columnOf({ columns }: StoredMapping, { name }: EntityDescriptor, key: string): number | null {
  const own = columns.filter(({ target }) => target?.entity === name && target.field === key)
  const [first] = own
  return first && own.every((column) => recordOfColumn(columns, column) === 0) ? first.index : null
}
