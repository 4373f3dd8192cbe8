import { memoryOf } from '../../kernel/memory.ts'

/** The list one came from, so that the crumb leads back to it as it was. */
const address = memoryOf<Record<string, unknown>>()
export const rememberAddress = address.remember
export const lastAddress = (): Record<string, unknown> => address.last() ?? {}
