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

const places = new Map<string, ListPlace>()
onForget(() => places.clear())

/** Keeps where one is in the list at this address: the crumb of a record leads back to it, and the record to those beside it. */
export const rememberPlace = (list: string, place: ListPlace): void => void places.set(list, place)

/** Where the record stood in the list at this address, if it is the one that was opened last from there. */
export const placeOf = (list: string, id: string): ListPlace | null => {
  const last = places.get(list)
  return last?.id === id ? last : null
}

/** What the address of the list said when it was left. */
export const lastAddress = (list: string): Record<string, unknown> => places.get(list)?.address ?? {}
