import { todayOf } from '../clock.ts'
import { hasLeft } from '../../../src-shared/kernel/leaving.ts'
import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import { type Actor, may } from '../../../src-shared/kernel/actor.ts'
import {
  type CellBlock,
  type CellProblem,
  type CellsReport,
  hasNews,
  MOST_PROBLEMS,
} from '../../../src-shared/kernel/cells/model.ts'
import type { CellPerson, CellWorld } from '../../../src-shared/kernel/cells/read.ts'
import { flatRow } from '../../../src-shared/kernel/custom/values.ts'
import { type EntityDescriptor, findField } from '../../../src-shared/kernel/entity.ts'
import type { Permission } from '../../../src-shared/kernel/permissions.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { wholeOrNot } from '../savepoint.ts'
import type { CommandContext, QueryContext, StagedContext } from '../context.ts'
import type { ReadDb, WriteTx } from '../database.ts'
import { type Verb, rowsFor } from '../policy.ts'
import { rememberWhole, WHOLE } from './bulk.ts'
import { type CellRules, columnsOf, problemAt, type ReadRow, readRow } from './cellBlock.ts'
import { onTheWay } from './path.ts'
import { type StoredRow, touchedSince, updateRow, writtenKeys } from './write.ts'

type Values = Record<string, unknown>
export type TagChange = { add: string[]; remove: string[] }

/** How the cells of one kind of record are read and written; the customers' and the contacts' say it each in their feature. */
export type CellWriter = CellRules & {
  readonly entity: EntityDescriptor
  /** What a person needs to make rows of cells below the end of the list; absent where rows come into being elsewhere. */
  readonly create?: {
    readonly needs: Permission
    readonly row: (context: CommandContext, values: Values) => Promise<string>
  }
  /** The verb that a field needs beside `edit`. */
  readonly verbOf?: (key: string) => Verb | null
  /** Values as they are written over a row: an address in one piece goes to its parts. */
  readonly over: (actor: Actor, values: Values, row: StoredRow) => Values
  readonly derived: (values: Values, row: StoredRow, now: string) => Values
  /** Before a row is written. */
  readonly before?: (context: CommandContext, row: StoredRow, values: Values) => Promise<void>
  /** After the rows of one transaction are written: who is told of it. */
  readonly after?: (context: CommandContext, written: readonly { row: StoredRow; values: Values }[]) => void
  readonly tagsOf?: (db: Db, ids: readonly string[]) => Promise<Map<string, string[]>>
  readonly changeTags?: (context: CommandContext, id: string, change: TagChange) => Promise<boolean>
}
type Db = ReadDb | WriteTx
type Given = CellBlock['rows'][number] & { readonly at: number }

/** Rows of one transaction: eight cells in each stay near the aim of 8–10 ms. */
const PART = 40

const nothing = (): CellsReport => ({
  changed: 0,
  unchanged: 0,
  refused: 0,
  created: 0,
  notCreated: 0,
  cells: 0,
  left: 0,
  stale: 0,
  problems: [],
  batchId: null,
})

/** What a block would do, row by row by the same rules as the writing; nothing is written. */
export async function checkCells(context: QueryContext, writer: CellWriter, block: CellBlock): Promise<CellsReport> {
  return lookedAt(context, writer, block, await readerOf(context, writer, block))
}

type Reader = { read: Read; columnProblems: CellProblem[] }
async function lookedAt(
  context: Pick<QueryContext, 'db' | 'actor'>,
  writer: CellWriter,
  block: CellBlock,
  reader: Reader,
): Promise<CellsReport> {
  const report = { ...nothing(), problems: [...reader.columnProblems] }
  for (const part of partsOf(block.rows)) {
    const decided = await decide(context.db, context.actor, writer, part, reader.read)
    for (const one of decided) count(report, one)
    await setImmediate()
  }
  for (const [index, cells] of (block.news ?? []).entries()) {
    const at = block.rows.length + index
    countNew(report, context.actor, writer, { at, read: reader.read(cells, at) })
  }
  return report
}

/** Writes a block part by part under one batch id; one undo takes it back. A repeated call does what is still to do. */
export async function editCells(context: StagedContext, writer: CellWriter, block: CellBlock): Promise<CellsReport> {
  const answered = context.answered<CellsReport>(WHOLE)
  if (answered) return answered
  const { batchId } = context
  const reader = await readerOf(context, writer, block)
  if (block.ifClean) {
    const seen = await lookedAt(context, writer, block, reader)
    if (hasNews(seen)) return { ...seen, checked: true }
  }
  const report = { ...nothing(), problems: [...reader.columnProblems] }
  for (const [number, part] of partsOf(block.rows).entries()) {
    const done = await context.commit((command) => writePart(command, writer, part, reader.read), {
      batchId,
      part: `rows ${number}`,
      relaxed: true,
    })
    add(report, done)
    await setImmediate()
  }
  const news = (block.news ?? []).map((cells, at) => ({ cells, at: block.rows.length + at }))
  for (let start = 0; start < news.length; start += PART) {
    const part = news.slice(start, start + PART)
    add(
      report,
      await context.commit((command) => createPart(command, writer, part, reader.read), {
        batchId,
        part: `news ${start}`,
        relaxed: true,
      }),
    )
    await setImmediate()
  }
  return rememberWhole(context, { ...report, batchId: report.changed + report.created > 0 ? batchId : null })
}

type Read = (cells: Given['cells'], at: number) => ReadRow
async function readerOf(
  context: Pick<QueryContext, 'db' | 'actor' | 'services' | 'now'>,
  writer: CellWriter,
  block: CellBlock,
): Promise<Reader> {
  const { fields, problems } = columnsOf(context.actor, writer.entity, writer, block.fields)
  const zone = context.services.timeZone()
  const wantsPeople = fields.some((field) => field?.reference === 'employee')
  const today = todayOf(context)
  const world: CellWorld = {
    zone,
    today,
    people: wantsPeople ? await peopleByName(context.db, today) : new Map(),
    words: writer.words,
  }
  // A row that was looked at is not read again to be written.
  const known = new Map<number, ReadRow>()
  const read: Read = (cells, at) => {
    const row = known.get(at) ?? readRow(cells, at, { fields, rules: writer, world })
    known.set(at, row)
    return row
  }
  return { read, columnProblems: problems }
}

async function peopleByName(db: ReadDb, today: string): Promise<Map<string, CellPerson[]>> {
  const rows = await db.selectFrom('employee').select(['id', 'name', 'leftOn']).execute()
  const byName = new Map<string, CellPerson[]>()
  for (const { id, name, leftOn } of rows) byName.set(name, [...(byName.get(name) ?? []), { id, left: hasLeft(leftOn, today) }])
  return byName
}

function partsOf(rows: CellBlock['rows']): Given[][] {
  const placed = rows.map((row, at) => ({ ...row, at }))
  return Array.from({ length: Math.ceil(placed.length / PART) }, (_, part) => placed.slice(part * PART, (part + 1) * PART))
}

/** What becomes of one row: `row` null when it is out of reach or gone. */
type Decided = {
  readonly at: number
  readonly row: StoredRow | null
  readonly values: Values
  readonly keys: readonly string[]
  readonly tags: TagChange | null
  readonly problems: readonly CellProblem[]
}
type Standing = StoredRow & { mayEdit: number }

async function decide(db: Db, actor: Actor, writer: CellWriter, part: readonly Given[], read: Read): Promise<Decided[]> {
  const ids = part.map(({ id }) => id)
  const standing = await standingRows(db, actor, writer, ids)
  const touched = await touchedSince(
    db,
    writer.entity,
    part.flatMap(({ id, version }) => {
      const row = standing.get(id)
      return row && row.version !== version ? [{ id, version }] : []
    }),
  )
  const { tagsOf } = writer
  const tags = tagsOf && part.length > 0 ? await tagsOf(db, ids) : new Map<string, string[]>()
  return part.map((given) => {
    const row = standing.get(given.id)
    if (!row || row.deletedAt !== null) return refused(given.at, 'gone')
    if (!row.mayEdit) return refused(given.at, 'noRow')
    return decideRow({
      actor,
      writer,
      row,
      at: given.at,
      read: read(given.cells, given.at),
      touched: touched.get(given.id),
      tags: tags.get(given.id) ?? [],
    })
  })
}

const refused = (at: number, code: string): Decided => ({
  at,
  row: null,
  values: {},
  keys: [],
  tags: null,
  problems: [problemAt(at, null, code)],
})

type RowCase = {
  actor: Actor
  writer: CellWriter
  row: Standing
  at: number
  read: ReadRow
  touched: ReadonlySet<string> | undefined
  tags: readonly string[]
}

/** Of a row only the cells that say something else than what stands there; one that a colleague changed since is left to him. */
function decideRow({ actor, writer, row, at, read, touched, tags }: RowCase): Decided {
  const problems = [...read.problems]
  const { tags: wantedTags, ...own } = read.values
  const values = writer.over(actor, own, row)
  const keys = writtenKeys(row, values).filter((key) => {
    const code = cellObstacle(writer, row, key, values[key], touched)
    if (code) problems.push(problemAt(at, key, code))
    return code === null
  })
  const kept = Object.fromEntries(keys.map((key) => [key, values[key]]))
  return { at, row, values: kept, keys, tags: tagChange(tags, wantedTags), problems }
}

function cellObstacle(
  { entity, verbOf }: CellWriter,
  row: Standing,
  key: string,
  value: unknown,
  touched: ReadonlySet<string> | undefined,
): string | null {
  if (touched?.has(key)) return 'stale'
  const verb = verbOf?.(key) ?? null
  if (verb !== null && row[mayKey(verb)] !== 1) return 'noRight'
  const removed = findField(entity, key)?.choices?.find((choice) => choice.value === value)?.archived
  return removed ? 'optionGone' : null
}

const mayKey = (verb: Verb): string => `may${verb.charAt(0).toUpperCase()}${verb.slice(1)}`

function tagChange(there: readonly string[], wanted: unknown): TagChange | null {
  if (!Array.isArray(wanted)) return null
  const keyOf = (name: string) => name.trim().toLowerCase()
  const without = (names: readonly string[], others: readonly string[]) => {
    const known = new Set(others.map(keyOf))
    return names.filter((name) => !known.has(keyOf(name)))
  }
  const change = { add: without(wanted as string[], there), remove: without(there, wanted as string[]) }
  return change.add.length + change.remove.length > 0 ? change : null
}

const VERBS = ['edit', 'transfer'] as const
async function standingRows(
  db: Db,
  actor: Actor,
  { entity }: CellWriter,
  ids: readonly string[],
): Promise<Map<string, Standing>> {
  const mays = VERBS.map((verb) => sql`${rowsFor(actor, entity, 't', verb)} as ${sql.ref(`may_${verb}`)}`)
  const { rows } = await sql<Standing>`
    select t.*, ${sql.join(mays)} from ${sql.table(entity.table)} t
    where t.id in (select value from json_each(${JSON.stringify(ids)})) and ${onTheWay(rowsFor(actor, entity, 't'))}`.execute(db)
  return new Map(rows.map((row) => [row.id, flatRow(row)]))
}

function count(report: CellsReport, { row, keys, tags, problems }: Decided): void {
  const cells = keys.length + (tags ? 1 : 0)
  if (row === null) report.refused++
  else if (cells > 0) report.changed++
  else report.unchanged++
  report.cells += cells
  note(report, problems)
}

function note(report: CellsReport, problems: readonly CellProblem[]): void {
  report.left += problems.filter(({ field }) => field !== null).length
  report.stale += problems.filter(({ code }) => code === 'stale').length
  for (const problem of problems) if (report.problems.length < MOST_PROBLEMS) report.problems.push(problem)
}

/** A row without a name is none, and who may not create makes none. */
function newProblem(actor: Actor, { entity, create }: CellWriter, { values }: ReadRow, at: number): CellProblem | null {
  if (!create || !may(actor, create.needs)) return problemAt(at, null, 'noCreate')
  const name = values[entity.title]
  return typeof name === 'string' && name !== '' ? null : problemAt(at, entity.title, 'required')
}

function countNew(report: CellsReport, actor: Actor, writer: CellWriter, { at, read }: { at: number; read: ReadRow }): boolean {
  const obstacle = newProblem(actor, writer, read, at)
  // What is wrong with the name is named once.
  const isNamed = read.problems.some(({ field, code }) => field === obstacle?.field && code === obstacle?.code)
  note(report, obstacle && !isNamed ? [...read.problems, obstacle] : read.problems)
  if (obstacle) report.notCreated++
  else {
    report.created++
    report.cells += Object.keys(read.values).length
  }
  return obstacle === null
}

async function writePart(context: CommandContext, writer: CellWriter, part: readonly Given[], read: Read): Promise<CellsReport> {
  const report = nothing()
  const written: { row: StoredRow; values: Values }[] = []
  for (const decided of await decide(context.tx, context.actor, writer, part, read)) {
    const obstacle = decided.row ? await writeRow(context, writer, decided.row, decided) : null
    const { at, problems } = decided
    if (obstacle === null && decided.row) written.push({ row: decided.row, values: decided.values })
    if (obstacle === null) count(report, decided)
    else
      count(report, { ...decided, keys: [], tags: null, problems: [...problems, problemAt(at, obstacle.field, obstacle.code)] })
  }
  writer.after?.(context, written)
  const { name } = writer.entity
  if (report.changed === 0) context.unchanged()
  else context.record({ entity: name, id: '', action: 'editedMany', detail: { count: report.changed, cells: report.cells } })
  return report
}

type RuleSaysNo = { code: string; field: string | null }
/** Why the rules of a record do not take what is written, and nothing of it is; null when all of it is. */
async function refusalOf({ tx }: CommandContext, write: () => Promise<unknown>): Promise<RuleSaysNo | null> {
  try {
    await wholeOrNot(tx, write)
    return null
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const field = error.detail?.['field']
    return { code: error.reason, field: typeof field === 'string' ? field : null }
  }
}

const writeRow = (
  context: CommandContext,
  writer: CellWriter,
  row: StoredRow,
  { values, keys, tags }: Decided,
): Promise<RuleSaysNo | null> =>
  refusalOf(context, async () => {
    if (keys.length > 0) {
      await writer.before?.(context, row, values)
      await updateRow(context, writer.entity, row, { values, derived: writer.derived(values, row, context.now()) })
    }
    if (tags) await writer.changeTags?.(context, row.id, tags)
  })

async function createPart(
  context: CommandContext,
  writer: CellWriter,
  part: readonly { cells: Given['cells']; at: number }[],
  read: Read,
): Promise<CellsReport> {
  const report = nothing()
  for (const { cells, at } of part) {
    const row = read(cells, at)
    if (newProblem(context.actor, writer, row, at) !== null) countNew(report, context.actor, writer, { at, read: row })
    else {
      const refusal = await refusalOf(context, async () => writer.create?.row(context, row.values))
      if (refusal) {
        report.notCreated++
        note(report, [...row.problems, problemAt(at, refusal.field, refusal.code)])
      } else countNew(report, context.actor, writer, { at, read: row })
    }
  }
  if (report.created === 0) context.unchanged()
  else context.record({ entity: writer.entity.name, id: '', action: 'created', detail: { count: report.created } })
  return report
}

function add(report: CellsReport, more: CellsReport): void {
  for (const key of ['changed', 'unchanged', 'refused', 'created', 'notCreated', 'cells', 'left', 'stale'] as const)
    report[key] += more[key]
  report.problems.push(...more.problems.slice(0, MOST_PROBLEMS - report.problems.length))
}
