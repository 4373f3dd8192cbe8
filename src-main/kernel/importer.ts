import type { Actor } from '../../src-shared/kernel/actor.ts'
import type { MatchRecord } from '../../src-shared/kernel/matching/keys.ts'
import type { Matching } from '../../src-shared/kernel/matching/language.ts'
import type { PairScore } from '../../src-shared/kernel/matching/score.ts'
import type { EntityDescriptor } from '../../src-shared/kernel/entity.ts'
import type { Permission } from '../../src-shared/kernel/permissions.ts'
import type { Entity } from '../../src-shared/kernel/procedure.ts'
import type { CommandContext } from './context.ts'
import type { ReadDb } from './database.ts'

export type Values = Record<string, unknown>
/** What one row of a sheet holds: of each kind none, one or several records, the first kind being the row's own. */
export type Parts = Partial<Record<Entity, Values[]>>

export type OnDuplicate = 'skip' | 'update' | 'fill' | 'create'
/**
 * Something about one cell. `error`: the row is not imported; `warning`: it is, and somebody should look. `field`: what it is about, as
 * `entity.field`, where an importer says it that knows of no columns; whoever cleans the row finds the column.
 */
export type CellProblem = { column: number | null; field?: string; level: 'error' | 'warning'; code: string; detail?: string }

/** What rows are looked for by; `kind` and `key` together are one key. */
export type RowKey = { readonly kind: string; readonly key: string }
/** What a row is compared by; `own`: what only records of this kind have. */
export type RowRecord = MatchRecord & { readonly own?: Readonly<Record<string, string | null>> }
/** One statement with one parameter, on the connection of whoever asks. */
export type Read = (sql: string, parameter: string) => Record<string, unknown>[]

/** A cleaned row before the feature completes it; `more` holds phones beyond the fields that take them. */
export type CleanRow = { parts: Parts; more: Partial<Record<Entity, string[]>>; problems: CellProblem[] }

/**
 * Of a row that came back from an export: which fields nobody edited in the file (they stay, empty or not), which were changed here as
 * well, and how far the base was when that was found out.
 */
export type Edit = { readonly keep: readonly string[]; readonly conflicts: readonly string[]; readonly seq: number }

/** `follows`: of kinds that gather rows, an earlier row of the same file stands for the record already. `ours`: it has made the record; who brings the file may go on with it, although it may be nobody's. */
export type RowWrite = { row: number; id: string; parts: Parts; follows?: boolean } & (
  | { mode: 'create' }
  | { mode: 'update' | 'fill'; restore: boolean; edit?: Edit; ours?: boolean }
)
/** What the company asks of records and a row does not give: of which kind (by its feature) and fields; `row`: the earlier one that holds the value. */
export type Fault = {
  readonly reason: string
  readonly feature: string
  readonly fields: readonly string[]
  readonly row?: number
}
export type RowResult = {
  row: number
  outcome: 'created' | 'updated' | 'skipped' | 'failed'
  reason?: string
  recordId?: string
  fault?: Fault
}

/**
 * What a row that came back changes in its record: the edited fields, and the emptied ones where empty cells are to clear.
 * `must`: fields that always say something.
 */
export function editedValues(
  file: Values,
  fields: readonly string[],
  how: { edit: Edit; mode: 'update' | 'fill'; empty: WriteRules['empty']; stored: Values; must: ReadonlySet<string> },
): Values {
  const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === ''
  const values: Values = {}
  for (const key of fields) {
    if (how.edit.keep.includes(key)) continue
    if (!isEmpty(file[key])) {
      if (how.mode === 'update' || isEmpty(how.stored[key])) values[key] = file[key]
    } else if (how.mode === 'update' && how.empty === 'clear' && !how.must.has(key)) values[key] = null
  }
  return values
}

/**
 * What a row says otherwise than its record and no file changes, told so that nobody believes the row has done it.
 * @param file what the row says, `stored` how the record stands after it
 * @param reasons the fields that no file changes, each with what is told of it
 */
export function keptOf<Reason extends string>(
  file: Values,
  stored: Values,
  { mode, edit }: { readonly mode: 'update' | 'fill'; readonly edit?: Edit },
  reasons: Readonly<Record<string, Reason>>,
): Reason | undefined {
  const isSaid = (key: string): boolean =>
    file[key] !== null && file[key] !== undefined && file[key] !== '' && edit?.keep.includes(key) !== true
  const key = mode === 'update' ? Object.keys(reasons).find((one) => isSaid(one) && file[one] !== stored[one]) : undefined
  return key === undefined ? undefined : reasons[key]
}

/** How rows are to be written, as the wizard's switches say. */
export type WriteRules = {
  /** Fields that have a column, as `entity.field`: with `clear` their empty cells empty the record's field. */
  readonly mapped: readonly string[]
  readonly empty: 'keep' | 'clear'
  readonly multi: 'add' | 'replace'
  /** For new records, where the file says nothing. */
  readonly defaults: Values
  /** What is done with rows that hang on something nobody knows. */
  readonly missing: 'fail' | 'create'
  /** Opportunities that come in as won become an order and a payment of their value. */
  readonly wonOrders: boolean
}

/** How one entity is imported. The importer itself (imports feature) knows nothing of any entity; this is all a feature says. */
export type Importer = {
  readonly entity: Entity
  /** The records one sheet may hold, the row's own first; their descriptors give fields, words and cleaning. */
  readonly parts: readonly EntityDescriptor[]
  /** One of these, as `entity.field`, must have a column: without it no row says what it is. */
  readonly identified: readonly string[]
  /** How that is refused, as a word of the imports slice. */
  readonly unidentified: string
  /** What history calls it, as a word of the imports slice. */
  readonly action: string
  /** Further parts that are only looked up: what the row hangs on, and the fields that say who that is. */
  readonly lookedUp?: Readonly<Partial<Record<Entity, readonly string[]>>>
  /** Of kinds of which several rows are one record (an order and its lines): whether a row belongs to an earlier one of its key. They are written together, whatever is done with duplicates. */
  readonly gathers?: (parts: Parts) => boolean
  /** Fields that count as having a column because of others that have one. */
  readonly implied?: (mapped: ReadonlySet<string>) => readonly string[]
  /** What one needs to import this kind at all, and to look for its records. */
  readonly needs: Permission
  /** What one needs beside the right to import: for new records, and for what hangs on them. */
  readonly creates: Permission
  readonly writes: Readonly<Partial<Record<Entity, Permission>>>
  /** What rows hang on and may be made where nobody knows it: the right to that, and the fields it gets from the file; the first always. */
  readonly makes?: { readonly entity: Entity; readonly creates: Permission; readonly fields: readonly string[] }
  /** Fields that take several columns, as `entity.field`. */
  readonly repeatable: readonly string[]
  /** Fields that name a colleague who must be known and here, as `entity.field`: another one stops the row; elsewhere it is told. */
  readonly presentPeople: readonly string[]
  /** Further words that headers of such sheets use, as `entity.field`. */
  readonly headers?: Readonly<Record<string, readonly string[]>>
  /** Words of sheets for the values of select fields, as `entity.field` → value → words. */
  readonly words: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
  /** Words of sheets for records that cells name, as the kind they refer to → name → words. */
  readonly named?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
  /** Fills in what follows from the rest (a person's name, sort keys) and says what is missing. Pure; runs in a worker. */
  readonly finish: (row: CleanRow, mapped: ReadonlySet<string>) => void
  /** The same for a row that came back from an export: only its edited fields are there. Absent: such rows are not known again. */
  readonly finishEdited?: (row: CleanRow) => void
  /** Finds in the base what the row hangs on and notes it in its parts; runs in a worker, before rows are compared. */
  readonly place?: (row: CleanRow, given: Placing) => void
  /** What the row is compared by. */
  readonly matchRecord: (parts: Parts) => RowRecord
  /** Absent: the keys of customers, which stand in an index of their own. */
  readonly keys?: (parts: Parts) => readonly RowKey[]
  /** Absent: as customers are compared. */
  readonly compare?: (row: RowRecord, there: RowRecord) => Likeness
  /** Records of the base that carry one of these keys: one statement with one parameter, and what its rows say. Asked by a worker, and again inside the write. */
  readonly candidates: {
    readonly sql: string
    /** `until`: the last document of the search that is looked at; absent: all. */
    readonly parameter: (keys: readonly RowKey[], until?: number) => string
    /** Without what is kept from who asks: neither a verdict nor an owner tells it. */
    readonly read: (row: Record<string, unknown>, actor: Actor) => Candidate
  }
  /** Records of the base as the user may see them, with the names behind references; absent: as lists of records read them. */
  readonly there?: (db: ReadDb, actor: Actor, ids: readonly string[]) => Promise<Record<string, unknown>[]>
  /** Refuses to take a chunk back to who may not change what it wrote; asked before it is taken back and, of what then stands there, after. */
  readonly mayUndo?: (context: CommandContext, seq: number) => Promise<void>
  /** What must hold after a chunk was taken back. */
  readonly afterUndo?: (context: CommandContext) => Promise<void>
  /** What a new row would make, each with its kind, as the write is going to ask it; absent: nothing is asked of its fields. */
  readonly asked?: (context: Pick<CommandContext, 'entities'>, parts: Parts, defaults: Values) => Asked
  /** Whether the importing user may be shown a record of the base. */
  readonly sees: (actor: Actor, candidate: Candidate) => boolean
  /** Its sums are counted in yuan: an amount that bears the sign of another currency stops its row. */
  readonly yuanOnly?: true
  /** Writes one chunk inside a command; every row gets exactly one result. */
  readonly write: (context: CommandContext, rows: readonly RowWrite[], rules: WriteRules) => Promise<RowResult[]>
}

export type Asked = readonly (readonly [EntityDescriptor, Values])[]
export type Likeness = Pick<PairScore, 'score' | 'bits' | 'verdict'> & { reasons: readonly { code: string; weight: number }[] }
export type Placing = {
  readonly read: Read
  readonly actor: Actor
  readonly missing: 'fail' | 'create'
  readonly now: string
  /** The day of it in the zone of the workspace. */
  readonly today: string
  /** The language by which the workspace compares names. */
  readonly matching: Matching
}

export type Candidate = {
  id: string
  /** Whose words are compared, where that is somebody whose place this one took. */
  comparedAs?: string
  record: RowRecord
  name: string
  ownerId: string | null
  ownerName: string | null
  deleted: boolean
}
