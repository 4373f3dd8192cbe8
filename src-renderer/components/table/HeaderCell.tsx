import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons'
import { type PointerEvent, useRef } from 'react'
import type { Column, SortState } from './columns.ts'

type HeaderCellProps<Row> = {
  column: Column<Row>
  sort: SortState
  onSort: (key: string) => void
  width: number
  onWidth: (width: number, done: boolean) => void
}

/** Title, order and the edge to drag. */
export function HeaderCell<Row>({ column, sort, onSort, width, onWidth }: HeaderCellProps<Row>) {
  const sorted = sort?.field === column.key ? sort.direction : null
  return (
    <>
      {column.sortable ? (
        <button
          type="button"
          className={`bare head-title${sorted ? ' t1' : ''}`}
          aria-label={column.title}
          title={column.title}
          onClick={() => onSort(column.key)}
        >
          <span className="el">{column.title}</span>
          {sorted === 'asc' && <ArrowUpOutlined className="tiny" />}
          {sorted === 'desc' && <ArrowDownOutlined className="tiny" />}
        </button>
      ) : (
        column.title
      )}
      <ResizeEdge width={width} onWidth={onWidth} />
    </>
  )
}

function ResizeEdge({ width, onWidth }: { width: number; onWidth: (width: number, done: boolean) => void }) {
  const start = useRef<{ x: number; width: number } | null>(null)
  const widthAt = (event: PointerEvent) => (start.current ? start.current.width + event.clientX - start.current.x : width)
  return (
    <span
      className="resize-edge"
      onPointerDown={(event) => {
        event.stopPropagation()
        start.current = { x: event.clientX, width }
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={(event) => {
        if (start.current) onWidth(widthAt(event), false)
      }}
      onPointerUp={(event) => {
        if (start.current) onWidth(widthAt(event), true)
        start.current = null
      }}
    />
  )
}
