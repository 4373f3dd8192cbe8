import type BetterSqlite3 from 'better-sqlite3'
import type { CheckRow, ImportableEntity, ImportOptions } from '../../../src-shared/features/imports/model.ts'
import { columnOf, isCustomKey } from '../../../src-shared/kernel/entity.ts'
import type { Entity } from '../../../src-shared/kernel/procedure.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { kyselyOver, openRaw, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { Forbidden } from '../../kernel/errors.ts'
import { ulid } from '../../kernel/ids.ts'
import type { Fault, RowResult } from '../../kernel/importer.ts'
import { onceIn } from '../../kernel/records/sound.ts'
import type { Services } from '../../kernel/services.ts'
import type { TaskContext } from '../../kernel/tasks.ts'
import { foretell, forget, tellFaults } from './foretell.ts'
import { broughtOnce } from './once.ts'
import { importerIn } from './registry.ts'
import { Rivals } from './rivals.ts'
import type { StoredMapping } from './settings.ts'
import type { Bench } from './staging.ts'
import { dataRows, matchedRows, setPlans, tellManagers, type Tried } from './tried.ts'
import { othersWrote as haveOthersWritten, writeChunk, writeRulesOf } from './writeChunk.ts'

/** What the write is told, so that it can be tried without being done. */
export type Trial = {
  entity: ImportableEntity
  mapping: StoredMapping
  options: ImportOptions
  actor: Actor
  now: string
  batchId: string | null
  asOf: number | null
}
/** Rows whose groups are tried anew, and records whose groups are; absent: all. */
export type Only = { rows: readonly number[]; records?: readonly string[] }
type Group = { rows: number[]; asks: boolean; record: string | null }

const BATCH = 400

/**
 * What becomes of rows that were taken for a record, or for an earlier row, is found out by the write itself: it runs over copies of
 * the records concerned that nobody else sees, and what it did is forgotten. So the numbers of the check are those of the run as long
 * as nobody changes the records in between; rows that resemble nobody are judged by what the company asks of new records.
 */
export async function settlePlan(context: TaskContext, bench: Bench, trial: Trial, only?: Only): Promise<void> {
  const rivals = rivalsIn(context, bench, trial)
  if (!only) await rivals?.keepAll(context)
  const wanted = only && rivals ? { ...only, rows: rivals.keepSome(only.rows) } : only
  const groups = groupsOf(bench, trial, wanted)
  const anew = wanted ? [...new Set([...wanted.rows, ...groups.flatMap(({ rows }) => rows)])] : null
  if (anew) bench.replan(trial.options.onDuplicate, anew)
  forget(bench, anew)
  await rehearse(context, bench, trial, groups)
  await foretell(context, bench, trial, anew ?? undefined)
  if (rivals) await settleRivals(context, bench, trial, { rivals, anew })
}

function rivalsIn({ entities }: TaskContext, bench: Bench, trial: Trial): Rivals | null {
  const brought = broughtOnce(importerIn(entities, trial.entity), writeRulesOf(trial, entities).mapped)
  return brought && new Rivals(bench, brought)
}

/** Rows in each other's way are tried together, new ones too, in the order of the file, as they are going to be written. */
async function settleRivals(
  context: TaskContext,
  bench: Bench,
  trial: Trial,
  { rivals, anew }: { rivals: Rivals; anew: readonly number[] | null },
): Promise<void> {
  const found = rivals.groups(anew)
  if (found.length === 0) return
  const whole = found.map((rows) => new Set(rows))
  const setOf = new Map(found.flatMap((rows, at) => rows.map((n) => [n, whole[at]] as const)))
  // What ends in the same records belongs to them, whatever it brings.
  for (const { rows } of groupsOf(bench, trial, { rows: found.flat() })) {
    const set = setOf.get(rows.find((n) => setOf.has(n)) ?? -1)
    for (const n of rows) set?.add(n)
  }
  const groups = whole.map((rows): Group => ({ rows: [...rows], asks: true, record: null }))
  const rows = groups.flatMap((group) => group.rows)
  bench.replan(trial.options.onDuplicate, rows)
  forget(bench, rows)
  await rehearse(context, bench, trial, groups, (row, fault) => rivals.withRow(row, fault))
}

type Telling = (row: number, fault: Fault) => Fault
const asItIs: Telling = (_row, fault) => fault

async function rehearse(
  context: TaskContext,
  bench: Bench,
  trial: Trial,
  groups: readonly Group[],
  told: Telling = asItIs,
): Promise<void> {
  if (groups.length === 0) return
  const naming = { importer: importerIn(context.entities, trial.entity), mapping: trial.mapping }
  const stage = new RehearsalStage(context, trial)
  try {
    for (const batch of batchesOf(groups, trial.entity === 'employee')) {
      context.signal.throwIfAborted()
      const results = await stage.tryOut(bench, batch)
      setPlans(bench, results)
      tellFaults(bench, new Map(results.flatMap(({ row, fault }) => (fault ? [[row, told(row, fault)]] : []))), naming)
      if (trial.entity === 'employee') tellManagers(bench, stage.withoutManager)
      // A turn of the loop, so that a cancel gets through.
      await new Promise((resolve) => setImmediate(resolve))
    }
  } finally {
    await stage.close()
  }
}

/** Rows that end in one record, each group with the row that becomes it where there is no record yet. */
function groupsOf(bench: Bench, { entity }: Trial, only?: Only): Group[] {
  // Managers stand above or below their people, so a list of employees is one thing.
  if (entity === 'employee') return [{ rows: dataRows(bench), asks: true, record: null }].filter(({ rows }) => rows.length > 0)
  const keyOfRow = new Map<number, string>()
  const groups = new Map<string, Group>()
  for (const { n, record, row, plan } of matchedRows(bench)) {
    const key = record === null ? (keyOfRow.get(row) ?? `row ${row}`) : `record ${record}`
    keyOfRow.set(n, key)
    const known = groups.get(key)
    const group = known ?? { rows: record === null ? [row] : [], asks: entity === 'tag', record }
    group.rows.push(n)
    // What is left out whatever stands there need not be tried; a row of the file may itself be left out, and then the next is the first.
    group.asks ||= plan === 'update' || (record === null && plan === 'skip')
    if (!known) groups.set(key, group)
  }
  if (!only) return [...groups.values()].filter(({ asks }) => asks)
  const wanted = new Set([
    ...only.rows.flatMap((n) => [keyOfRow.get(n) ?? '', `row ${n}`]),
    ...(only.records ?? []).map((id) => `record ${id}`),
  ])
  return [...groups].filter(([key]) => wanted.has(key)).map(([, group]) => group)
}

function* batchesOf(groups: readonly Group[], whole: boolean): Generator<number[]> {
  let batch: number[] = []
  for (const { rows } of groups) {
    batch.push(...rows)
    if (whole || batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

const PLAN_OF: Readonly<Record<RowResult['outcome'], CheckRow['plan']>> = {
  created: 'create',
  updated: 'update',
  skipped: 'skip',
  failed: 'fail',
}

/** Tables that an import writes, by whose they are. */
const OF_CUSTOMERS = ['contact', 'address', 'follow_up']
const PEOPLE = ['department', 'employee', 'employment']
/** Turned on with every number that is given; the numbers of a rehearsal are nobody's. */
const COUNTERS = 'number_counter'
/** Written beside a customer who goes into a pool: his team goes, and the move is noted. */
const OF_POOLS = ['record_member', 'pool_move']
const OF_PRODUCTS = ['product', 'product_category', 'product_cost']
const OF_OPPORTUNITIES = ['opportunity', 'opportunity_stage', 'opportunity_line']
const COPIED = [
  ...OF_PRODUCTS,
  ...OF_OPPORTUNITIES,
  'customer',
  ...OF_CUSTOMERS,
  'tag',
  'record_tag',
  ...OF_POOLS,
  COUNTERS,
  ...PEOPLE,
]
const INDEXED = ['contact_by_customer', 'follow_up_by_customer', 'record_tag_once', 'record_member_once']
const TABLE_OF: Partial<Record<ImportableEntity, string>> = { contact: 'contact', followUp: 'follow_up' }

type Rows = ReturnType<Bench['among']>

/** A connection that cannot write into the base; tables of its own stand before those of the base and are emptied after every batch. */
class RehearsalStage {
  readonly #raw: BetterSqlite3.Database
  readonly #db: ReadDb
  readonly #trial: Trial
  readonly #context: CommandContext
  readonly #columns = new Map<string, string>()
  /** Rows of the last batch whose manager is nobody. */
  withoutManager: readonly number[] = []

  constructor({ folder, entities }: TaskContext, trial: Trial) {
    this.#trial = trial
    this.#raw = openRaw(folder, { readonly: true })
    this.#raw.pragma('foreign_keys = off')
    this.#raw.pragma('cache_size = -8192')
    this.#raw.exec(copiesOf(this.#raw))
    for (const table of COPIED) this.#columns.set(table, columnsOf(this.#raw, table))
    this.#db = kyselyOver(this.#raw, false)
    const zone = (this.#raw.prepare('select time_zone from workspace').pluck().get() as string | undefined) ?? 'Asia/Shanghai'
    const nothing = (): void => undefined
    this.#context = {
      tx: this.#db as unknown as WriteTx,
      actor: trial.actor,
      now: () => trial.now,
      newId: () => ulid(Date.parse(trial.now)),
      entities,
      seq: Number.MAX_SAFE_INTEGER,
      record: nothing,
      notify: nothing,
      unchanged: nothing,
      afterCommit: nothing,
      services: { timeZone: () => zone } as Partial<Services> as Services,
      makeReady: nothing,
      reverse: () => {
        throw new Error('a rehearsal takes nothing back')
      },
    }
  }

  async tryOut(bench: Bench, batch: readonly number[]): Promise<Tried[]> {
    const rows = bench.among(batch)
    this.#raw.exec('begin')
    try {
      this.#copy(rows)
      const results = await this.#write(rows)
      this.withoutManager = results.flatMap(({ row, reason }) => (reason === 'managerUnknown' ? [row] : []))
      return results.map(({ row, outcome, reason, fault }) => ({
        row,
        plan: PLAN_OF[outcome],
        reason: outcome === 'skipped' || outcome === 'failed' ? (reason ?? null) : null,
        fault,
      }))
    } catch (error) {
      // A right that somebody lacks is told when he begins; until then the plan stands as it was.
      if (error instanceof Forbidden) return []
      throw error
    } finally {
      this.#raw.exec('rollback')
    }
  }

  async close(): Promise<void> {
    await this.#db.destroy()
    if (this.#raw.open) this.#raw.close()
  }

  /** As the run writes a chunk: what the database refuses is found row by row and fails alone. */
  async #write(rows: Rows): Promise<RowResult[]> {
    const { entity, mapping, options, batchId, asOf } = this.#trial
    const run = { entity, mapping, options, batchId: batchId ?? '', summary: asOf === null ? {} : { asOf } }
    const became = new Map<number, string>()
    const made = new Set<string>()
    const othersWrote = (): Promise<boolean> =>
      asOf === null ? Promise.resolve(true) : haveOthersWritten(this.#context, run, asOf)
    const before = { recordOf: (n: number) => became.get(n) ?? null, oursAmong: () => Promise.resolve(made), othersWrote }
    const attempt = async (some: Rows): Promise<RowResult[] | null> => {
      this.#raw.exec('savepoint attempt')
      try {
        const results = await writeChunk(this.#context, run, before, some)
        this.#raw.exec('release attempt')
        return results
      } catch (error) {
        this.#raw.exec('rollback to attempt; release attempt')
        if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CONSTRAINT'))) throw error
        return null
      }
    }
    const all = await attempt(rows)
    if (all) return all
    const results: RowResult[] = []
    for (const row of rows) {
      const [result] = (await attempt([row])) ?? []
      results.push(result ?? { row: row.row, outcome: 'failed', reason: 'refusedByDatabase' })
      if (result?.recordId !== undefined && result.outcome !== 'failed') became.set(row.row, result.recordId)
      if (result?.recordId !== undefined && result.outcome === 'created') made.add(result.recordId)
    }
    return results
  }

  /** The records that these rows may change, with what hangs on them. */
  #copy(rows: Rows): void {
    const { entity } = this.#trial
    if (entity === 'employee') return PEOPLE.forEach((table) => this.#take(table, '1 = 1'))
    this.#take('tag', '1 = 1')
    this.#take(COUNTERS, '1 = 1')
    if (entity === 'tag') return
    const targets = rows.flatMap(({ match }) => (match && 'record' in match.target ? [match.target.record] : []))
    if (entity === 'product') return this.#copyProducts(rows, JSON.stringify(targets))
    if (entity === 'opportunity') return this.#copyOpportunities(rows, JSON.stringify(targets))
    const table = TABLE_OF[entity]
    const customers = table
      ? [
          ...rows.map(({ parts }) => parts[entity]?.[0]?.['customerId']),
          ...this.#raw
            .prepare(`select customer_id from main.${table} where id in (select value from json_each(?))`)
            .pluck()
            .all(JSON.stringify(targets)),
        ]
      : targets
    const ids = JSON.stringify([...new Set(customers)].filter((id) => typeof id === 'string'))
    const given = 'in (select value from json_each(?))'
    this.#take('customer', `id ${given}`, ids)
    const spoken = entity === 'followUp' || rows.some(({ parts, match }) => parts.followUp !== undefined || match?.deleted)
    for (const one of OF_CUSTOMERS) if (one !== 'follow_up' || spoken) this.#take(one, `customer_id ${given}`, ids)
    if (entity === 'customer') this.#take('record_tag', `entity = 'customer' and record_id ${given}`, ids)
    this.#copyHolders(rows)
    this.#copyNamed(rows)
    // Who works on a customer with others may change him, too.
    this.#take('record_member', `entity = 'customer' and record_id in (select id from temp.customer)`)
  }

  #copyProducts(rows: Rows, ids: string): void {
    this.#take('product_category', '1 = 1')
    this.#take('product', 'id in (select value from json_each(?))', ids)
    this.#take('product_cost', 'product_id in (select value from json_each(?))', ids)
    this.#copyHolders(rows)
  }

  #copyOpportunities(rows: Rows, ids: string): void {
    const given = 'in (select value from json_each(?))'
    const named = (key: string): string =>
      JSON.stringify(
        rows.flatMap(({ parts }) => parts.opportunity?.map((one) => one[key]) ?? []).filter((id) => typeof id === 'string'),
      )
    this.#take('opportunity', `id ${given}`, ids)
    for (const table of ['opportunity_stage', 'opportunity_line']) this.#take(table, `opportunity_id ${given}`, ids)
    this.#take('product', `id ${given}`, named('productId'))
    this.#take('customer', `id ${given} or id in (select customer_id from temp.opportunity)`, named('customerId'))
    this.#take('contact', `customer_id in (select id from temp.customer)`)
    this.#copyHolders(rows)
    this.#copyNamed(rows)
    // Who works on one of them, or on its customer, with others may change it, too.
    this.#take(
      'record_member',
      "(entity = 'opportunity' and record_id in (select id from temp.opportunity)) or (entity = 'customer' and record_id in (select id from temp.customer))",
    )
  }

  /** Records that hold what may stand once and one of these rows brings: without them it would seem to be free. */
  #copyHolders(rows: Rows): void {
    for (const part of importerIn(this.#context.entities, this.#trial.entity).parts) {
      if (!COPIED.includes(part.table)) continue
      for (const { key } of onceIn(part)) {
        const values = rows.flatMap(({ parts }) => parts[part.name as Entity]?.map((one) => one[key]) ?? [])
        const wanted = JSON.stringify(values.filter((value) => value !== undefined && value !== null && value !== ''))
        const column = isCustomKey(key) ? `custom ->> '$.${key}'` : `"${columnOf(key)}"`
        if (wanted !== '[]')
          this.#take(
            part.table,
            `${column} in (select value from json_each(?)) and id not in (select id from temp.${part.table})`,
            wanted,
          )
      }
    }
  }

  /** Customers that one of these rows names: without them they would seem to be gone. */
  #copyNamed(rows: Rows): void {
    const named = importerIn(this.#context.entities, this.#trial.entity).parts.flatMap((part) =>
      part.fields
        .filter(({ key, type }) => type === 'reference' && isCustomKey(key))
        .flatMap(({ key }) => rows.flatMap(({ parts }) => parts[part.name as Entity]?.map((one) => one[key]) ?? [])),
    )
    const ids = JSON.stringify([...new Set(named)].filter((id) => typeof id === 'string'))
    if (ids !== '[]')
      this.#take('customer', 'id in (select value from json_each(?)) and id not in (select id from temp.customer)', ids)
  }

  #take(table: string, where: string, ...parameters: string[]): void {
    const columns = this.#columns.get(table) ?? ''
    this.#raw
      .prepare(`insert into temp.${table} (${columns}) select ${columns} from main.${table} where ${where}`)
      .run(...parameters)
  }
}

/** Empty tables like those of the base. */
function copiesOf(raw: BetterSqlite3.Database): string {
  const of = (type: string, names: readonly string[]): string[] =>
    raw
      .prepare('select sql from main.sqlite_master where type = ? and name in (select value from json_each(?))')
      .pluck()
      .all(type, JSON.stringify(names)) as string[]
  return [
    ...of('table', COPIED).map((sql) => sql.replace(/^create table /i, 'create temp table ')),
    ...of('index', INDEXED).map((sql) => sql.replace(/^create (unique )?index /i, 'create $1index temp.')),
  ].join(';\n')
}

const columnsOf = (raw: BetterSqlite3.Database, table: string): string =>
  (raw.prepare('select name from pragma_table_info(?, ?)').pluck().all(table, 'main') as string[]).join(', ')
