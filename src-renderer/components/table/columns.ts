import type { ReactNode } from 'react'
import type { EditorKind, FieldOption, FieldValue } from '../FieldEditor.tsx'

export type PageOf<Row> = { rows: Row[]; hasMore: boolean; capped: boolean }

/** Options of the query that loads one page of rows; react-query keeps it, live updates refetch it. */
export type PageQuery<Row> = { queryKey: readonly unknown[]; queryFn: (context: never) => Promise<PageOf<Row>> | PageOf<Row> }

export type CellEditor<Row> = {
  kind: EditorKind
  options?: readonly FieldOption[]
  value: (row: Row) => FieldValue
  /** Said beside the editor about what is being typed. */
  hint?: (row: Row, draft: string) => ReactNode
  /** Opened by a key only: a click there means something else, and must not wait for a second one. */
  byKeyOnly?: boolean
}

export type Column<Row> = {
  key: string
  title: string
  width: number
  align?: 'left' | 'right' | 'center'
  render: (row: Row) => ReactNode
  sortable?: boolean
  /** The name: first, sticky, never hidden. */
  sticky?: boolean
  hidden?: boolean
  edit?: CellEditor<Row>
  /** As it is copied out; without it the column is copied empty. */
  text?: (row: Row) => string
}

export type SortState = { field: string; direction: 'asc' | 'desc' } | null
export type Density = 'compact' | 'normal'
export const ROW_HEIGHT: Record<Density, number> = { compact: 32, normal: 40 }
export const PHONE_ROW_HEIGHT = 63
export const PAGE_SIZE = 100

/** A row as the grid draws it: identity changes only when what is drawn changes, so cells can be skipped. */
export type ViewRow<Row> = {
  readonly index: number
  readonly key: string
  readonly row: Row | undefined
  /** What a screen reader is told of the row. */
  readonly name: string
  readonly selected: boolean
  readonly open: boolean
  readonly cursor: boolean
  /** The column of the cursor, in the row of the cursor. */
  readonly cell: string | null
  /** The chosen cells of the row, as `first column-last column` with `t` and `b` where the range begins and ends. */
  readonly range: string | null
  /** The cells that the dragged corner would fill, said the same way. */
  readonly fill: string | null
  /** The column whose cell has the corner to drag. */
  readonly handle: string | null
  readonly editing: string | null
  /** What is typed into the open editor takes the place of what stands there: so much was typed before it opened. */
  readonly replace: string | null
  /** What stands in the open editor is marked. */
  readonly marked: boolean
  readonly problem: CellProblem | null
  /** Why the row may only be looked at. */
  readonly closed: string | null
}
/** A value that was not taken: why, and what had been typed. */
export type CellProblem = { readonly column: string; readonly draft: FieldValue; readonly text: string }
export type CellAt = { readonly index: number; readonly column: string }
