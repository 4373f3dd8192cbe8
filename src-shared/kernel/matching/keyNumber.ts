import type { MatchKey } from './keys.ts'

/** Their place is part of every stored number: kinds are only ever added, at the end. */
const KINDS: readonly MatchKey['kind'][] = ['phone', 'core', 'code', 'email', 'pinyin', 'name']
/** Of keys that are stored nowhere: those of importers that look for their records otherwise. */
const OTHER = 7
const TWO_32 = 2 ** 32
/** 53 bits, as many as a number of JavaScript holds: three of the kind, fifty of the hash. */
const OF_ONE_KIND = 2 ** 50

/** The upper 21 and the lower 32 bits of a key's number. */
export type KeyHash = { readonly high: number; readonly low: number }

/**
 * A key as one number, the same on every machine: the kind, then fifty bits out of two independent walks over the text. Of the six
 * million keys of a million customers two meet by chance in one base of sixty; they bring two records together to be compared, which
 * then differ. Whoever takes a shared key for a shared number or mail has to look at the record itself.
 */
export function keyHash({ kind, key }: { readonly kind: string; readonly key: string }): KeyHash {
  const place = (KINDS as readonly string[]).indexOf(kind)
  let one = 0x811c9dc5
  let two = 0x9e3779b9
  const text = place < 0 ? `${kind} ${key}` : key
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    one = Math.imul(one ^ code, 0x01000193)
    two = Math.imul((two << 5) ^ (two >>> 27) ^ code, 0x85ebca6b)
  }
  one = mixed(one)
  two = mixed(two)
  return { high: ((place < 0 ? OTHER : place) << 18) | (one >>> 14), low: (one << 18) | (two >>> 14) }
}

/** Each bit of the result hangs on each bit of the number. */
function mixed(number: number): number {
  let bits = Math.imul(number ^ (number >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return bits ^ (bits >>> 16)
}

export const numberOf = ({ high, low }: KeyHash): number => high * TWO_32 + (low >>> 0)
export const keyNumber = (key: { readonly kind: string; readonly key: string }): number => numberOf(keyHash(key))
export const hashOfNumber = (number: number): KeyHash => ({ high: Math.floor(number / TWO_32), low: number | 0 })

/** The numbers of one kind: from the first to below the second. */
export function numbersOfKind(kind: MatchKey['kind']): readonly [from: number, below: number] {
  const place = KINDS.indexOf(kind)
  return [place * OF_ONE_KIND, (place + 1) * OF_ONE_KIND]
}
