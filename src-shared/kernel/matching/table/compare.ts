import { soundOf } from '../../pinyin/pinyin.ts'
import { jaroWinkler, latinSound, oneSlip, signsInCommon, slipsBetween } from '../latin.ts'
import type { FieldKind } from './columns.ts'

/** How far two cells agree: equal, all but a slip, alike, or not at all. What each means in bits is estimated for every file. */
export const LEVELS = 4
export const EQUAL = 0
export const CLOSE = 1
export const ALIKE = 2
export const OTHER = 3
/** One of the two says nothing. */
export const MISSING = 4
export type Level = 0 | 1 | 2 | 3 | 4

const HAN = /[\u3400-\u9fff]/
const DAY = 86_400_000

/** Compares two values of one kind, as `comparable` made them. */
export function compareValues(kind: FieldKind, a: string, b: string): Level {
  if (a === '' || b === '') return MISSING
  if (a === b) return EQUAL
  switch (kind) {
    case 'given':
    case 'surname':
    case 'contact':
      return compareWords(a, b)
    case 'birth':
      return compareBirths(a, b)
    case 'email':
      return compareEmails(a, b)
    case 'phone':
      return comparePhones(a, b)
    case 'house':
    case 'postcode':
    case 'code':
    case 'credit':
      return compareCodes(a, b)
    case 'category':
    case 'region':
      return a.length >= 3 && b.length >= 3 && oneSlip(a, b) ? CLOSE : OTHER
    default:
      return compareTexts(a, b)
  }
}

function compareWords(a: string, b: string): Level {
  if (HAN.test(a) || HAN.test(b)) return compareHan(a, b)
  const [one, two] = [a.replaceAll(' ', ''), b.replaceAll(' ', '')]
  if (one === two) return EQUAL
  const likeness = jaroWinkler(one, two)
  if ((Math.min(one.length, two.length) >= 3 && oneSlip(one, two)) || likeness >= 0.93) return CLOSE
  if (likeness >= 0.82 || latinSound(one) === latinSound(two) || within(one, two) || shaken(one, two)) return ALIKE
  return OTHER
}

/** An initial, or a name cut short: j and james, alex and alexander. */
const within = (a: string, b: string): boolean => a !== '' && b !== '' && (a.startsWith(b) || b.startsWith(a))
/** The same letters in disorder: ynnollC, oNah. */
const shaken = (a: string, b: string): boolean => Math.min(a.length, b.length) >= 4 && signsInCommon(a, b) >= 0.9

function compareHan(a: string, b: string): Level {
  if (soundOf(a) === soundOf(b)) return CLOSE
  return Math.min(a.length, b.length) >= 3 && (oneSlip(a, b) || within(a, b)) ? ALIKE : OTHER
}

function compareTexts(a: string, b: string): Level {
  const [one, two] = [a.replaceAll(' ', ''), b.replaceAll(' ', '')]
  if (one === two) return EQUAL
  const long = Math.max(one.length, two.length)
  // Cheap, and most pairs are strangers: without two thirds of their letters in common no test below can succeed.
  if (!HAN.test(one) && signsInCommon(one, two) < 0.62) return OTHER
  const slips = slipsBetween(one, two, Math.max(2, Math.floor(long / 3)))
  if (slips <= Math.max(1, Math.floor(long / 8)) && long >= 3) return CLOSE
  if (HAN.test(a)) return soundOf(one) === soundOf(two) ? CLOSE : slips <= long / 4 || within(one, two) ? ALIKE : OTHER
  return (long >= 5 && slips <= long / 3) || jaroWinkler(one, two) >= 0.88 || wordsInCommon(a, b) >= 0.6 || shaken(one, two)
    ? ALIKE
    : OTHER
}

function wordsInCommon(a: string, b: string): number {
  const [one, two] = [a.split(' '), new Set(b.split(' '))]
  if (one.length < 2 || two.size < 2) return 0
  const common = one.filter((word) => two.has(word)).length
  return common / (one.length + two.size - common)
}

function compareBirths(a: string, b: string): Level {
  if (oneSlip(a, b) || (a.slice(0, 4) === b.slice(0, 4) && a.slice(4, 6) === b.slice(6) && a.slice(6) === b.slice(4, 6)))
    return CLOSE
  const same = [a.slice(0, 4) === b.slice(0, 4), a.slice(4, 6) === b.slice(4, 6), a.slice(6) === b.slice(6)].filter(
    Boolean,
  ).length
  if (same === 2 || slipsBetween(a, b, 2) <= 2) return ALIKE
  return Math.abs(daysOf(a) - daysOf(b)) <= 400 ? ALIKE : OTHER
}

const daysOf = (digits: string): number =>
  Date.UTC(Number(digits.slice(0, 4)), Number(digits.slice(4, 6)) - 1, Number(digits.slice(6))) / DAY

function compareEmails(a: string, b: string): Level {
  const [one = '', two = ''] = [a.split('@')[0], b.split('@')[0]]
  if (slipsBetween(a, b, 2) <= 2 || (one === two && one.length >= 5)) return CLOSE
  if (signsInCommon(a, b) >= 0.92) return CLOSE
  return jaroWinkler(a, b) >= 0.9 || signsInCommon(one, two) >= 0.9 ? ALIKE : OTHER
}

function comparePhones(a: string, b: string): Level {
  let best: Level = OTHER
  for (const one of a.split(' ')) {
    for (const two of b.split(' ')) {
      if (one === two && !one.includes('*')) return EQUAL
      if (maskFits(one, two)) best = CLOSE
      else if (best === OTHER && one.length >= 7 && (oneSlip(one, two) || one.slice(-7) === two.slice(-7))) best = ALIKE
    }
  }
  return best
}

/** 138****8000 fits each number with the same shown digits. */
export function maskFits(one: string, other: string): boolean {
  if (one.length !== other.length || !(one.includes('*') || other.includes('*'))) return false
  let shown = 0
  for (let at = 0; at < one.length; at++) {
    if (one[at] === '*' || other[at] === '*') continue
    if (one[at] !== other[at]) return false
    shown++
  }
  return shown >= 6
}

function compareCodes(a: string, b: string): Level {
  if (oneSlip(a, b)) return CLOSE
  return a.length >= 4 &&
    (slipsBetween(a, b, 2) <= 2 || [...a].toSorted().join('') === [...b].toSorted().join('')) &&
    a.length === b.length
    ? ALIKE
    : OTHER
}
