import {
  ALSO_WORDS,
  BETWEEN_SIGNS,
  BUILDING_FOLLOWS,
  LEAD,
  LEAD_BEGINS,
  STREET_FOLLOWS,
  ZONE_FOLLOWS,
} from './addressPatterns.ts'
import { HEADING_BEGINS, joinSpaced, skip, skipHeading, tidyDetail } from './addressText.ts'
import { toSimplified } from '../matching/simplified.ts'
import { type Level, loadPlaces, mayBegin, mayBeginAny, pairAt, type PlaceName, type Places } from './divisions.ts'
import { cleanText } from './text.ts'

export type AddressProblem = {
  /** former: an old name, today's is given; approximate: the nearest name within the city; ambiguous: the district exists several times; unread: no place found. */
  readonly code: 'former' | 'approximate' | 'ambiguous' | 'unread'
  readonly text: string
}
export type ReadAddress = {
  /** Full names of today. The city of 北京 上海 天津 重庆 is the name itself (北京市); 仙桃市 and its like stand as city without district. */
  readonly province: string | null
  readonly city: string | null
  readonly district: string | null
  /** What follows the last recognised name. */
  readonly detail: string
  readonly adcode: string | null
  readonly problems: readonly AddressProblem[]
}

type Reading = {
  readonly code: string
  /** Where the narrowest level begins. */
  readonly last: number
  readonly end: number
  readonly levels: number
  readonly weak: number
  readonly problems: readonly AddressProblem[]
}

/** Splits an address into today's province, city, district and the rest; levels that are missing are filled in where only one place fits. */
export function readAddress(text: string): ReadAddress {
  const places = loadPlaces()
  const clean = joinSpaced(cleanText(text))
  const start = LEAD_BEGINS.test(clean) ? (LEAD.exec(clean)?.[0].length ?? 0) : 0
  const asWritten = firstPlace(clean, start, places)
  // 廣東省深圳市寶安區: names are looked up simplified, sign by sign, where that finds more; the detail stays as written. 乾县 stands as it is.
  const plain = asWritten?.reading.code.length === 6 ? clean : toSimplified(clean)
  const simplified = plain === clean ? null : firstPlace(plain, start, places)
  const better = simplified !== null && simplified.reading.code.length > (asWritten?.reading.code.length ?? 0)
  const found = better ? simplified : asWritten
  if (!found) return { ...NOWHERE, detail: clean.slice(start).trim(), problems: noPlace(clean, start, places) }
  // What stood before a place inside the text is kept where it is part of the address: 电厂路 河南省大学科技园.
  const before = clean.slice(start, found.at)
  return compose({ clean, plain: better ? plain : clean }, found.reading, ADDRESS_PART.test(before) ? before : '', places)
}

/** The place at the head; where there is none, or only a province, one further on. */
function firstPlace(clean: string, start: number, places: Places): PlaceAt | null {
  const first = readAt(clean, skip(clean, start), places)
  if (!first) return readLater(clean, start, places, '')
  const later = isProvinceOnly(first) ? readLater(clean, first.end, places, first.code) : null
  return { reading: later?.reading ?? first, at: start }
}

type PlaceAt = { readonly reading: Reading; readonly at: number }

const NOWHERE = { province: null, city: null, district: null, adcode: null }
const isProvinceOnly = ({ code, levels }: Reading): boolean => levels === 1 && code.length === 2
const ADDRESS_PART = /[路街弄号楼园厦村镇]|\d/

type Text = { readonly clean: string; readonly plain: string }

function compose({ clean, plain }: Text, first: Reading, before: string, places: Places): ReadAddress {
  let reading = first
  let end = first.end
  // Forms and map pickers often give the same head twice: 三亚市天涯区海南省三亚市天涯区凤凰镇, also with the country in between.
  for (
    let again = readAt(plain, afterCountry(plain, end), places);
    again && again.levels >= 2 && again.code.startsWith(reading.code.slice(0, 4));
    again = readAt(plain, afterCountry(plain, end), places)
  ) {
    // Two districts of one city: the first stands, the second stays in the text, so that nothing is lost.
    if (reading.code.length === 6 && again.code.length === 6 && again.code !== reading.code) {
      end = again.last
      break
    }
    if (again.code.length >= reading.code.length) reading = { ...again, problems: reading.problems }
    end = again.end
  }
  end = skip(plain, afterOwnName(plain, end, reading.code, places), BETWEEN_SIGNS)
  return {
    ...levelsOf(reading.code, places),
    detail: tidyDetail(before + clean.slice(afterUrban(clean, end))),
    problems: reading.problems,
  }
}

/** 余杭区余杭区人民路: the district alone, twice. */
function afterOwnName(text: string, end: number, code: string, places: Places): number {
  const name = code.length === 6 ? places.nameOf.get(code) : undefined
  const at = skip(text, end)
  return name !== undefined && text.startsWith(name, at) ? at + name.length : end
}

const COUNTRY = /^(?:中华人民共和国|中国)/
const afterCountry = (text: string, end: number): number => {
  const at = skip(text, end)
  return skip(text, at + (COUNTRY.exec(text.slice(at, at + 7))?.[0].length ?? 0))
}

/** 三河市区102国道: the built-up area of a city is no level. */
const afterUrban = (text: string, end: number): number => (text[end - 1] === '市' && text[end] === '区' ? end + 1 : end)

const MUNICIPALITY = /^(?:11|12|31|50)/

function levelsOf(code: string, places: Places): Pick<ReadAddress, 'province' | 'city' | 'district' | 'adcode'> {
  const name = (part: string): string | null => places.nameOf.get(part) ?? null
  const levels = { province: name(code.slice(0, 2)), adcode: code.padEnd(6, '0') }
  if (MUNICIPALITY.test(code)) return { ...levels, city: levels.province, district: code.length === 6 ? name(code) : null }
  if (code.length < 4) return { ...levels, city: null, district: null }
  if (code.slice(2, 4) === '90') return { ...levels, city: name(code), district: null }
  return { ...levels, city: name(code.slice(0, 4)), district: code.length === 6 ? name(code) : null }
}

/** The place that begins at `at`: all consistent combinations of province, city and district are tried, the one that explains most text wins. */
function readAt(text: string, at: number, places: Places): Reading | null {
  if (!mayBeginAny(places, text, at) && !HEADING_BEGINS.includes(text.charAt(at))) return null
  let best: Reading | null = null
  const consider = (reading: Reading): void => {
    if (
      !best ||
      reading.end - reading.weak > best.end - best.weak ||
      (reading.end - reading.weak === best.end - best.weak &&
        (reading.code.length < best.code.length ||
          (reading.code.length === best.code.length && reading.problems.length < best.problems.length)))
    )
      best = reading
  }
  const starts: State[] = [{ code: '', at, levels: 0, weak: 0, problems: NO_PROBLEMS }]
  for (const { name, length } of namesAt(text, at, 'province', places)) {
    const state = {
      code: name.code,
      at: skip(text, at + length),
      levels: 1,
      weak: name.how === 'short' ? 0.1 : 0,
      problems: NO_PROBLEMS,
    }
    consider({ ...state, last: at, end: at + length })
    starts.push(state)
  }
  const provinces = starts.length
  for (let from = 0; from < provinces; from++) {
    const state = starts[from] as State
    const pos = skipHeading(text, state.at, state.code)
    for (const { name, length } of namesAt(text, pos, 'city', places)) {
      if (!name.code.startsWith(state.code) || (state.code === '' && ALSO_WORDS.has(text.slice(pos, pos + length)))) continue
      const problems: State['problems'] =
        name.how === 'former' ? [{ code: 'former', text: text.slice(pos, pos + length) }] : NO_PROBLEMS
      const next = {
        code: name.code,
        at: skip(text, pos + length),
        levels: state.levels + 1,
        weak: state.weak + (name.how === 'short' ? 0.1 : 0),
        problems,
      }
      consider({ ...next, last: pos, end: pos + length })
      if (name.how === 'former' && name.code.length === 6) starts.push({ ...next, code: name.code.slice(0, 4) })
      else starts.push(next)
    }
  }
  const cities = starts.length
  for (let from = 0; from < cities; from++) {
    const state = starts[from] as State
    const twice = afterRepeat(text, state, places)
    if (!twice) continue
    consider({ ...twice, last: state.at, end: twice.at })
    starts.push(twice)
  }
  for (const state of starts) readDistrict(text, state, places, consider)
  return best
}

/** 江苏省淮安市淮安市涟水县, 重庆 重庆市: the same level once more. */
function afterRepeat(text: string, state: State, places: Places): State | null {
  if (state.code === '' || wasPrefecture(state)) return null
  const level = state.code.length === 2 ? 'province' : 'city'
  const again = namesAt(text, state.at, level, places).find(({ name }) => name.how === 'full' && name.code === state.code)
  return again ? { ...state, at: skip(text, state.at + again.length) } : null
}

const wasPrefecture = ({ problems }: State): boolean => problems.some(({ text }) => text.endsWith('地区'))

const NO_PROBLEMS: readonly AddressProblem[] = []

type State = {
  readonly code: string
  readonly at: number
  readonly levels: number
  readonly weak: number
  readonly problems: readonly AddressProblem[]
}

function readDistrict(text: string, state: State, places: Places, consider: (reading: Reading) => void): void {
  const pos = skipHeading(text, state.at, state.code)
  for (const { length, all } of districtsAt(text, pos, places)) {
    const only = onlyIn(all, state.code)
    if (!only) continue
    const { code, how } = only
    const written = text.slice(pos, pos + length)
    if (how === 'short' && !shortDistrictFits(text, pos + length, state, written)) continue
    // 毕节市 is a district only behind 毕节地区.
    if (how === 'former' && places.nameOf.get(state.code) === written && !wasPrefecture(state)) continue
    const problems = how === 'full' ? state.problems : [...state.problems, ...doubtOf(how, written, state)]
    consider({
      code,
      last: pos,
      end: pos + length,
      levels: state.levels + 1,
      weak: state.weak + (how === 'short' ? 0.2 : 0),
      problems,
    })
  }
  readRankChange(text, pos, state, places, consider)
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

const RANKED = /^([一-龥]{1,8}?)(?:自治县|新区|[县市区旗])/

/** 海门市 → 海门区, 雨花区 → 雨花台区, 石柱县 → 石柱土家族自治县: another rank, or a piece of the only name in the city that begins so. */
function readRankChange(text: string, pos: number, state: State, places: Places, consider: (reading: Reading) => void): void {
  if (!mayBegin(places, text, pos, 'district')) return
  const [written = '', stem = ''] = RANKED.exec(text.slice(pos, pos + 12)) ?? []
  // Without a city or province before it 宁乡县 is still one place, 高新区 none.
  if (stem.length < 2 || (state.code === '' && !/[县市]$/.test(written))) return
  if (places.district.get(written)?.some(({ code }) => code.startsWith(state.code))) return
  if (places.nameOf.get(state.code) === written) return
  const [heir, how] = heirOf(stem, state.code, written, places)
  if (heir === null) return
  consider({
    code: heir,
    last: pos,
    end: pos + written.length,
    levels: state.levels + 1,
    weak: state.weak + 0.3,
    problems: how === null ? state.problems : [...state.problems, { code: how, text: written }],
  })
}

/** The only place in reach with that stem; where there is none, the only one in the city that begins with it. */
function heirOf(
  stem: string,
  scope: string,
  written: string,
  places: Places,
): readonly [string | null, AddressProblem['code'] | null] {
  const named = places.district.get(stem)
  const heirs = (named ?? NO_NAMES).filter(({ code, how }) => how === 'short' && code.startsWith(scope))
  const [heir] = heirs
  if (heir) {
    // 石柱县 is how everybody writes 石柱土家族自治县: nothing to report.
    const shortened = places.nameOf.get(heir.code)?.endsWith(`自治${written.slice(-1)}`) === true
    return [heirs.length === 1 ? heir.code : null, shortened ? null : 'former']
  }
  if (scope.length !== 4) return [null, null]
  const near = (places.districtsOf.get(scope) ?? []).filter((code) => places.nameOf.get(code)?.startsWith(stem))
  return [near.length === 1 ? (near[0] ?? null) : null, 'approximate']
}

type NameAt = { readonly name: PlaceName; readonly length: number; readonly all: readonly PlaceName[] }

const NONE: readonly NameAt[] = []
const NO_NAMES: readonly PlaceName[] = []

function namesAt(text: string, at: number, level: Level, places: Places): readonly NameAt[] {
  if (!mayBegin(places, text, at, level)) return NONE
  const lengths = places.levelLengths[level].get(pairAt(text, at))
  if (!lengths) return NONE
  const found: NameAt[] = []
  for (const length of lengths) {
    const all = places[level].get(text.slice(at, at + length))
    if (!all || at + length > text.length) continue
    if (text[at + length] === '场' && text[at + length - 1] === '市') continue
    let street: boolean | null = null
    for (const name of all) {
      // 江苏 in 江苏省 leads nowhere; 青岛 in 青岛市南区 does.
      if (text[at + length] !== '市' && found.some((longer) => longer.name.code === name.code)) continue
      if (name.how === 'short') street ??= STREET_FOLLOWS.test(text.slice(at + length, at + length + 6))
      if (street && name.how === 'short' && !ownDistrictAt(text, at + length, name.code)) continue
      found.push({ name, length, all })
    }
  }
  return found
}

/** 台州路桥, 唐山路南: what looks like a street is a district of that very city. */
function ownDistrictAt(text: string, at: number, city: string): boolean {
  const places = loadPlaces()
  return districtsAt(text, at, places).some(
    ({ length, all }) => all.some(({ code }) => code.startsWith(city)) && !/[侧边口段]/.test(text[at + length] ?? ''),
  )
}

/** What districtsAt found in the text at hand: several readings ask at the same place. */
const asked: { text: string; at: Map<number, readonly NameAt[]> } = { text: '', at: new Map() }

function districtsAt(text: string, at: number, places: Places): readonly NameAt[] {
  if (!mayBegin(places, text, at, 'district')) return NONE
  if (asked.text !== text) {
    asked.text = text
    asked.at.clear()
  }
  let found = asked.at.get(at)
  if (!found) asked.at.set(at, (found = findDistricts(text, at, places)))
  return found
}

function findDistricts(text: string, at: number, places: Places): readonly NameAt[] {
  const lengths = places.levelLengths.district.get(pairAt(text, at))
  if (!lengths) return NONE
  const found: NameAt[] = []
  for (const length of lengths) {
    const all = places.district.get(text.slice(at, at + length))
    const first = all?.[0]
    if (!all || !first || at + length > text.length) continue
    if (all.every(({ how }) => how === 'short') && BUILDING_FOLLOWS.test(text.slice(at + length, at + length + 6))) continue
    if (text[at + length] === '场' && text[at + length - 1] === '市') continue
    found.push({ name: first, length, all })
  }
  return found
}

/** 我家的地址是江苏淮安清江浦区…: a place inside the text counts when two levels of it stand together or a full name does. */
function readLater(text: string, start: number, places: Places, within: string): PlaceAt | null {
  for (let at = start + 1; at < Math.min(text.length - 1, start + 60); at++) {
    if (!places.heads.has(text.slice(at, at + 2))) continue
    const reading = readAt(text, at, places)
    if (!reading?.code.startsWith(within) || reading.code === within) continue
    if (reading.levels >= 2 || (reading.end - at >= 3 && reading.weak === 0)) return { reading, at }
  }
  return null
}

function noPlace(text: string, start: number, places: Places): readonly AddressProblem[] {
  if (text === '') return []
  for (const { length, all } of districtsAt(text, start, places)) {
    if (all.some(({ how }) => how === 'full')) return [{ code: 'ambiguous', text: text.slice(start, start + length) }]
  }
  return [{ code: 'unread', text: text.slice(0, 40) }]
}
