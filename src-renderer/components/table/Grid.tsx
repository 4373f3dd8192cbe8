import { Checkbox, Table } from 'antd'
import type { ColumnType } from 'antd/es/table'
import { createContext, type HTMLAttributes, memo, type ReactNode, type RefObject, useContext, useMemo } from 'react'
import { type FieldValue, FieldEditor, type Move } from '../FieldEditor.tsx'
import { HeaderCell } from './HeaderCell.tsx'
import type { Column, SortState, ViewRow } from './types.ts'

export const CHECK_WIDTH = 36

type CellProps = HTMLAttributes<HTMLElement> & Record<`data-${string}`, string>

export type GridProps<Row> = {
  rows: readonly ViewRow<Row>[]
  columns: readonly Column<Row>[]
  widths: readonly number[]
  filler: number
  selectable: boolean
  headCheck: 'none' | 'some' | 'all'
  label: string
  sort: SortState
  top: number
  bottom: number
  /** Read at the moment of the event, so that a new function is no reason to draw again. */
  handlers: RefObject<GridHandlers<Row>>
}

export type GridHandlers<Row> = {
  onSort: (key: string) => void
  onWidth: (key: string, width: number, done: boolean) => void
  onHeadCheck: (on: boolean) => void
  onCommit: (view: ViewRow<Row>, column: Column<Row>, value: FieldValue, move: Move) => void
  onCancelEdit: () => void
}

/** Space above and below the drawn window; the table itself only ever holds that window. */
const SpacersContext = createContext({ top: 0, bottom: 0 })

function Body({ children, ...rest }: { children?: ReactNode }) {
  const { top, bottom } = useContext(SpacersContext)
  return (
    <tbody {...rest}>
      <tr className="spacer" aria-hidden>
        <td style={{ height: top }} />
      </tr>
      {children}
      <tr className="spacer" aria-hidden>
        <td style={{ height: bottom }} />
      </tr>
    </tbody>
  )
}
const components = { body: { wrapper: Body } }

const ALIGN = { left: '', right: ' r', center: ' center' }

type Handlers<Row> = GridProps<Row>['handlers']

function CellBody<Row>({ view, column, handlers }: { view: ViewRow<Row>; column: Column<Row>; handlers: Handlers<Row> }) {
  if (!view.row) return <i className="bone" style={{ width: column.sticky ? 150 : 44 }} />
  if (view.editing !== column.key || !column.edit) return column.render(view.row)
  return (
    <div className="cell-edit cellsel">
      <FieldEditor
        kind={column.edit.kind}
        label={column.title}
        value={column.edit.value(view.row)}
        {...(column.edit.options && { options: column.edit.options })}
        onCommit={(value, move) => handlers.current.onCommit(view, column, value, move)}
        onCancel={() => handlers.current.onCancelEdit()}
      />
    </div>
  )
}

type Head<Row> = Omit<GridProps<Row>, 'rows' | 'top' | 'bottom'>

function tableColumns<Row>(grid: Head<Row>): ColumnType<ViewRow<Row>>[] {
  const data = grid.columns.map((column, i): ColumnType<ViewRow<Row>> => {
    const className = `${column.sticky ? 'sticky-name' : ''}${ALIGN[column.align ?? 'left']}`
    return {
      key: column.key,
      width: grid.widths[i] ?? column.width,
      className,
      title: (
        <HeaderCell
          column={column}
          sort={grid.sort}
          onSort={(key) => grid.handlers.current.onSort(key)}
          width={grid.widths[i] ?? column.width}
          onWidth={(width, done) => grid.handlers.current.onWidth(column.key, width, done)}
        />
      ),
      shouldCellUpdate: (next, previous) => next !== previous,
      onCell: (view) => ({ 'data-col': column.key, ...(view.editing === column.key && { className: 'editing' }) }) as CellProps,
      render: (_, view) => <CellBody view={view} column={column} handlers={grid.handlers} />,
    }
  })
  const filler: ColumnType<ViewRow<Row>> = {
    key: '__filler',
    title: '',
    render: () => null,
    ...(grid.filler > 0 && { width: grid.filler }),
  }
  return [...(grid.selectable ? [checkColumn(grid)] : []), ...data, ...(grid.filler > 0 ? [filler] : [])]
}

function checkColumn<Row>(grid: Head<Row>): ColumnType<ViewRow<Row>> {
  return {
    key: '__check',
    width: CHECK_WIDTH,
    className: 'sticky-check',
    title: (
      <Checkbox
        aria-label={grid.label}
        checked={grid.headCheck === 'all'}
        indeterminate={grid.headCheck === 'some'}
        onChange={(event) => grid.handlers.current.onHeadCheck(event.target.checked)}
      />
    ),
    shouldCellUpdate: (next, previous) => next !== previous,
    onCell: () => ({ 'data-col': '__check' }) as CellProps,
    // The click is handled by the row, so that Shift can mean a range.
    render: (_, view) => <input type="checkbox" className="check" checked={view.selected} disabled={!view.row} tabIndex={-1} readOnly />,
  }
}

const rowClass = <Row,>(view: ViewRow<Row>): string =>
  `${view.selected ? 'ant-table-row-selected ' : ''}${view.open ? 'row-open ' : ''}${view.cursor ? 'row-cursor' : ''}`

/** antd's table over a window of rows. */
function GridTable<Row>(grid: GridProps<Row>) {
  const { columns, widths, filler, selectable, headCheck, label, sort, handlers } = grid
  // Moving the window must not make new columns: the table would draw every cell again.
  const tableHead = useMemo(
    () => tableColumns({ columns, widths, filler, selectable, headCheck, label, sort, handlers }),
    [columns, widths, filler, selectable, headCheck, label, sort, handlers],
  )
  const spacers = useMemo(() => ({ top: grid.top, bottom: grid.bottom }), [grid.top, grid.bottom])
  return (
    <SpacersContext value={spacers}>
      <Table<ViewRow<Row>>
        size="small"
        tableLayout="fixed"
        pagination={false}
        rowKey="key"
        dataSource={grid.rows as ViewRow<Row>[]}
        columns={tableHead}
        components={components}
        rowClassName={rowClass}
        rowHoverable={false}
      />
    </SpacersContext>
  )
}

const sameItems = (a: readonly unknown[], b: readonly unknown[]) => a.length === b.length && a.every((item, i) => item === b[i])

/** Scrolling within the drawn window renders nothing. */
function sameGrid<Row>(a: GridProps<Row>, b: GridProps<Row>): boolean {
  return (Object.keys(a) as (keyof GridProps<Row>)[]).every((key) => {
    const [before, after] = [a[key], b[key]]
    return Array.isArray(before) && Array.isArray(after) ? sameItems(before, after) : before === after
  })
}

export const Grid = memo(GridTable, sameGrid) as typeof GridTable
