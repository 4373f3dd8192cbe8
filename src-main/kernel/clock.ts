import { ulid } from './ids.ts'

/** The machine's own clock and ids; tests bring theirs. */
export const systemNow = (): string => new Date().toISOString()
export const systemId = (): string => ulid(Date.now())
