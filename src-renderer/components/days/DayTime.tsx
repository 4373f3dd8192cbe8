import { useClock } from '../../kernel/context.tsx'
import { partsIn } from '../../kernel/format.ts'

/** The hour of something on its day; red once it has gone by. */
export function DayTime({ at }: { at: string | null }) {
  const { zone, nowMs } = useClock()
  if (at === null) return null
  const { hour, minute } = partsIn(at, zone)
  return <span className={`num ${Date.parse(at) < nowMs ? 'tbad' : 't3'}`}>{`${hour}:${minute}`}</span>
}
