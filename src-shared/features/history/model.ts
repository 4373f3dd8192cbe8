import { z } from 'zod'
import { EntityName } from '../../kernel/procedure.ts'
import { Instant } from '../../kernel/time.ts'

const Value = z.union([z.string(), z.number(), z.null()])
/** One field of one row before and after; ids already put into names (`label`) where the caller may see them. */
export const FieldChange = z.strictObject({
  field: z.string(),
  before: Value,
  after: Value,
  beforeLabel: z.string().nullable(),
  afterLabel: z.string().nullable(),
})
export type FieldChange = z.infer<typeof FieldChange>

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
  rows: z.number().int(),
  batchId: z.string().nullable(),
  undoesSeq: z.number().int().nullable(),
  undoneBySeq: z.number().int().nullable(),
  undoable: z.boolean(),
  irreversible: z.string().nullable(),
  changes: z.array(FieldChange),
})
export type HistoryEntry = z.infer<typeof HistoryEntry>

/** Rows touched = reversed + kept + failed. `why`: changedSince | referenced | noRight | reshaped | gone. */
export const UndoResult = z.strictObject({
  seq: z.number().int().nullable(),
  batchId: z.string().nullable(),
  reversed: z.number().int(),
  kept: z.number().int(),
  failed: z.number().int(),
  details: z.array(z.strictObject({ entity: z.string(), id: z.string(), outcome: z.enum(['kept', 'failed']), why: z.string() })),
})
export type UndoResult = z.infer<typeof UndoResult>
