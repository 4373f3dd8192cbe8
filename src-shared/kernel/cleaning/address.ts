import { BETWEEN_SIGNS, LEAD, LEAD_BEGINS } from './addressPatterns.ts'
import { type AddressProblem, districtsAt, readAt, type Reading } from './addressReading.ts'
import { joinSpaced, skip, tidyDetail } from './addressText.ts'
import { toSimplified } from '../matching/simplified.ts'
import { beginsName, loadPlaces, mayBeginAny, type Places } from './divisions.ts'
import { cleanText } from './text.ts'

export type { AddressProblem } from './addressReading.ts'
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
  return compose(
    { clean, plain: better ? plain : clean },
    found.reading,
    before !== '' && ADDRESS_PART.test(before) ? before : '',
    places,
  )
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
  const { province, city, district, adcode } = levelsOf(reading.code, places)
  const detail = tidyDetail(before + clean.slice(afterUrban(clean, end)))
  return { province, adcode, city, district, detail, problems: reading.problems }
}

/** 余杭区余杭区人民路: the district alone, twice. */
function afterOwnName(text: string, end: number, code: string, places: Places): number {
  const name = code.length === 6 ? places.nameOf.get(code) : undefined
  const at = skip(text, end)
  return name !== undefined && text.startsWith(name, at) ? at + name.length : end
}

const COUNTRY = /^(?:中华人民共和国|中国)/
const ZHONG = '中'.charCodeAt(0)
const afterCountry = (text: string, end: number): number => {
  const at = skip(text, end)
  if (text.charCodeAt(at) !== ZHONG) return at
  return skip(text, at + (COUNTRY.exec(text.slice(at, at + 7))?.[0].length ?? 0))
}

/** 三河市区102国道: the built-up area of a city is no level. */
const afterUrban = (text: string, end: number): number => (text[end - 1] === '市' && text[end] === '区' ? end + 1 : end)

const MUNICIPALITY = /^(?:11|12|31|50)/

type Levels = Pick<ReadAddress, 'province' | 'city' | 'district' | 'adcode'>

/** By the code of the place: there are a few thousand. */
const known = new Map<string, Levels>()

function levelsOf(code: string, places: Places): Levels {
  let levels = known.get(code)
  if (!levels) known.set(code, (levels = makeLevels(code, places)))
  return levels
}

function makeLevels(code: string, places: Places): Levels {
  const name = (part: string): string | null => places.nameOf.get(part) ?? null
  const levels = { province: name(code.slice(0, 2)), adcode: code.padEnd(6, '0') }
  if (MUNICIPALITY.test(code)) return { ...levels, city: levels.province, district: code.length === 6 ? name(code) : null }
  if (code.length < 4) return { ...levels, city: null, district: null }
  if (code.slice(2, 4) === '90') return { ...levels, city: name(code), district: null }
  return { ...levels, city: name(code.slice(0, 4)), district: code.length === 6 ? name(code) : null }
}

/** 我家的地址是江苏淮安清江浦区…: a place inside the text counts when two levels of it stand together or a full name does. */
function readLater(text: string, start: number, places: Places, within: string): PlaceAt | null {
  for (let at = start + 1; at < Math.min(text.length - 1, start + 60); at++) {
    if (!mayBeginAny(places, text, at) || !beginsName(places, text, at)) continue
    const reading = readAt(text, at, places)
    if (!reading?.code.startsWith(within) || reading.code === within) continue
    if (reading.levels >= 2 || (reading.end - at >= 3 && reading.weak === 0)) return { reading, at }
  }
  return null
}

function noPlace(text: string, start: number, places: Places): readonly AddressProblem[] {
  if (text === '') return []
  for (const { text: written, all } of districtsAt(text, start, places))
    if (all.some(({ how }) => how === 'full')) return [{ code: 'ambiguous', text: written }]
  return [{ code: 'unread', text: text.slice(0, 40) }]
}
