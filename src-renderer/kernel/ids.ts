import { nowMs } from './clock.ts'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A ULID. `getRandomValues`, because `randomUUID` is missing on plain http in a local network. */
export function newId(at: number = nowMs()): string {
  let time = ''
  for (let rest = at, i = 0; i < 10; i++, rest = Math.floor(rest / 32)) time = ALPHABET[rest % 32] + time
  const random = crypto.getRandomValues(new Uint8Array(16))
  return time + Array.from(random, (byte) => ALPHABET[byte % 32]).join('')
}
