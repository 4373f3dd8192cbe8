import { memo, type RefObject } from 'react'
import { useText } from '../../kernel/text.ts'
import { FieldEditor } from '../FieldEditor.tsx'
import { text } from '../text.ts'
import { isTypedKind } from '../useEditorKeys.ts'
import type { GridHandlers } from './Grid.tsx'
import { rangeClass } from './cellRange.ts'
import type { Column, ViewRow } from './columns.ts'

type Handlers<Row> = RefObject<GridHandlers<Row>>
type GridRowProps<Row> = {
  view: ViewRow<Row>
  columns: readonly Column<Row>[]
  selectable: boolean
  filler: boolean
  handlers: Handlers<Row>
}

const ALIGN = { left: '', right: ' r', center: ' center' }
export const cellClass = <Row,>(column: Column<Row>): string =>
  `${column.sticky ? 'sticky-name' : ''}${ALIGN[column.align ?? 'left']}`

const rowClass = <Row,>({ selected, open, cursor, problem }: ViewRow<Row>): string =>
  ['ant-table-row', selected && 'ant-table-row-selected', open && 'row-open', cursor && 'row-cursor', problem && 'row-problem']
    .filter(Boolean)
    .join(' ')

const stateClass = <Row,>({ editing, problem, cell }: ViewRow<Row>, key: string): string =>
  `${editing === key ? ' editing' : ''}${problem?.column === key ? ' problem' : ''}${cell === key ? ' at-cell' : ''}`

const closedClass = <Row,>({ closed }: ViewRow<Row>, { edit }: Column<Row>): string => (closed !== null && edit ? ' closed' : '')

function RowView<Row>({ view, columns, selectable, filler, handlers }: GridRowProps<Row>) {
  const t = useText(text)
  const { selected, problem } = view
  return (
    <tr className={rowClass(view)} data-row-key={view.key} aria-selected={selected}>
      {selectable && (
        <td className="ant-table-cell sticky-check" data-col="__check">
          {/* The click is handled by the row, so that Shift can mean a range. */}
          <input
            type="checkbox"
            className="check"
            aria-label={`${t('selectRow')} ${view.name}`}
            checked={selected}
            disabled={!view.row}
            tabIndex={-1}
            readOnly
          />
        </td>
      )}
      {columns.map((column, at) => (
        <td
          key={column.key}
          data-col={column.key}
          className={`ant-table-cell ${cellClass(column)}${stateClass(view, column.key)}${closedClass(view, column)}${rangeClass(view.range, at)}${rangeClass(view.fill, at).replaceAll('range', 'fill')}`}
          {...(view.closed !== null && column.edit && { title: view.closed })}
          {...(problem?.column === column.key && { 'data-problem': problem.text, title: problem.text })}
        >
          <CellBody view={view} column={column} handlers={handlers} />
          {view.handle === column.key && view.editing === null && <i className="fill-handle" title={t('fillHandle')} />}
        </td>
      ))}
      {filler && <td className="ant-table-cell" />}
    </tr>
  )
}

/** A row that has not changed is not drawn again, however far one scrolls. */
export const GridRow = memo(RowView) as typeof RowView

/** What was typed and not taken stays to be read until it is mended or left. */
const notTaken = <Row,>({ problem }: ViewRow<Row>, { key, edit }: Column<Row>) =>
  problem?.column === key && edit && isTypedKind(edit.kind) && typeof problem.draft === 'string' ? (
    <span className="el">{problem.draft}</span>
  ) : null

function CellBody<Row>({ view, column, handlers }: { view: ViewRow<Row>; column: Column<Row>; handlers: Handlers<Row> }) {
  if (!view.row) return <i className="bone" style={{ width: column.sticky ? 150 : 44 }} />
  const { row } = view
  if (!column.edit) return column.render(row)
  if (view.editing !== column.key) return notTaken(view, column) ?? column.render(row)
  const { hint } = column.edit
  return (
    <div className="cell-edit cellsel">
      <FieldEditor
        kind={column.edit.kind}
        label={column.title}
        value={column.edit.value(row)}
        {...(hint && { hint: (draft: string) => hint(row, draft) })}
        {...(column.edit.options && { options: column.edit.options })}
        {...(view.problem?.column === column.key && { draft: view.problem.draft })}
        {...(view.replace !== null && { replace: view.replace })}
        {...(view.marked && { marked: true })}
        onCommit={(value, move) => handlers.current.onCommit(view, column, value, move)}
        onCancel={() => handlers.current.onCancelEdit(view)}
      />
    </div>
  )
}
