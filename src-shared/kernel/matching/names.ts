import { jaroWinkler, oneSlip } from './latin.ts'
import { isTradeOnly } from './nameCore.ts'
import type { MatchProfile } from './profile.ts'
import type { ReasonCode } from './weights.ts'

/** How the names of two records agree, by the rules of Chinese company and personal names; null where one has none. */
export function compareNames(a: MatchProfile, b: MatchProfile): ReasonCode | null {
  if (a.core === '' || b.core === '') return null
  if (a.person && b.person) return comparePersons(a, b)
  if (a.core === b.core) return a.core.length <= 2 ? 'coreShortSame' : 'coreSame'
  return compareCores(a, b)
}

function comparePersons(a: MatchProfile, b: MatchProfile): ReasonCode {
  if (a.core === b.core) return 'personNameSame'
  return a.sound === b.sound ? 'coreOneSign' : 'coreDiffers'
}

function compareCores(a: MatchProfile, b: MatchProfile): ReasonCode {
  const [short, long] = a.core.length <= b.core.length ? [a.core, b.core] : [b.core, a.core]
  if (short.length === long.length) return compareEqualLong(short, long, a.sound === b.sound)
  if (short.length >= 2 && long.startsWith(short))
    return extendsName(short, long.slice(short.length)) ? 'coreWithin' : 'coreDiffers'
  if (misspeltPlace(a, b) || misspeltPlace(b, a)) return 'coreSounds'
  return short.length >= 5 && oneSlip(short, long) ? 'coreOneSign' : 'coreDiffers'
}

function compareEqualLong(one: string, other: string, soundsSame: boolean): ReasonCode {
  if (!soundsSame && (one.length < 5 || !oneSlip(one, other))) return 'coreDiffers'
  if (sisters(one, other)) return 'coreDiffers'
  if (soundsSame && one.length >= 3) return 'coreSounds'
  return one.length >= 5 && oneSlip(one, other) ? 'coreOneSign' : 'coreDiffers'
}

/** 昆铭龙安 is 龙安 of 昆明: what stands before the same core sounds like the city of the other. */
function misspeltPlace(a: MatchProfile, b: MatchProfile): boolean {
  const before = a.core.length - b.core.length
  return (
    before >= 2 &&
    b.core.length >= 2 &&
    b.regionSound !== '' &&
    a.core.endsWith(b.core) &&
    a.sound.slice(0, a.sound.length - b.sound.length) === b.regionSound
  )
}

/** 达科 and 达科物流 may be one house; 云润 and 云润达 are not, and neither are 达科物流 and its 二厂. */
function extendsName(short: string, more: string): boolean {
  if (/^第?[一二三四五六七八九十\d]+(?:厂|店|部|院|校|区|期|所|队|公司)/.test(more)) return false
  return short.length >= 4 || isTradeOnly(more)
}

/** Signs by which sisters are told apart: 第一医院 and 第二医院, 东区 and 西区 are no typing errors of one another. */
const SISTERS = ['零〇一二三四五六七八九十0123456789', '东西南北中', '上下', '前后', '甲乙丙丁', 'abcdef', '大小', '新老']

function sisters(one: string, other: string): boolean {
  for (let at = 0; at < one.length; at++) {
    const [a = '', b = ''] = [one[at], other[at]]
    if (a !== b && SISTERS.some((family) => family.includes(a) && family.includes(b))) return true
  }
  return false
}

/**
 * How two names of an alphabet agree: word by word and whatever their order (Smith John, Acme Trading and Trading Acme), by sound, by a slip, one
 * within the other. Names in Chinese writing are compared by the Chinese rules in any workspace.
 */
export function compareLatinNames(a: MatchProfile, b: MatchProfile): ReasonCode | null {
  if (a.words.length === 0 || b.words.length === 0) return compareNames(a, b)
  const person = a.person && b.person
  if (sameWords(a.words, b.words)) return person ? 'personNameSame' : a.core.length <= 2 ? 'coreShortSame' : 'coreSame'
  const [one, two] = [a.words.join(''), b.words.join('')]
  if (differByNumber(a.words, b.words)) return 'coreDiffers'
  if (a.wordSounds === b.wordSounds && one.length >= 5) return 'coreSounds'
  if (
    Math.min(one.length, two.length) >= 6 &&
    (oneSlip(a.core, b.core) || oneSlip(one, two) || jaroWinkler(a.core, b.core) >= 0.96)
  )
    return 'coreOneSign'
  if (initialFits(a.words, b.words)) return 'coreWithin'
  const [short, long] = a.words.length <= b.words.length ? [a.words, b.words] : [b.words, a.words]
  const within = short.every((word) => long.includes(word)) && short.join('').length >= 5
  return within && !person ? 'coreWithin' : 'coreDiffers'
}

const sameWords = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((word, at) => word === b[at])

/** Plant 1 and Plant 2 are sisters. */
function differByNumber(a: readonly string[], b: readonly string[]): boolean {
  const numbers = (words: readonly string[]): string => words.filter((word) => /^\d+$/.test(word)).join(' ')
  return numbers(a) !== numbers(b)
}

/** J. Smith and John Smith: one word is the other's first letter, the rest agree. */
function initialFits(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length || a.length < 2) return false
  const [left, right] = [a.filter((word) => !b.includes(word)), b.filter((word) => !a.includes(word))]
  return (
    left.length === 1 &&
    right.length === 1 &&
    ((left[0] ?? '').length === 1 || (right[0] ?? '').length === 1) &&
    left[0]?.[0] === right[0]?.[0]
  )
}
