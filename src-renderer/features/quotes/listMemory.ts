import type { Sort, Which } from '../../../src-shared/kernel/list.ts'
import { onForget } from '../../kernel/person.ts'

/** The list one came from, so that the crumb leads back to it as it was. */
type ListPlace = { readonly which: Which; readonly sort: readonly Sort[] | undefined; readonly address: Record<string, unknown> }

let place: ListPlace | null = null
export const rememberPlace = (next: ListPlace): void => {
  place = next
}
onForget(() => {
  place = null
})
export const lastAddress = (): Record<string, unknown> => place?.address ?? {}
