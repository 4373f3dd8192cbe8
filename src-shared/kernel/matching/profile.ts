import { loadPlaces, shortName } from '../cleaning/divisions.ts'
import { cleanText, toHalfWidth } from '../cleaning/text.ts'
import { soundOf } from '../pinyin/pinyin.ts'
import { isPerson, latinWords, type MatchRecord, numbersOf, soundOfWords } from './keys.ts'
import { plainLatin } from './latin.ts'
import { type NameCore, nameCore } from './nameCore.ts'
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
  /** The address holds a number and is long enough to tell one house from another. */
  readonly numbered: boolean
  /** Masked numbers and mobiles without the country's code, which is how the two compare. */
  readonly nationals: readonly string[]
  readonly domain: string
  /** City as written, for those of an alphabet. */
  readonly city: string
  /** Words of a name of an alphabet in order of the alphabet, without legal form; none for a Chinese name. */
  readonly words: readonly string[]
  readonly wordSounds: string
}

const known = new WeakMap<MatchRecord, MatchProfile>()

export function profileOf(record: MatchRecord): MatchProfile {
  const cached = known.get(record)
  if (cached) return cached
  const profile = makeProfile(record, nameCore(record.name ?? ''))
  known.set(record, profile)
  return profile
}

function makeProfile(record: MatchRecord, { core, branch, region }: NameCore): MatchProfile {
  const contact = toSimplified(plain(record.contact)).replace(/\s/g, '').toLowerCase()
  const nameRegion = cityOf(region)
  const numbers = numbersOf(record)
  const mobiles = numbers.whole.filter((phone) => !isLine(phone))
  const email = plain(record.email).toLowerCase()
  const address = comparableAddress(record.address)
  const words = latinWords(record.name)
  const cityCode = record.city ? cityCodeOf(record.city) : null
  return {
    core,
    sound: soundOf(core),
    branch,
    person: isPerson(record),
    nameRegion,
    regionSound: regionSound(nameRegion),
    cityCode,
    mobiles,
    lines: numbers.whole.filter(isLine),
    masked: numbers.masked,
    nationals: [...numbers.masked, ...mobiles.map((phone) => phone.replace(/^\+86/, ''))],
    contact,
    contactSound: soundOf(contact),
    email,
    domain: email.slice(email.indexOf('@') + 1),
    code: plain(record.creditCode).toUpperCase(),
    address,
    numbered: address.length >= 6 && /\d/.test(address),
    city: cityCode === null ? plainLatin(record.city ?? '') : '',
    words,
    wordSounds: soundOfWords(words),
  }
}

const plain = (text: string | null | undefined): string => toHalfWidth(cleanText(text ?? ''))
/** Landlines and service numbers, behind which whole houses stand; foreign numbers count as personal. */
const isLine = (phone: string): boolean => phone.startsWith('+86') && !/^\+861\d{10}$/.test(phone)

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
const comparableAddress = (address: string | null | undefined): string =>
  toSimplified(plain(address))
    .replace(/[\s,，。.、\-—#()（）]/g, '')
    .toLowerCase()
