import { loadPlaces, shortName } from '../cleaning/divisions.ts'
import { cleanText, toHalfWidth } from '../cleaning/text.ts'
import { soundOf } from '../pinyin/pinyin.ts'
import { isPerson, type MatchRecord } from './keys.ts'
import { nameCore } from './nameCore.ts'
import { toSimplified } from './simplified.ts'

/** A record made ready for comparing; computed once per record, however many pairs it stands in. */
export type MatchProfile = {
  readonly core: string
  readonly sound: string
  readonly branch: string | null
  readonly person: boolean
  /** City code the name itself carries (苏州达科 → 3205). */
  readonly nameRegion: string | null
  /** How the short name of that city sounds. */
  readonly regionSound: string
  /** City code of the address. */
  readonly cityCode: string | null
  readonly mobiles: readonly string[]
  readonly lines: readonly string[]
  readonly masked: readonly string[]
  readonly contact: string
  readonly contactSound: string
  readonly email: string
  readonly code: string
  readonly address: string
}

const known = new WeakMap<MatchRecord, MatchProfile>()

export function profileOf(record: MatchRecord): MatchProfile {
  const cached = known.get(record)
  if (cached) return cached
  const name = record.name ? nameCore(record.name) : null
  const contact = toSimplified(toHalfWidth(cleanText(record.contact ?? '')))
    .replace(/\s/g, '')
    .toLowerCase()
  const profile: MatchProfile = {
    core: name?.core ?? '',
    sound: name ? soundOf(name.core) : '',
    branch: name?.branch ?? null,
    person: isPerson(record),
    nameRegion: cityOf(name?.region ?? null),
    regionSound: regionSound(cityOf(name?.region ?? null)),
    cityCode: record.city ? cityCodeOf(record.city) : null,
    mobiles: record.phones.filter((phone) => /^\+861\d{10}$/.test(phone) || !phone.startsWith('+86')),
    lines: record.phones.filter((phone) => phone.startsWith('+86') && !/^\+861\d{10}$/.test(phone)),
    masked: record.masked ?? [],
    contact,
    contactSound: soundOf(contact),
    email: toHalfWidth(cleanText(record.email ?? '')).toLowerCase(),
    code: (record.creditCode ?? '').toUpperCase(),
    address: comparableAddress(record.address ?? ''),
  }
  known.set(record, profile)
  return profile
}

/** Municipalities are one city whatever their code says: 31 and 3101 are Shanghai. */
function cityOf(code: string | null): string | null {
  if (code === null || code.length < 2) return null
  if (/^(?:11|12|31|50)/.test(code)) return code.slice(0, 2)
  return code.length >= 4 ? code.slice(0, 4) : null
}

function regionSound(code: string | null): string {
  const name = code === null ? undefined : loadPlaces().nameOf.get(code)
  return name === undefined || code === null ? '' : soundOf(shortName(name, code.length === 2 ? 'province' : 'city') ?? name)
}

function cityCodeOf(city: string): string | null {
  const places = loadPlaces()
  const found = places.city.get(city) ?? places.province.get(city) ?? places.city.get(city.replace(/市$/, ''))
  return cityOf(found?.[0]?.code ?? null)
}

/** The street and house number, which two notations of one address share. */
const comparableAddress = (address: string): string =>
  toSimplified(toHalfWidth(cleanText(address)))
    .replace(/[\s,，。.、\-—#()（）]/g, '')
    .toLowerCase()
