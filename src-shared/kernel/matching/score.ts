import { type MatchRecord, TITLE } from './keys.ts'
import { jaroWinkler } from './latin.ts'
import type { Matching } from './language.ts'
import { compareLatinNames, compareNames } from './names.ts'
import { type MatchProfile, profileOf } from './profile.ts'
import { ASKED, CONFLICTS, type ReasonCode, THRESHOLDS, type Weights, weightsOf } from './weights.ts'

export { THRESHOLDS, WEIGHTS, type ReasonCode, type Weights } from './weights.ts'

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
export type ScoreRules = { readonly matching?: Matching; readonly weights?: Weights }

/**
 * The one judgement of the product whether two records are one customer: form, import, API, the write and the search of the whole base ask it.
 * `rules.matching` is the workspace's setting; the keys serve both languages, so changing it needs no rebuilding.
 */
export function scorePair(first: MatchRecord, second: MatchRecord, rules: ScoreRules = {}): PairScore {
  const a = profileOf(first)
  const b = profileOf(second)
  const latin = rules.matching === 'en'
  const weights = rules.weights ?? weightsOf(rules.matching ?? 'zh')
  const reasons: Reason[] = []
  const name = latin ? compareLatinNames(a, b) : compareNames(a, b)
  if (name !== null)
    reasons.push({ code: name, weight: weights[name], detail: a.core === b.core ? a.core : `${a.core} / ${b.core}` })
  if (a.code !== '' && b.code !== '') add(reasons, weights, a.code === b.code ? 'codeSame' : 'codeDiffers')
  comparePhones(a, b, name, weights, reasons)
  if (a.branch !== null || b.branch !== null)
    reasons.push(
      reason(weights, a.branch === b.branch ? 'branchSame' : 'branchDiffers', `${a.branch ?? '—'} / ${b.branch ?? '—'}`),
    )
  const where = compareHouse(a, b, latin)
  const apart = a.cityCode !== null && b.cityCode !== null && a.cityCode !== b.cityCode
  add(reasons, weights, where === 'regionSame' && apart ? 'namePlaceSame' : where)
  compareAddresses(a, b, { where, apart, weights, reasons })
  add(reasons, weights, compareContacts(a, b, latin))
  add(reasons, weights, compareEmails(a, b))
  return judged(reasons, weights.prior, name)
}

const reason = (weights: Weights, code: ReasonCode, detail: string): Reason => ({ code, weight: weights[code], detail })
const add = (reasons: Reason[], weights: Weights, code: ReasonCode | null): void => {
  if (code !== null) reasons.push({ code, weight: weights[code] })
}

function judged(reasons: Reason[], prior: number, name: ReasonCode | null): PairScore {
  let bits = prior
  let conflict = false
  let asked = false
  for (const { code, weight } of reasons) {
    bits += weight
    conflict ||= CONFLICTS.has(code)
    asked ||= ASKED.has(code)
  }
  strongestFirst(reasons)
  return { score: 1 / (1 + 2 ** -bits), bits, verdict: conflict ? 'different' : verdictOf(bits, name, asked), conflict, reasons }
}

function verdictOf(bits: number, name: ReasonCode | null, asked: boolean): Verdict {
  if (bits >= (name === 'coreDiffers' ? THRESHOLDS.sameOtherName : THRESHOLDS.same)) return 'same'
  return asked || bits >= THRESHOLDS.maybe ? 'maybe' : 'different'
}

/** Eight at most, and this is called by the million: sorted in place, equal ones as they were said. */
function strongestFirst(reasons: Reason[]): void {
  for (let at = 1; at < reasons.length; at++) {
    const one = reasons[at] as Reason
    const weight = Math.abs(one.weight)
    let to = at
    while (to > 0 && Math.abs((reasons[to - 1] as Reason).weight) < weight) {
      reasons[to] = reasons[to - 1] as Reason
      to--
    }
    reasons[to] = one
  }
}

type Houses = { where: ReasonCode | null; apart: boolean; weights: Weights; reasons: Reason[] }

/** A street of another city is another street, however it is written. */
function compareAddresses(a: MatchProfile, b: MatchProfile, { where, apart, weights, reasons }: Houses): void {
  const elsewhere = where === 'cityDiffers' || where === 'regionDiffers'
  if (a.numbered && a.address === b.address && !elsewhere) add(reasons, weights, 'addressSame')
  else if (apart && where !== 'cityDiffers') add(reasons, weights, 'addressCityDiffers')
  else if (a.numbered && b.numbered && a.address !== b.address) add(reasons, weights, 'addressDiffers')
}

function comparePhones(a: MatchProfile, b: MatchProfile, name: ReasonCode | null, weights: Weights, reasons: Reason[]): void {
  const mobile = shared(a.mobiles, b.mobiles)
  const line = shared(a.lines, b.lines)
  if (mobile !== undefined) reasons.push(reason(weights, 'mobileSame', mobile))
  if (line !== undefined) reasons.push(reason(weights, name === 'coreDiffers' ? 'lineOfOthers' : 'lineSame', line))
  if (mobile !== undefined) return
  const masked = a.masked.length === 0 && b.masked.length === 0 ? null : compareMasked(a, b)
  if (masked !== null) add(reasons, weights, masked)
  else if (line === undefined && a.mobiles.length > 0 && b.mobiles.length > 0) add(reasons, weights, 'phonesDiffer')
  else if (line === undefined && isCalled(a) && isCalled(b)) add(reasons, weights, 'linesDiffer')
}

const isCalled = ({ lines, mobiles }: MatchProfile): boolean => lines.length > 0 || mobiles.length > 0

function shared(a: readonly string[], b: readonly string[]): string | undefined {
  if (a.length === 0 || b.length === 0) return undefined
  for (const one of a) if (b.includes(one)) return one
  return undefined
}

/** 138****8000 fits each number with the same shown digits; seven shown digits are met by chance once in millions. */
function compareMasked(a: MatchProfile, b: MatchProfile): ReasonCode | null {
  if (a.nationals.length === 0 || b.nationals.length === 0) return null
  for (const one of a.nationals) for (const other of b.nationals) if (maskFits(one, other)) return 'maskedFits'
  return 'maskedDiffers'
}

function maskFits(one: string, other: string): boolean {
  if (one.length !== other.length) return false
  let shown = 0
  for (let at = 0; at < one.length; at++) {
    const [left, right] = [one.charCodeAt(at), other.charCodeAt(at)]
    if (left === STAR || right === STAR) continue
    if (left !== right) return false
    shown++
  }
  return shown >= 6
}
const STAR = 42

/** Where the house stands, by its name before its address; a city of an alphabet by its letters. */
function compareHouse(a: MatchProfile, b: MatchProfile, latin: boolean): ReasonCode | null {
  if (a.nameRegion !== null && b.nameRegion !== null) return a.nameRegion === b.nameRegion ? 'regionSame' : 'regionDiffers'
  const [left, right] = [a.nameRegion ?? a.cityCode, b.nameRegion ?? b.cityCode]
  if (left !== null && right !== null) return left === right ? 'regionSame' : 'cityDiffers'
  if (!latin || a.city === '' || b.city === '') return null
  return a.city === b.city || jaroWinkler(a.city, b.city) >= 0.88 ? 'regionSame' : 'cityDiffers'
}

function compareContacts(a: MatchProfile, b: MatchProfile, latin: boolean): ReasonCode | null {
  if (a.contact === '' || b.contact === '' || (a.person && b.person)) return null
  if (a.contact === b.contact) return TITLE.test(a.contact) ? 'contactFits' : 'contactSame'
  if (a.contactSound === b.contactSound) return 'contactSounds'
  if (latin && jaroWinkler(a.contact, b.contact) >= 0.94) return 'contactSounds'
  return titleFits(a.contact, b.contact) || titleFits(b.contact, a.contact) ? 'contactFits' : 'contactDiffers'
}

/** 王总 fits 王建国. */
function titleFits(titled: string, name: string): boolean {
  if (titled.charCodeAt(0) !== name.charCodeAt(0) || !TITLE.test(titled)) return false
  const surname = titled.replace(TITLE, '')
  return surname !== '' && surname.length <= 2 && name.startsWith(surname)
}

const FREE_MAIL =
  /@(?:qq|163|126|yeah|sina|sohu|139|189|wo|foxmail|aliyun|gmail|hotmail|outlook|live|yahoo|icloud|vip\.\w+|msn|tom|21cn|aol|gmx|proton|protonmail)\./

function compareEmails(a: MatchProfile, b: MatchProfile): ReasonCode | null {
  if (a.email === '' || b.email === '') return null
  if (a.email === b.email) return 'emailSame'
  return a.domain !== '' && a.domain === b.domain && !FREE_MAIL.test(a.email) ? 'domainSame' : 'emailDiffers'
}
