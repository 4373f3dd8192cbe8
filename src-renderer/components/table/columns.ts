import type { ReactNode } from 'react'
import type { EditorKind, FieldOption, FieldValue } from '../FieldEditor.tsx'

export type PageOf<Row> = { rows: Row[]; hasMore: boolean; capped: boolean }

/** Options of the query that loads one page of rows; react-query keeps it, live updates refetch it. */
export type PageQuery<Row> = { queryKey: readonly unknown[]; queryFn: (context: never) => Promise<PageOf<Row>> | PageOf<Row> }

export type CellEditor<Row> = {
  kind: EditorKind
  options?: readonly FieldOption[]
  value: (row: Row) => FieldValue
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
  readonly editing: string | null
  readonly problem: CellProblem | null
}
/** A value that was not taken: why, and what had been typed. */
export type CellProblem = { readonly column: string; readonly draft: FieldValue; readonly text: string }
export type CellAt = { readonly index: number; readonly column: string }
