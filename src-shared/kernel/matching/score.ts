import { type MatchRecord, TITLE } from './keys.ts'
import { isTradeOnly } from './nameCore.ts'
import { type MatchProfile, profileOf } from './profile.ts'

/**
 * How surely two records are one customer, after Fellegi and Sunter: every field that can be compared adds log2(m / u), the bits by which its
 * agreement (or disagreement) is likelier among true pairs (m) than among chance pairs of one block (u). The sum, with PRIOR, is the logarithm of
 * the odds. The figures below come from counting such pairs in Chinese customer lists and rounding; a table of weights can be handed in instead.
 */
export const WEIGHTS = {
  prior: -4,
  codeSame: 16,
  codeDiffers: -12,
  mobileSame: 11,
  lineSame: 5,
  /** One switchboard, two names: the number says nothing. */
  lineOfOthers: 0,
  phonesDiffer: -3,
  maskedFits: 8,
  maskedDiffers: -4,
  coreSame: 8,
  coreShortSame: 6,
  personNameSame: 4,
  coreSounds: 4.5,
  coreOneSign: 2,
  coreWithin: 3,
  coreDiffers: -9,
  branchSame: 1,
  branchDiffers: -20,
  regionSame: 1.5,
  regionDiffers: -12,
  cityDiffers: -6,
  contactSame: 5,
  contactSounds: 4,
  contactFits: 1,
  contactDiffers: -2.5,
  emailSame: 10,
  domainSame: 3,
  emailDiffers: -1,
  addressSame: 5,
} as const
export type Weights = { readonly [key in keyof typeof WEIGHTS]: number }
export type ReasonCode = Exclude<keyof typeof WEIGHTS, 'prior'>
export type Reason = { readonly code: ReasonCode; readonly weight: number; readonly detail?: string }
export type Verdict = 'same' | 'maybe' | 'different'
export type PairScore = {
  /** Probability that both are one customer, 0..1. */
  readonly score: number
  readonly bits: number
  readonly verdict: Verdict
  /** Something that rules the pair out whatever else agrees: another branch, another credit code, another city in the name. */
  readonly conflict: boolean
  readonly reasons: readonly Reason[]
}

/** Above `same` no person is asked; between the two a person decides. */
export const THRESHOLDS = { same: 2.5, sameOtherName: 7, maybe: -1 } as const

export function scorePair(first: MatchRecord, second: MatchRecord, weights: Weights = WEIGHTS): PairScore {
  const a = profileOf(first)
  const b = profileOf(second)
  const reasons: Reason[] = []
  const say = (code: ReasonCode, detail?: string): void => {
    reasons.push(detail === undefined ? { code, weight: weights[code] } : { code, weight: weights[code], detail })
  }
  const name = compareNames(a, b)
  if (name !== null) say(name, a.core === b.core ? a.core : `${a.core} / ${b.core}`)
  compareCodes(a, b, say)
  comparePhones(a, b, name, say)
  compareBranches(a, b, say)
  compareHouse(a, b, say)
  compareContacts(a, b, say)
  compareEmails(a, b, say)
  if (a.address.length >= 8 && a.address === b.address && /\d/.test(a.address)) say('addressSame')
  const bits = reasons.reduce((sum, { weight }) => sum + weight, weights.prior)
  const conflict = reasons.some(({ code }) => code === 'branchDiffers' || code === 'codeDiffers' || code === 'regionDiffers')
  const verdict = conflict ? 'different' : judge(bits, name)
  return {
    score: 1 / (1 + 2 ** -bits),
    bits,
    verdict,
    conflict,
    reasons: reasons.toSorted((x, y) => Math.abs(y.weight) - Math.abs(x.weight)),
  }
}

/** Names that differ need more: one person who runs two companies shares the mobile and the contact with both. */
function judge(bits: number, name: ReasonCode | null): Verdict {
  if (bits >= (name === 'coreDiffers' ? THRESHOLDS.sameOtherName : THRESHOLDS.same)) return 'same'
  return bits >= THRESHOLDS.maybe ? 'maybe' : 'different'
}

type Say = (code: ReasonCode, detail?: string) => void

function compareNames(a: MatchProfile, b: MatchProfile): ReasonCode | null {
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
  return short.length >= 5 && oneSignApart(short, long) ? 'coreOneSign' : 'coreDiffers'
}

function compareEqualLong(one: string, other: string, soundsSame: boolean): ReasonCode {
  if (sisters(one, other)) return 'coreDiffers'
  if (soundsSame && one.length >= 3) return 'coreSounds'
  return one.length >= 5 && oneSignApart(one, other) ? 'coreOneSign' : 'coreDiffers'
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

function compareCodes(a: MatchProfile, b: MatchProfile, say: Say): void {
  if (a.code !== '' && b.code !== '') say(a.code === b.code ? 'codeSame' : 'codeDiffers')
}

function comparePhones(a: MatchProfile, b: MatchProfile, name: ReasonCode | null, say: Say): void {
  const mobile = a.mobiles.find((one) => b.mobiles.includes(one))
  const line = a.lines.find((one) => b.lines.includes(one))
  if (mobile !== undefined) say('mobileSame', mobile)
  if (line !== undefined) say(name === 'coreDiffers' ? 'lineOfOthers' : 'lineSame', line)
  if (mobile !== undefined) return
  const masked = compareMasked(a, b)
  if (masked !== null) say(masked)
  else if (line === undefined && a.mobiles.length > 0 && b.mobiles.length > 0) say('phonesDiffer')
}

/** 138****8000 fits each number with the same shown digits; seven shown digits are met by chance once in millions. */
function compareMasked(a: MatchProfile, b: MatchProfile): ReasonCode | null {
  if (a.masked.length === 0 && b.masked.length === 0) return null
  const left = [...a.masked, ...a.mobiles.map(national)]
  const right = [...b.masked, ...b.mobiles.map(national)]
  if (left.length === 0 || right.length === 0) return null
  return left.some((one) => right.some((other) => maskFits(one, other))) ? 'maskedFits' : 'maskedDiffers'
}

const national = (phone: string): string => phone.replace(/^\+86/, '')

function maskFits(one: string, other: string): boolean {
  if (one.length !== other.length) return false
  let shown = 0
  for (let at = 0; at < one.length; at++) {
    if (one[at] === '*' || other[at] === '*') continue
    if (one[at] !== other[at]) return false
    shown++
  }
  return shown >= 6
}

/** Where the house stands, by its name before its address. */
function compareHouse(a: MatchProfile, b: MatchProfile, say: Say): void {
  if (a.nameRegion !== null && b.nameRegion !== null) {
    say(a.nameRegion === b.nameRegion ? 'regionSame' : 'regionDiffers')
    return
  }
  const [left, right] = [a.nameRegion ?? a.cityCode, b.nameRegion ?? b.cityCode]
  if (left !== null && right !== null) say(left === right ? 'regionSame' : 'cityDiffers')
}

function compareBranches(a: MatchProfile, b: MatchProfile, say: Say): void {
  if (a.branch === null && b.branch === null) return
  say(a.branch === b.branch ? 'branchSame' : 'branchDiffers', `${a.branch ?? '—'} / ${b.branch ?? '—'}`)
}

function compareContacts(a: MatchProfile, b: MatchProfile, say: Say): void {
  if (a.contact === '' || b.contact === '' || (a.person && b.person)) return
  if (a.contact === b.contact) say(TITLE.test(a.contact) ? 'contactFits' : 'contactSame')
  else if (a.contactSound === b.contactSound) say('contactSounds')
  else say(titleFits(a.contact, b.contact) || titleFits(b.contact, a.contact) ? 'contactFits' : 'contactDiffers')
}

/** 王总 fits 王建国. */
function titleFits(titled: string, name: string): boolean {
  const surname = titled.replace(TITLE, '')
  return surname !== titled && surname !== '' && surname.length <= 2 && name.startsWith(surname)
}

const FREE_MAIL =
  /@(?:qq|163|126|yeah|sina|sohu|139|189|wo|foxmail|aliyun|gmail|hotmail|outlook|live|yahoo|icloud|vip\.\w+|msn|tom|21cn)\./

function compareEmails(a: MatchProfile, b: MatchProfile, say: Say): void {
  if (a.email === '' || b.email === '') return
  if (a.email === b.email) say('emailSame')
  else say(!FREE_MAIL.test(a.email) && a.email.split('@')[1] === b.email.split('@')[1] ? 'domainSame' : 'emailDiffers')
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

/** One character replaced, added, left out, or two neighbours exchanged. */
function oneSignApart(short: string, long: string): boolean {
  if (long.length - short.length > 1) return false
  let at = 0
  while (at < short.length && short[at] === long[at]) at++
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1)
  if (short.slice(at + 1) === long.slice(at + 1)) return true
  return short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2)
}
