import type { Sort, Which } from '../../../src-shared/kernel/list.ts'
import { onForget } from '../../kernel/person.ts'

/** The list one came from, so that a record can lead to the one before and after it. */
export type ListPlace = {
  readonly which: Which
  readonly sort: readonly Sort[] | undefined
  readonly index: number
  readonly total: number | undefined
  readonly address: Record<string, unknown>
  readonly id: string
}

let place: ListPlace | null = null
export const rememberPlace = (next: ListPlace): void => {
  place = next
}
onForget(() => {
  place = null
})
export const placeOf = (id: string): ListPlace | null => (place?.id === id ? place : null)
export const lastAddress = (): Record<string, unknown> => place?.address ?? {}
