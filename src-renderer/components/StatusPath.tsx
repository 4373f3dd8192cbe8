import './record.css'
import { CheckOutlined } from '@ant-design/icons'
import { useEffect, useRef } from 'react'

export type PathStep = { value: string; label: string /** Ends the path beside it, as losing does. */; away?: boolean }

type StatusPathProps = {
  label: string
  steps: readonly PathStep[]
  now: string | null
  /** Absent = may only be looked at. */
  onChange?: (value: string) => void
}

/** How far a record has come; a click takes it to that step. */
export function StatusPath({ label, steps, now, onChange }: StatusPathProps) {
  const at = steps.findIndex(({ value }) => value === now)
  const isAway = steps[at]?.away === true
  const path = useRef<HTMLDivElement>(null)
  // Where the path is longer than its place, the step it stands at is in sight.
  useEffect(() => {
    path.current?.children[at]?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [at])
  return (
    <div ref={path} className="path" role="radiogroup" aria-label={label}>
      {steps.map((step, i) => {
        const isDone = !isAway && i < at
        const look = i === at ? (step.away ? ' away' : ' now') : isDone ? ' done' : ''
        return (
          <button
            type="button"
            key={step.value}
            role="radio"
            aria-checked={i === at}
            className={`path-step${look}`}
            disabled={!onChange || i === at}
            onClick={() => onChange?.(step.value)}
          >
            {isDone && <CheckOutlined className="tiny" />}
            {step.label}
          </button>
        )
      })}
    </div>
  )
}
