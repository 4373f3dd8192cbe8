import type { ListPlace } from '../../components/neighbours/useNeighbours.ts'
import { onForget } from '../../kernel/person.ts'

let place: ListPlace | null = null
/** The list or the column one came from: the crumb leads back to it, and the record to those beside it. */
export const rememberPlace = (next: ListPlace): void => {
  place = next
}
onForget(() => {
  place = null
})
export const placeOf = (id: string): ListPlace | null => (place?.id === id ? place : null)
export const lastAddress = (): Record<string, unknown> => place?.address ?? {}
