import type { ListPlace } from '../../components/neighbours/useNeighbours.ts'
import { memoryOf } from '../../kernel/memory.ts'

/** Where one came from: the crumb leads back to it, and the record to those beside it. */
const place = memoryOf<ListPlace>()
export const rememberPlace = place.remember
export const placeOf = (id: string): ListPlace | null => {
  const last = place.last()
  return last?.id === id ? last : null
}
export const lastAddress = (): Record<string, unknown> => place.last()?.address ?? {}
