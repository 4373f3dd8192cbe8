import { z } from 'zod'
import { STAY_REASONS } from '../../kernel/undo.ts'
import { Filter } from '../../kernel/list.ts'
import { EntityName } from '../../kernel/procedure.ts'
import { Instant } from '../../kernel/time.ts'

const Value = z.union([z.string(), z.number(), z.boolean(), z.null()])
/** One field of one row before and after; ids already put into names (`label`) where the caller may see them. */
export const FieldChange = z.strictObject({
  field: z.string(),
  /** What an added field is called today and what it holds, although it may be put aside. */
  label: z.string().optional(),
  type: z.string().optional(),
  before: Value,
  after: Value,
  beforeLabel: z.string().nullable(),
  afterLabel: z.string().nullable(),
})
export type FieldChange = z.infer<typeof FieldChange>

/** Which rows were chosen: so many by hand, or what a search and a filter found; `names` reads the ids in the filter. */
export const ChosenRows = z.strictObject({
  chosen: z.number().int().nullable(),
  search: z.string().nullable(),
  filter: Filter.nullable(),
  deleted: z.boolean(),
  names: z.record(z.string(), z.string()),
})
export type ChosenRows = z.infer<typeof ChosenRows>

/** What a line says beside its action; of an undo, what was taken back. */
export const HistoryFacts = z.strictObject({
  /** Records of the command's kind, over all its steps. */
  records: z.number().int().nullable(),
  /** The new owner of a transfer; `name` null: nobody. */
  owner: z.strictObject({ name: z.string().nullable() }).nullable(),
  file: z.string().nullable(),
  format: z.string().nullable(),
  /** Rows asked for that the right to export did not reach. */
  refused: z.number().int().nullable(),
  which: ChosenRows.nullable(),
})
export type HistoryFacts = z.infer<typeof HistoryFacts>

/** A command as history tells it: who, when, from where, the business word, and what changed on the record asked for. */
export const HistoryEntry = z.strictObject({
  seq: z.number().int(),
  at: Instant,
  actorName: z.string(),
  origin: z.string(),
  procedure: z.string(),
  action: z.string(),
  entity: EntityName.nullable(),
  recordId: z.string().nullable(),
  recordName: z.string().nullable(),
  /** Of several records those that it names; none of one record. */
  firstNames: z.array(z.string()),
  rows: z.number().int(),
  /** Commands told by this line: a batch is one. */
  steps: z.number().int(),
  facts: HistoryFacts,
  /** What an undo or redo is about: the command at the bottom of the chain. */
  about: z.strictObject({ procedure: z.string(), action: z.string(), entity: EntityName.nullable() }).nullable(),
  batchId: z.string().nullable(),
  undoesSeq: z.number().int().nullable(),
  undoneBySeq: z.number().int().nullable(),
  undoable: z.boolean(),
  irreversible: z.string().nullable(),
  changes: z.array(FieldChange),
})
export type HistoryEntry = z.infer<typeof HistoryEntry>

/** Of those kept how many for which reason. */
const Because = z.partialRecord(z.enum(STAY_REASONS), z.number().int())
/**
 * Rows touched = reversed + kept + failed. `seq`, or of the steps of a batch `batchId`: the command, or the batch, that the undo itself
 * is; null where nothing was written.
 */
export const UndoResult = z.strictObject({
  seq: z.number().int().nullable(),
  batchId: z.string().nullable(),
  reversed: z.number().int(),
  kept: z.number().int(),
  failed: z.number().int(),
  because: Because,
  /** The same counted in records of the command's kind, as its line in history counts them; null when it has no kind of its own. */
  records: z
    .strictObject({
      entity: z.string(),
      reversed: z.number().int(),
      kept: z.number().int(),
      failed: z.number().int(),
      because: Because,
    })
    .nullable(),
  details: z.array(z.strictObject({ entity: z.string(), id: z.string(), outcome: z.enum(['kept', 'failed']), why: z.string() })),
})
export type UndoResult = z.infer<typeof UndoResult>
