import type { ListPlace } from '../../components/neighbours/useNeighbours.ts'
import { onForget } from '../../kernel/person.ts'

export type { ListPlace } from '../../components/neighbours/useNeighbours.ts'

let place: ListPlace | null = null
export const rememberPlace = (next: ListPlace): void => {
  place = next
}
onForget(() => {
  place = null
})
export const placeOf = (id: string): ListPlace | null => (place?.id === id ? place : null)
export const lastAddress = (): Record<string, unknown> => place?.address ?? {}
