import './settings.css'
import type { ReactNode } from 'react'
import { useIsPhone } from '../../kernel/screen.ts'
import { type SimpleColumn, SimpleTable } from '../SimpleTable.tsx'

/** A row on a phone: two lines, one state at the right, its buttons below. */
export type ListRow = { title: ReactNode; facts: readonly ReactNode[]; state?: ReactNode; actions?: ReactNode }

type ListTableProps<Row> = {
  rows: readonly Row[]
  columns: readonly SimpleColumn<Row>[]
  rowKey: (row: Row) => string
  describe: (row: Row) => ListRow
  onOpen?: (row: Row) => void
  empty?: ReactNode
}

/** A short list: a table on a desk, rows of two lines on a phone. */
export function ListTable<Row>({ rows, columns, rowKey, describe, onOpen, empty }: ListTableProps<Row>) {
  const isPhone = useIsPhone()
  if (rows.length === 0 && empty) return empty
  if (!isPhone) return <SimpleTable rows={rows} columns={columns} rowKey={rowKey} {...(onOpen && { onOpen })} />
  return (
    <div>
      {rows.map((row) => (
        <PhoneRow key={rowKey(row)} row={describe(row)} {...(onOpen && { onOpen: () => onOpen(row) })} />
      ))}
    </div>
  )
}

function PhoneRow({ row, onOpen }: { row: ListRow; onOpen?: () => void }) {
  const lines = (
    <>
      <span className="grow">
        <span className="row g6 b el">{row.title}</span>
        <span className="row g8 t3 s12 set-facts">
          {row.facts.filter(Boolean).map((fact, i) => (
            <span key={i} className="el">
              {fact}
            </span>
          ))}
        </span>
      </span>
      {row.state}
    </>
  )
  return (
    <div className="set-row">
      {onOpen ? (
        <button type="button" className="bare set-row-main" onClick={onOpen}>
          {lines}
        </button>
      ) : (
        <div className="set-row-main">{lines}</div>
      )}
      {row.actions && <div className="set-row-actions">{row.actions}</div>}
    </div>
  )
}
