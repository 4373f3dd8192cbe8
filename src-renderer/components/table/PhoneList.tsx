import type { ReactNode } from 'react'
import type { Rows } from './useRows.ts'
import { PHONE_ROW_HEIGHT } from './columns.ts'

/** A list row on the phone: name and level, a second line of facts, one state at the right. */
export type PhoneRow = { title: string; level?: ReactNode; facts: readonly ReactNode[]; state?: ReactNode }

export function PhoneList<Row>({
  rows,
  describe,
  onOpen,
}: {
  rows: Rows<Row>
  describe: (row: Row) => PhoneRow
  onOpen: (row: Row, index: number) => void
}) {
  return (
    <div className="phone-list" style={{ height: rows.count * PHONE_ROW_HEIGHT }}>
      {Array.from({ length: Math.max(0, rows.last - rows.first + 1) }, (_, i) => {
        const index = rows.first + i
        const row = rows.at(index)
        return (
          <button
            type="button"
            key={index}
            className="bare phone-row"
            style={{ transform: `translateY(${index * PHONE_ROW_HEIGHT}px)` }}
            onClick={() => row && onOpen(row, index)}
          >
            {row ? <PhoneRowView {...describe(row)} /> : <i className="bone" style={{ width: 180 }} />}
          </button>
        )
      })}
    </div>
  )
}

function PhoneRowView({ title, level, facts, state }: PhoneRow) {
  return (
    <>
      <span className="grow col">
        <span className="row g6">
          <span className="el s14">{title}</span>
          {level}
        </span>
        <span className="row g8 t3 s12 num phone-facts">
          {facts.map((fact, i) => (
            <span key={i} className="el">
              {fact}
            </span>
          ))}
        </span>
      </span>
      {state}
    </>
  )
}
