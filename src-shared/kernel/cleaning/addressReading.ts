import { ALSO_WORDS, BETWEEN_SIGNS, BUILDING_FOLLOWS, STREET_FOLLOWS, ZONE_FOLLOWS } from './addressPatterns.ts'
import { mayBeHeading, skip, skipHeading } from './addressText.ts'
import {
  type Level,
  loadPlaces,
  mayBegin,
  mayBeginAny,
  type NameAt,
  pairAt,
  type PlaceName,
  type Places,
  type WrittenName,
} from './divisions.ts'

export type AddressProblem = {
  /** former: an old name, today's is given; approximate: the nearest name within the city; ambiguous: the district exists several times; unread: no place found. */
  readonly code: 'former' | 'approximate' | 'ambiguous' | 'unread'
  readonly text: string
}

export type Reading = {
  readonly code: string
  /** Where the narrowest level begins. */
  readonly last: number
  readonly end: number
  readonly levels: number
  readonly weak: number
  readonly problems: readonly AddressProblem[]
}

/** How far a combination of names has come; `weak`: what speaks against it. They hang on one another in the order in which they were found. */
type State = {
  readonly code: string
  readonly at: number
  readonly levels: number
  readonly weak: number
  readonly problems: readonly AddressProblem[]
  next: State | null
}

/** One reading of the place at `at`, the best so far kept: addresses are read by the hundred thousand, so that nothing is made for the others. */
class Search implements Reading {
  readonly text: string
  readonly places: Places
  found = false
  code = ''
  last = 0
  end = 0
  levels = 0
  weak = 0
  problems: readonly AddressProblem[] = NO_PROBLEMS
  readonly first: State
  latest: State

  constructor(text: string, at: number, places: Places) {
    this.text = text
    this.places = places
    this.first = { code: '', at, levels: 0, weak: 0, problems: NO_PROBLEMS, next: null }
    this.latest = this.first
  }

  push(state: State): void {
    this.latest.next = state
    this.latest = state
  }

  /** A place whose narrowest level stands from `last` to `end`. */
  consider(code: string, levels: number, weak: number, problems: readonly AddressProblem[], last: number, end: number): void {
    if (this.found && !this.#isBetter(code, end - weak, problems)) return
    this.found = true
    this.code = code
    this.last = last
    this.end = end
    this.levels = levels
    this.weak = weak
    this.problems = problems
  }

  #isBetter(code: string, reach: number, problems: readonly AddressProblem[]): boolean {
    const best = this.end - this.weak
    if (reach !== best) return reach > best
    if (code.length !== this.code.length) return code.length < this.code.length
    return problems.length < this.problems.length
  }
}

const NO_PROBLEMS: readonly AddressProblem[] = []

/** The place that begins at `at`: all consistent combinations of province, city and district are tried, the one that explains most text wins. */
export function readAt(text: string, at: number, places: Places): Reading | null {
  if (!mayBeginAny(places, text, at) && !mayBeHeading(text, at)) return null
  const search = new Search(text, at, places)
  for (const { name, length } of namesAt(text, at, 'province', places)) {
    const weak = name.how === 'short' ? 0.1 : 0
    search.consider(name.code, 1, weak, NO_PROBLEMS, at, at + length)
    search.push({ code: name.code, at: skip(text, at + length), levels: 1, weak, problems: NO_PROBLEMS, next: null })
  }
  each(search, readCities)
  each(search, readRepeat)
  each(search, readDistrict)
  return search.found ? search : null
}

/** What was found before the first step; what the step itself finds is for the next one. */
function each(search: Search, step: (search: Search, state: State) => void): void {
  const last = search.latest
  for (let state: State | null = search.first; state; state = state === last ? null : state.next) step(search, state)
}

function readCities(search: Search, state: State): void {
  const { text, places } = search
  const pos = skipHeading(text, state.at, state.code)
  for (const { name, length } of namesAt(text, pos, 'city', places)) {
    if (!name.code.startsWith(state.code)) continue
    if (state.code === '' && ALSO_WORDS.has(text.slice(pos, pos + length))) continue
    const isFormer = name.how === 'former'
    const levels = state.levels + 1
    const weak = state.weak + (name.how === 'short' ? 0.1 : 0)
    const problems: State['problems'] = isFormer ? [{ code: 'former', text: text.slice(pos, pos + length) }] : NO_PROBLEMS
    search.consider(name.code, levels, weak, problems, pos, pos + length)
    const code = isFormer && name.code.length === 6 ? name.code.slice(0, 4) : name.code
    search.push({ code, at: skip(text, pos + length), levels, weak, problems, next: null })
  }
}

/** 江苏省淮安市淮安市涟水县, 重庆 重庆市: the same level once more. */
function readRepeat(search: Search, state: State): void {
  if (state.code === '' || wasPrefecture(state)) return
  const { text, places } = search
  const names = namesAt(text, state.at, state.code.length === 2 ? 'province' : 'city', places)
  for (const { name, length } of names) {
    if (name.how !== 'full' || name.code !== state.code) continue
    const { code, levels, weak, problems } = state
    const at = skip(text, state.at + length)
    search.consider(code, levels, weak, problems, state.at, at)
    search.push({ code, at, levels, weak, problems, next: null })
    return
  }
}

const wasPrefecture = ({ problems }: State): boolean => problems.some(({ text }) => text.endsWith('地区'))

function readDistrict(search: Search, state: State): void {
  const { text, places } = search
  const pos = skipHeading(text, state.at, state.code)
  if (!mayBegin(places, text, pos, 'district')) return
  for (const { text: written, all } of districtsAt(text, pos, places)) {
    const only = onlyIn(all, state.code)
    if (!only) continue
    const { code, how } = only
    const end = pos + written.length
    if (how === 'short' && !shortDistrictFits(text, end, state, written)) continue
    // 毕节市 is a district only behind 毕节地区.
    if (how === 'former' && places.nameOf.get(state.code) === written && !wasPrefecture(state)) continue
    const problems = how === 'full' ? state.problems : [...state.problems, ...doubtOf(how, written, state)]
    const weak = state.weak + (how === 'short' ? 0.2 : 0)
    search.consider(code, state.levels + 1, weak, problems, pos, end)
  }
  readRankChange(search, pos, state)
}

/** The one place of those within a city or province that are called so, full names before others; null where there are several. */
function onlyIn(all: readonly PlaceName[], within: string): PlaceName | null {
  let only: PlaceName | null = null
  let isFull = false
  let several = false
  for (const one of all) {
    if (!one.code.startsWith(within) && !(one.scope ?? '').startsWith(within)) continue
    if (only && isFull && one.how !== 'full') continue
    if (!only || (one.how === 'full' && !isFull)) {
      only = one
      isFull = one.how === 'full'
      several = false
    } else if (one.code !== only.code) several = true
  }
  return several ? null : only
}

/** An old name is said; so is a short one that stands alone before a zone, for the zone may lie elsewhere (永和开发区). */
function doubtOf(how: PlaceName['how'], text: string, state: State): readonly AddressProblem[] {
  if (how === 'former') return [{ code: 'former', text }]
  return state.code === '' && text.length < 4 ? [{ code: 'approximate', text }] : []
}

/** A short district is trusted behind its city or province, alone only when it is long or a separator follows (恭城 恭城镇). */
function shortDistrictFits(text: string, end: number, state: State, written: string): boolean {
  if (state.code.length >= 4 || /^(?:11|12|31|50)$/.test(state.code)) return true
  const next = text.slice(end, end + 1)
  if (state.code === '' && ZONE_FOLLOWS.test(text.slice(end, end + 6))) return !ALSO_WORDS.has(written)
  return written.length >= 4 || (next !== '' && BETWEEN_SIGNS.includes(next)) || state.code.length === 2
}

/** The shortest name of a place of rank at `pos`: up to eight characters, then 自治县, 新区, 县, 市, 区 or 旗; 0 where none stands. */
function rankedStem(text: string, pos: number): number {
  for (let length = 1; length <= 8; length++) {
    const code = text.charCodeAt(pos + length - 1)
    if (!(code >= 0x4e00 && code <= 0x9fa5)) return 0
    if (rankLength(text, pos + length) > 0) return length
  }
  return 0
}

function rankLength(text: string, at: number): number {
  switch (text.charCodeAt(at)) {
    case 0x53bf: // 县
    case 0x5e02: // 市
    case 0x533a: // 区
    case 0x65d7: // 旗
      return 1
    case 0x65b0: // 新
      return text.startsWith('新区', at) ? 2 : 0
    case 0x81ea: // 自
      return text.startsWith('自治县', at) ? 3 : 0
    default:
      return 0
  }
}

/** 海门市 → 海门区, 雨花区 → 雨花台区, 石柱县 → 石柱土家族自治县: another rank, or a piece of the only name in the city that begins so. */
function readRankChange(search: Search, pos: number, state: State): void {
  const { text, places } = search
  const length = rankedStem(text, pos)
  if (length < 2) return
  const end = pos + length + rankLength(text, pos + length)
  // Without a city or province before it 宁乡县 is still one place, 高新区 none.
  if (state.code === '' && !'县市'.includes(text.charAt(end - 1))) return
  const written = text.slice(pos, end)
  if (places.district.get(written)?.some(({ code }) => code.startsWith(state.code))) return
  if (places.nameOf.get(state.code) === written) return
  const [heir, how] = heirOf(text.slice(pos, pos + length), state.code, written, places)
  if (heir === null) return
  const problems = how === null ? state.problems : [...state.problems, { code: how, text: written }]
  search.consider(heir, state.levels + 1, state.weak + 0.3, problems, pos, end)
}

/** The only place in reach with that stem; where there is none, the only one in the city that begins with it. */
function heirOf(
  stem: string,
  scope: string,
  written: string,
  places: Places,
): readonly [string | null, AddressProblem['code'] | null] {
  const named = places.district.get(stem)
  if (!named && scope.length !== 4) return NO_HEIR
  const heirs = named?.filter(({ code, how }) => how === 'short' && code.startsWith(scope)) ?? []
  const [heir] = heirs
  if (heir) {
    // 石柱县 is how everybody writes 石柱土家族自治县: nothing to report.
    const shortened = places.nameOf.get(heir.code)?.endsWith(`自治${written.slice(-1)}`) === true
    return [heirs.length === 1 ? heir.code : null, shortened ? null : 'former']
  }
  if (scope.length !== 4) return NO_HEIR
  const near = (places.districtsOf.get(scope) ?? []).filter((code) => places.nameOf.get(code)?.startsWith(stem))
  return [near.length === 1 ? (near[0] ?? null) : null, 'approximate']
}

const NO_HEIR = [null, null] as const
const NO_NAMES: readonly NameAt[] = []
const NO_WRITTEN: readonly WrittenName[] = []
const SHI = '市'.charCodeAt(0)
const CHANG = '场'.charCodeAt(0)

/** 苏州市场 is a market. */
const isMarket = (text: string, end: number): boolean => text.charCodeAt(end) === CHANG && text.charCodeAt(end - 1) === SHI

function namesAt(text: string, at: number, level: Level, places: Places): readonly NameAt[] {
  if (!mayBegin(places, text, at, level)) return NO_NAMES
  let found = NO_NAMES
  for (const written of places.written[level].get(pairAt(text, at)) ?? NO_WRITTEN) {
    if (!text.startsWith(written.text, at)) continue
    const end = at + written.text.length
    if (isMarket(text, end)) continue
    let street: boolean | null = null
    for (const one of written.names) {
      const { name } = one
      // 江苏 in 江苏省 leads nowhere; 青岛 in 青岛市南区 does.
      if (found.length > 0 && text.charCodeAt(end) !== SHI && found.some((longer) => longer.name.code === name.code)) continue
      if (name.how === 'short') street ??= STREET_FOLLOWS.test(text.slice(end, end + 6))
      if (street && name.how === 'short' && !ownDistrictAt(text, end, name.code)) continue
      // Nearly always it is the only one: its own list serves.
      found = found.length > 0 ? [...found, one] : written.names.length === 1 ? written.names : [one]
    }
  }
  return found
}

/** 台州路桥, 唐山路南: what looks like a street is a district of that very city. */
function ownDistrictAt(text: string, at: number, city: string): boolean {
  return districtsAt(text, at, loadPlaces()).some(
    ({ text: written, all }) =>
      all.some(({ code }) => code.startsWith(city)) && !/[侧边口段]/.test(text[at + written.length] ?? ''),
  )
}

/** The names of districts that stand at `at`, the longest first. */
export function districtsAt(text: string, at: number, places: Places): readonly WrittenName[] {
  if (!mayBegin(places, text, at, 'district')) return NO_WRITTEN
  let found = NO_WRITTEN
  for (const written of places.written.district.get(pairAt(text, at)) ?? NO_WRITTEN) {
    if (!text.startsWith(written.text, at)) continue
    const end = at + written.text.length
    if (written.allShort && BUILDING_FOLLOWS.test(text.slice(end, end + 6))) continue
    if (!isMarket(text, end)) found = found.length > 0 ? [...found, written] : [written]
  }
  return found
}
