import { Table } from 'antd'
import type { ColumnType } from 'antd/es/table'
import type { ReactNode } from 'react'

export type SimpleColumn<Row> = {
  key: string
  title: string
  width?: number
  align?: 'left' | 'right' | 'center'
  render: (row: Row) => ReactNode
}

/** A short list that is there as a whole (roles, colleagues, jobs): same look as the big one, nothing virtual. */
export function SimpleTable<Row>({
  rows,
  columns,
  rowKey,
  onOpen,
  empty,
}: {
  rows: readonly Row[]
  columns: readonly SimpleColumn<Row>[]
  rowKey: (row: Row) => string
  onOpen?: (row: Row) => void
  empty?: ReactNode
}) {
  if (rows.length === 0 && empty) return empty
  return (
    <div className="simple-table">
      <Table<Row>
        size="small"
        pagination={false}
        rowKey={rowKey}
        dataSource={rows as Row[]}
        columns={columns.map(({ render, ...column }): ColumnType<Row> => ({ ...column, render: (_, row) => render(row) }))}
        {...(onOpen && { onRow: (row: Row) => ({ onClick: () => onOpen(row), className: 'clickable' }) })}
      />
    </div>
  )
}
