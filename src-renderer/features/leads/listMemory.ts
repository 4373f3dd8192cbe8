import { onForget } from '../../kernel/person.ts'

/** The list one came from, so that the crumb leads back to it as it was. */
let address: Record<string, unknown> = {}
export const rememberAddress = (next: Record<string, unknown>): void => {
  address = next
}
onForget(() => {
  address = {}
})
export const lastAddress = (): Record<string, unknown> => address
