import type BetterSqlite3 from 'better-sqlite3'
import { type EntityDescriptor, type FieldDescriptor, isCustomKey } from '../../../src-shared/kernel/entity.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import type { CellProblem, Edit, Importer } from '../../kernel/importer.ts'
import { lastCommand, prepared } from '../../kernel/journal.ts'
import type { TaskContext } from '../../kernel/tasks.ts'
import { type CellValue, cellText } from '../../kernel/workbook/sheet.ts'
import { cellOf, isStateHeader, seqOfState } from '../exports/public.ts'
import type { MappedColumn } from './clean.ts'
import { type Same, sameCellAs } from './sameCell.ts'
import { recordsThere } from './sight.ts'
import { STEPS, type Step, stoodBefore, TAG_STEPS, tagsBefore, type TagStep } from './since.ts'
import type { StagedMatch } from './staging.ts'

type Row = Record<string, unknown>
type RawRow = { n: number; cells: CellValue[] }
/** `cells`: only those somebody has edited; the others say nothing. */
export type Returned =
  | { fault: CellProblem }
  | { fault: null; cells: CellValue[]; match: StagedMatch; edit: Edit; doubts: CellProblem[] }
type Own = { index: number; field: FieldDescriptor; same: Same; shows: (row: Row) => CellValue | undefined }

const ID = /^[0-9A-HJKMNP-TV-Z]{26}$/
/** What references point at by a name, each the table of its kind. */
const NAMED: Readonly<Partial<Record<string, readonly [table: string, column: string]>>> = {
  employee: ['employee', 'name'],
  contact: ['contact', 'name'],
  customer: ['customer', 'name'],
  pool: ['pool', 'name'],
  productCategory: ['product_category', 'path'],
  product: ['product', 'name'],
  stage: ['stage', 'name'],
  pipeline: ['pipeline', 'name'],
  lostReason: ['lost_reason', 'name'],
  opportunity: ['opportunity', 'name'],
  leadSource: ['lead_source', 'name'],
  warehouse: ['warehouse', 'name'],
}

/**
 * Rows of a file that was exported here and comes back: each finds its record by its number, and of its cells only those count that
 * say something else than the record says now, or said when it was exported. What somebody else has changed meanwhile in a cell
 * nobody edited stays; a cell that both edited stays as it is here until a person decides.
 */
export class Returning {
  readonly #context: TaskContext
  readonly #importer: Importer
  readonly #actor: Actor
  readonly #entity: EntityDescriptor
  readonly #own: readonly Own[]
  readonly #fixed: readonly { index: number; key: string }[]
  readonly #id: number
  readonly #state: number | null
  readonly #loose: boolean
  readonly #seen = new Map<string, number>()
  readonly #states = new Map<string, number | null>()

  private constructor(context: TaskContext, given: ReturningInput, entity: EntityDescriptor, id: number) {
    this.#context = context
    this.#importer = given.importer
    this.#actor = given.actor
    this.#entity = entity
    this.#id = id
    this.#state = given.headers.find(({ header }) => isStateHeader(header))?.index ?? null
    this.#loose = given.loose
    this.#own = given.columns.flatMap(({ index, target }) => {
      const field = target.entity === entity.name ? entity.fields.find(({ key }) => key === target.field) : undefined
      if (!field) return []
      return [{ index, field, same: sameCellAs(entity, field, given.zone), shows: cellOf(entity, field, 'zh-CN', given.zone) }]
    })
    const hangsOn = (name: string): string | undefined =>
      entity.fields.find(({ reference }) => reference === name)?.key.replace(/Id$/, 'Name')
    this.#fixed = given.columns.flatMap(({ index, target }) => {
      const key = given.importer.lookedUp?.[target.entity as EntityDescriptor['name']] ? hangsOn(target.entity) : undefined
      return key === undefined ? [] : [{ index, key: target.field === 'name' ? key : '' }]
    })
  }

  /** Null for a file without the numbers of records. */
  static of(context: TaskContext, given: ReturningInput): Returning | null {
    const [entity] = given.importer.parts
    const id = given.columns.find(({ target }) => target.entity === entity?.name && target.field === 'id')
    return entity && id ? new Returning(context, given, entity, id.index) : null
  }

  /** The column that the numbers stand in. */
  get column(): number {
    return this.#id
  }

  idOf(cells: readonly CellValue[]): string {
    return cellText(cells[this.#id]).trim().toUpperCase()
  }

  /** What the rows of a stretch are; those without a number are rows like any other. */
  async look(rows: readonly RawRow[]): Promise<Map<number, Returned>> {
    const found = new Map<number, Returned>()
    const numbered = rows.filter(({ cells }) => this.idOf(cells) !== '')
    const ids = [...new Set(numbered.map(({ cells }) => this.idOf(cells)).filter((id) => ID.test(id)))]
    if (numbered.length === 0) return found
    const there = new Map(
      (await recordsThere(this.#context.db, this.#actor, this.#importer, ids)).map((row) => [String(row['id']), row]),
    )
    const history = new History(this.#context.raw, this.#entity, ids, this.#since(numbered))
    for (const { n, cells } of numbered) {
      const id = this.idOf(cells)
      const fault = this.#fault(n, id, there.get(id))
      const row = there.get(id)
      found.set(n, fault || !row ? { fault: fault ?? idFault('id.unknown', id) } : this.#compare(cells, row, history))
    }
    return found
  }

  #fault(n: number, id: string, row: Row | undefined): CellProblem | null {
    if (!row) return idFault('id.unknown', id)
    const name = String(row[this.#entity.title] ?? id)
    if (typeof row['deletedAt'] === 'string') return idFault('id.deleted', name)
    const before = this.#seen.get(id)
    // A line copied in Excel takes the hidden number with it.
    if (before !== undefined && before !== n) return { ...idFault('id.twice', String(before)), column: this.#id }
    this.#seen.set(id, n)
    return null
  }

  #stateOf(cells: readonly CellValue[]): number | null {
    if (this.#state === null) return null
    const text = cellText(cells[this.#state])
    const known = this.#states.get(text)
    if (known !== undefined) return known
    const seq = seqOfState(this.#context.raw, text)
    this.#states.set(text, seq)
    return seq
  }

  #since(rows: readonly RawRow[]): number | null {
    const given = rows.map(({ cells }) => this.#stateOf(cells)).filter((seq) => seq !== null)
    return given.length === 0 ? null : Math.min(...given)
  }

  #compare(cells: readonly CellValue[], row: Row, history: History): Returned {
    const since = this.#stateOf(cells)
    const stood = since === null ? new Map<string, unknown>() : history.stood(row, since)
    const edited: CellValue[] = cells.map(() => null)
    const keep = new Set(this.#own.map(({ field }) => field.key))
    const conflicts: string[] = []
    const doubts: CellProblem[] = []
    for (const { index, field, same, shows } of this.#own) {
      const cell = cells[index] ?? null
      if (same(cell, row, this.#loose)) continue
      const key = field.key
      if (stood.has(key)) {
        if (same(cell, history.rowWith(row, field, stood.get(key)), this.#loose)) continue
        conflicts.push(key)
        const detail = cellText(shows(row)).slice(0, 80)
        doubts.push({ column: index, level: 'warning', code: 'changedSince', detail })
      }
      edited[index] = cell
      keep.delete(key)
    }
    for (const { index, key } of this.#fixed) {
      const text = cellText(cells[index]).trim()
      if (key !== '' && text !== '' && text !== String(row[key] ?? '').trim())
        doubts.push({ column: index, level: 'warning', code: 'id.fixed', detail: text.slice(0, 80) })
    }
    const edit: Edit = { keep: [...keep], conflicts, seq: history.seq }
    return { fault: null, cells: edited, match: this.#matchOf(row, edit), edit, doubts }
  }

  #matchOf(row: Row, edit: Edit): StagedMatch {
    const id = String(row['id'])
    return {
      target: { record: id },
      recordId: id,
      row: null,
      name: String(row[this.#entity.title] ?? '').slice(0, 80),
      ownerName: (row['ownerName'] as string | null | undefined) ?? null,
      score: 1,
      sure: true,
      because: ['id'],
      deleted: false,
      visible: true,
      edit,
    }
  }

  /** Fields whose cells were edited, by the column they stand in. */
  get own(): readonly { index: number; field: FieldDescriptor }[] {
    return this.#own
  }
}

const idFault = (code: string, detail: string): CellProblem => ({
  column: null,
  level: 'error',
  code,
  detail: detail.slice(0, 80),
})

export type ReturningInput = {
  importer: Importer
  actor: Actor
  columns: readonly MappedColumn[]
  headers: readonly { index: number; header: string }[]
  zone: string
  loose: boolean
}

/** What happened to some records since they were exported. */
class History {
  readonly seq: number
  readonly #raw: BetterSqlite3.Database
  readonly #entity: EntityDescriptor
  readonly #steps = new Map<string, Step[]>()
  readonly #tags = new Map<string, TagStep[]>()

  constructor(raw: BetterSqlite3.Database, entity: EntityDescriptor, ids: readonly string[], since: number | null) {
    this.#raw = raw
    this.#entity = entity
    this.seq = lastCommand(raw).seq
    if (since === null || since >= this.seq) return
    const list = JSON.stringify(ids)
    for (const step of prepared(raw, STEPS).all(entity.table, list, BigInt(since)) as Step[])
      this.#steps.set(step.rowId, [...(this.#steps.get(step.rowId) ?? []), step])
    if (!entity.fields.some(({ type }) => type === 'tags')) return
    for (const step of prepared(raw, TAG_STEPS).all(entity.name, list, BigInt(since)) as TagStep[])
      this.#tags.set(step.recordId, [...(this.#tags.get(step.recordId) ?? []), step])
  }

  stood(row: Row, since: number): Map<string, unknown> {
    const id = String(row['id'])
    const stood = stoodBefore(this.#entity, this.#steps.get(id) ?? [], since)
    const tags = Array.isArray(row['tags']) ? tagsBefore(row['tags'] as string[], this.#tags.get(id) ?? [], since) : null
    if (tags && JSON.stringify(tags) !== JSON.stringify([...(row['tags'] as string[])].sort())) stood.set('tags', tags)
    return stood
  }

  #named(row: Row, key: string, value: unknown): Row {
    const name = value ? prepared(this.#raw, 'select name from customer where id = ?').pluck().get(value) : null
    return {
      ...row,
      custom: { ...(row['custom'] as Row | undefined), [key]: value },
      customNames: { ...(row['customNames'] as Row | undefined), [key]: name ?? null },
    }
  }

  /** The record as an export would have shown this field then. */
  rowWith(row: Row, field: FieldDescriptor, value: unknown): Row {
    const { key, type, reference } = field
    if (isCustomKey(key) && type === 'reference') return this.#named(row, key, value)
    if (isCustomKey(key)) return { ...row, custom: { ...(row['custom'] as Row | undefined), [key]: value } }
    const then = type === 'boolean' ? value === 1 : value
    if (type !== 'reference') return { ...row, [key]: then }
    const [table, column] = NAMED[reference ?? ''] ?? []
    const name = table && value ? prepared(this.#raw, `select ${column} from ${table} where id = ?`).pluck().get(value) : null
    return { ...row, [key]: value, [key.replace(/Id$/, 'Name')]: name ?? null }
  }
}
