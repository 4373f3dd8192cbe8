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
          <div key={index} className="phone-row" style={{ transform: `translateY(${index * PHONE_ROW_HEIGHT}px)` }}>
            {row ? (
              <PhoneRowView {...describe(row)} onOpen={() => onOpen(row, index)} />
            ) : (
              <i className="bone" style={{ width: 180 }} />
            )}
          </div>
        )
      })}
    </div>
  )
}

/** The whole row opens; what stands at its right may be a number to call, and no button may lie within another. */
function PhoneRowView({ title, level, facts, state, onOpen }: PhoneRow & { onOpen: () => void }) {
  return (
    <>
      <button type="button" className="bare grow col phone-open" onClick={onOpen}>
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
      </button>
      <span className="phone-state">{state}</span>
    </>
  )
}
