import { createHash, randomBytes } from 'node:crypto'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
let lastTime = 0
let lastRandom: number[] = []

/** A ULID for a moment; within one millisecond ids keep growing, so rows of one transaction stay in order. */
export function ulid(time: number): string {
  if (time === lastTime) {
    for (let i = 15; i >= 0; i--) {
      const digit = (lastRandom[i] ?? 0) + 1
      lastRandom[i] = digit % 32
      if (digit < 32) break
    }
  } else {
    lastTime = time
    lastRandom = Array.from(randomBytes(16), (byte) => byte % 32)
  }
  let head = ''
  let rest = time
  for (let i = 0; i < 10; i++) {
    head = ALPHABET.charAt(rest % 32) + head
    rest = Math.floor(rest / 32)
  }
  return head + lastRandom.map((digit) => ALPHABET.charAt(digit)).join('')
}

/** An id that is always the same for the same text: what is done again gets the number it had. */
export const idFrom = (text: string): string =>
  Array.from(createHash('sha256').update(text).digest().subarray(0, 26), (byte, index) =>
    ALPHABET.charAt(byte % (index === 0 ? 8 : 32)),
  ).join('')

/** Deterministic ids for tests and seeds. */
export function countingIds(prefix = '01'): () => string {
  let next = 0
  return () => {
    let rest = next++
    let tail = ''
    for (let i = 0; i < 26 - prefix.length; i++) {
      tail = ALPHABET.charAt(rest % 32) + tail
      rest = Math.floor(rest / 32)
    }
    return prefix + tail
  }
}
