import { Checkbox, Table } from 'antd'
import type { ColumnType } from 'antd/es/table'
import { createContext, memo, type ReactNode, type RefObject, useContext, useMemo } from 'react'
import type { FieldValue, Move } from '../FieldEditor.tsx'
import { cellClass, GridRow } from './GridRow.tsx'
import { HeaderCell } from './HeaderCell.tsx'
import type { Column, SortState, ViewRow } from './columns.ts'

export const CHECK_WIDTH = 36

export type GridHandlers<Row> = {
  onSort: (key: string) => void
  onWidth: (key: string, width: number, done: boolean) => void
  onHeadCheck: (on: boolean) => void
  onCommit: (view: ViewRow<Row>, column: Column<Row>, value: FieldValue, move: Move) => void
  onCancelEdit: (view: ViewRow<Row>) => void
}

type HeadProps<Row> = {
  columns: readonly Column<Row>[]
  widths: readonly number[]
  filler: number
  selectable: boolean
  headCheck: 'none' | 'some' | 'all'
  label: string
  sort: SortState
  /** Read at the moment of the event, so that a new function is no reason to draw again. */
  handlers: RefObject<GridHandlers<Row>>
}
export type GridProps<Row> = HeadProps<Row> & { rows: readonly ViewRow<Row>[]; top: number; bottom: number }

/** The drawn window reaches the table's body past the table: rc-table draws every cell again for each new row of data. */
const BodyContext = createContext<{ top: number; bottom: number; rows: ReactNode }>({ top: 0, bottom: 0, rows: null })

function Body({ children: _, ...rest }: { children?: ReactNode }) {
  const { top, bottom, rows } = useContext(BodyContext)
  return (
    <tbody {...rest}>
      <tr className="spacer" aria-hidden>
        <td style={{ height: top }} />
      </tr>
      {rows}
      <tr className="spacer" aria-hidden>
        <td style={{ height: bottom }} />
      </tr>
    </tbody>
  )
}
const components = { body: { wrapper: Body } }
const NO_DATA: never[] = []

function tableColumns<Row>(head: HeadProps<Row>): ColumnType<never>[] {
  const { columns, widths, filler, selectable, headCheck, label, sort, handlers } = head
  const check: ColumnType<never> = {
    key: '__check',
    width: CHECK_WIDTH,
    className: 'sticky-check',
    title: (
      <Checkbox
        aria-label={label}
        checked={headCheck === 'all'}
        indeterminate={headCheck === 'some'}
        onChange={(event) => handlers.current.onHeadCheck(event.target.checked)}
      />
    ),
  }
  const data = columns.map((column, i): ColumnType<never> => {
    const width = widths[i] ?? column.width
    return {
      key: column.key,
      width,
      className: cellClass(column),
      title: (
        <HeaderCell
          column={column}
          sort={sort}
          onSort={(key) => handlers.current.onSort(key)}
          width={width}
          onWidth={(next, done) => handlers.current.onWidth(column.key, next, done)}
        />
      ),
    }
  })
  return [...(selectable ? [check] : []), ...data, ...(filler > 0 ? [{ key: '__filler', title: '', width: filler }] : [])]
}

/** antd's table: head, widths, look. It is drawn again when the columns change, not when one scrolls. */
const HeadTable = memo(function HeadTable({ columns }: { columns: ColumnType<never>[] }) {
  return (
    <Table<never>
      size="small"
      tableLayout="fixed"
      pagination={false}
      dataSource={NO_DATA}
      columns={columns}
      components={components}
    />
  )
})

/** The window of rows under antd's head. */
export function Grid<Row>({ rows, top, bottom, ...head }: GridProps<Row>) {
  const { columns, widths, filler, selectable, headCheck, label, sort, handlers } = head
  const tableHead = useMemo(
    () => tableColumns({ columns, widths, filler, selectable, headCheck, label, sort, handlers }),
    [columns, widths, filler, selectable, headCheck, label, sort, handlers],
  )
  const hasFiller = filler > 0
  const body = {
    top,
    bottom,
    rows: rows.map((view) => (
      <GridRow<Row> key={view.key} view={view} columns={columns} selectable={selectable} filler={hasFiller} handlers={handlers} />
    )),
  }
  return (
    <BodyContext value={body}>
      <HeadTable columns={tableHead} />
    </BodyContext>
  )
}
