import type { MatchKey, MatchRecord } from '../../src-shared/kernel/matching/keys.ts'
import type { EntityDescriptor } from '../../src-shared/kernel/entity.ts'
import type { Permission } from '../../src-shared/kernel/permissions.ts'
import type { Entity } from '../../src-shared/kernel/procedure.ts'
import type { CommandContext } from './context.ts'

export type Values = Record<string, unknown>
/** What one row of a sheet holds: of each kind none, one or several records, the first kind being the row's own. */
export type Parts = Partial<Record<Entity, Values[]>>

export type OnDuplicate = 'skip' | 'update' | 'fill' | 'create'
/** Something about one cell. `error`: the row is not imported; `warning`: it is, and somebody should look. */
export type CellProblem = { column: number | null; level: 'error' | 'warning'; code: string; detail?: string }

/** A cleaned row before the feature completes it; `more` holds phones beyond the fields that take them. */
export type CleanRow = { parts: Parts; more: Partial<Record<Entity, string[]>>; problems: CellProblem[] }

export type RowWrite = { row: number; id: string; parts: Parts } & (
  | { mode: 'create' }
  | { mode: 'update' | 'fill'; restore: boolean }
)
export type RowResult = { row: number; outcome: 'created' | 'updated' | 'skipped' | 'failed'; reason?: string; recordId?: string }

/** How rows are to be written, as the wizard's switches say. */
export type WriteRules = {
  /** Fields that have a column, as `entity.field`: with `clear` their empty cells empty the record's field. */
  readonly mapped: readonly string[]
  readonly empty: 'keep' | 'clear'
  readonly multi: 'add' | 'replace'
  /** For new records, where the file says nothing. */
  readonly defaults: Values
}

/** How one entity is imported. The importer itself (imports feature) knows nothing of any entity; this is all a feature says. */
export type Importer = {
  readonly entity: Entity
  /** The records one sheet may hold, the row's own first; their descriptors give fields, words and cleaning. */
  readonly parts: readonly EntityDescriptor[]
  /** What one needs beside the right to import: for new records, and for what hangs on them. */
  readonly creates: Permission
  readonly writes: Readonly<Partial<Record<Entity, Permission>>>
  /** Fields that take several columns, as `entity.field`. */
  readonly repeatable: readonly string[]
  /** Words of sheets for the values of select fields, as `entity.field` → value → words. */
  readonly words: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
  /** Fills in what follows from the rest (a person's name, sort keys) and says what is missing. Pure; runs in a worker. */
  readonly finish: (row: CleanRow, mapped: ReadonlySet<string>) => void
  /** What the row is compared by. */
  readonly matchRecord: (parts: Parts) => MatchRecord
  /** Records of the base that carry one of these keys: one statement with one parameter, and what its rows say. Asked by a worker, and again inside the write. */
  readonly candidates: {
    readonly sql: string
    readonly parameter: (keys: readonly MatchKey[]) => string
    readonly read: (row: Record<string, unknown>) => Candidate
  }
  /** Writes one chunk inside a command; every row gets exactly one result. */
  readonly write: (context: CommandContext, rows: readonly RowWrite[], rules: WriteRules) => Promise<RowResult[]>
}

export type Candidate = {
  id: string
  record: MatchRecord
  name: string
  ownerId: string | null
  ownerName: string | null
  deleted: boolean
}
