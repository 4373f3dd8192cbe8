import type { ReactNode } from 'react'
import type { Rows } from './useRows.ts'
import { PHONE_ROW_HEIGHT } from './columns.ts'

/** What a row offers when it is pushed to the left: a number to call or something to do. */
export type Swipe = {
  readonly key: string
  readonly label: string
  readonly icon: ReactNode
  readonly tone?: 'ok'
  readonly disabled?: boolean
} & ({ readonly href: string } | { readonly run: () => void })

/** A list row on the phone: name and level, a second line of facts, one state at the right; behind it what a swipe offers. */
export type PhoneRow = {
  title: string
  level?: ReactNode
  facts: readonly ReactNode[]
  state?: ReactNode
  swipe?: readonly Swipe[]
}

export function PhoneList<Row>({
  rows,
  rowKey,
  describe,
  onOpen,
}: {
  rows: Rows<Row>
  rowKey: (row: Row) => string
  describe: (row: Row) => PhoneRow
  onOpen: (row: Row, index: number) => void
}) {
  return (
    <div className="phone-list" style={{ height: rows.count * PHONE_ROW_HEIGHT }}>
      {Array.from({ length: Math.max(0, rows.last - rows.first + 1) }, (_, i) => {
        const index = rows.first + i
        const row = rows.at(index)
        // By its record: what was pushed open stays with it, whatever comes in above.
        return (
          <div
            key={row ? rowKey(row) : index}
            className="phone-row"
            style={{ transform: `translateY(${index * PHONE_ROW_HEIGHT}px)` }}
          >
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
function PhoneRowView({ title, level, facts, state, swipe = [], onOpen }: PhoneRow & { onOpen: () => void }) {
  return (
    <>
      <div className="phone-face">
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
      </div>
      {swipe.map((one) => (
        <SwipeButton key={one.key} swipe={one} of={title} />
      ))}
    </>
  )
}

function SwipeButton({ swipe, of }: { swipe: Swipe; of: string }) {
  const { label, icon, tone, disabled = false } = swipe
  const className = `bare phone-swipe${tone ? ` ${tone}` : ''}`
  if ('href' in swipe)
    return (
      <a className={className} href={swipe.href} title={of}>
        {icon}
        {label}
      </a>
    )
  return (
    <button type="button" className={className} title={of} disabled={disabled} onClick={swipe.run}>
      {icon}
      {label}
    </button>
  )
}
