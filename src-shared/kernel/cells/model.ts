import { z } from 'zod'

/** A longer block than this is an import, not a paste. */
export const MOST_BLOCK_ROWS = 5000
export const MOST_BLOCK_COLUMNS = 100
const LONGEST = 20_000

/** What goes into one cell: the text somebody would type, a value as it is stored, or null to leave the cell alone. */
export const CellGiven = z.union([
  z.null(),
  z.string().max(LONGEST),
  z.strictObject({
    value: z.union([z.string().max(LONGEST), z.number(), z.boolean(), z.null(), z.array(z.string().max(200)).max(100)]),
  }),
])
export type CellGiven = z.infer<typeof CellGiven>
const Cells = z.array(CellGiven).max(MOST_BLOCK_COLUMNS)

/**
 * A block of cells over the rows of a list, as one pastes it: the fields of its columns, and of each row the record, the version
 * that was seen and its cells. `news`: rows below the end of the list, which become records. `ifClean`: a block of which something is
 * to be said first is not written.
 */
export const CellBlock = z.strictObject({
  fields: z.array(z.string().max(64)).min(1).max(MOST_BLOCK_COLUMNS),
  rows: z.array(z.strictObject({ id: z.string().max(26), version: z.number().int(), cells: Cells })).max(MOST_BLOCK_ROWS),
  news: z.array(Cells).max(MOST_BLOCK_ROWS).default([]),
  ifClean: z.boolean().optional(),
})
export type CellBlock = z.input<typeof CellBlock>

/** One cell, row (`field` null) or column (`row` null) that is left as it is, and why. Rows are counted from 0, new ones behind the others. */
export const CellProblem = z.strictObject({
  row: z.number().int().nullable(),
  field: z.string().nullable(),
  code: z.string(),
  detail: z.string().nullable(),
})
export type CellProblem = z.infer<typeof CellProblem>
/** So many are named one by one; of the others there is the count. */
export const MOST_PROBLEMS = 500

/** Whether a block does something that its writer should hear of before it is done. */
export const hasNews = ({ problems, refused }: Pick<CellsReport, 'problems' | 'refused'>): boolean =>
  problems.length > 0 || refused > 0

/** What a block does, or has done: `changed + unchanged + refused` are its rows, `created + notCreated` its new rows. */
export const CellsReport = z.strictObject({
  changed: z.number().int(),
  unchanged: z.number().int(),
  /** Rows out of reach of the right to edit, or gone. */
  refused: z.number().int(),
  created: z.number().int(),
  notCreated: z.number().int(),
  /** Cells that get another value. */
  cells: z.number().int(),
  /** Cells of reachable rows that are left as they are because their value cannot be taken. */
  left: z.number().int(),
  /** Among them, cells that a colleague has changed since they were seen. */
  stale: z.number().int(),
  problems: z.array(CellProblem),
  batchId: z.string().nullable(),
  /** Only looked at: nothing was written. */
  checked: z.boolean().optional(),
})
export type CellsReport = z.infer<typeof CellsReport>
