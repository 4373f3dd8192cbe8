import { hasLeft } from '../../src-shared/kernel/leaving.ts'
import { useClock } from './context.tsx'
import { businessDateOf } from './format.ts'

/** Today in the zone of the company, and who is gone by it: whoever has given notice is here until his day. */
export function useGone(): { today: string; gone: (one: { readonly leftOn: string | null }) => boolean } {
  const { nowMs, zone } = useClock()
  const today = businessDateOf(nowMs, zone)
  return { today, gone: ({ leftOn }) => hasLeft(leftOn, today) }
}
