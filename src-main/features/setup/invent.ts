import {
  BRAND_FIRST,
  BRAND_SECOND,
  CITIES,
  FORMS,
  GIVEN,
  SOURCES,
  SPOKEN,
  SURNAMES,
  TITLES,
  TRADE_INDUSTRY,
  TRADES,
} from './seedWords.ts'

export type Invented = {
  name: string
  level: string | null
  status: string
  ownerId: string | null
  phone: string
  email: string
  industry: string
  source: string
  province: string
  city: string
  district: string
  address: string
  nextAt: string | null
  createdAt: string
  contacts: { name: string; title: string; phone: string }[]
  followUps: { kind: string; text: string; at: string }[]
}
export type Random = () => number

/** mulberry32: small, fast and the same on every machine. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const DAY = 86_400_000
const pick = <Item>(random: Random, items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item
const digits = (random: Random, count: number): string => Array.from({ length: count }, () => Math.floor(random() * 10)).join('')
const mobile = (random: Random): string =>
  `+861${pick(random, ['35', '36', '37', '38', '39', '50', '51', '58', '59', '82', '83', '86', '87', '88', '89'])}${digits(random, 8)}`
const person = (random: Random): string =>
  pick(random, SURNAMES) + pick(random, GIVEN) + (random() < 0.6 ? pick(random, GIVEN) : '')

/** Firms as a company of the Yangtze delta might have them; instants lie within the two years before `now`. */
export function inventFirms(random: Random, count: number, base: { now: string; owners: readonly string[] }): Invented[] {
  // Whole days, so that two fillings on one day are equal.
  const today = Math.floor(Date.parse(base.now) / DAY) * DAY
  return Array.from({ length: count }, () => inventFirm(random, today, base.owners))
}

function inventFirm(random: Random, today: number, owners: readonly string[]): Invented {
  const [province, city, district] = pick(random, CITIES)
  const trade = pick(random, TRADES)
  const brand = pick(random, BRAND_FIRST) + pick(random, BRAND_SECOND) + (random() < 0.25 ? pick(random, BRAND_SECOND) : '')
  const created = today - Math.floor(random() * 730) * DAY + Math.floor(random() * 9 * 3_600_000)
  const status = pick(random, ['potential', 'active', 'active', 'won', 'lost'])
  const spoken = status === 'potential' && random() < 0.7 ? 0 : 1 + Math.floor(random() * 3)
  const followUps = Array.from({ length: spoken }, () => ({
    kind: pick(random, ['call', 'call', 'visit', 'wechat', 'note']),
    text: pick(random, SPOKEN),
    at: iso(created + Math.floor(random() * (today - created))),
  })).sort((a, b) => (a.at < b.at ? 1 : -1))
  return {
    name: `${city.replace(/市$/, '')}${brand}${trade}${pick(random, FORMS)}`,
    level: pick(random, ['A', 'B', 'B', 'C', 'C', null]),
    status,
    ownerId: random() < 0.93 ? pick(random, owners) : null,
    phone: mobile(random),
    email: `info${digits(random, 5)}@example.cn`,
    industry: TRADE_INDUSTRY[trade] ?? '制造业',
    source: pick(random, SOURCES),
    province,
    city,
    district,
    address: `${pick(random, BRAND_FIRST)}${pick(random, BRAND_SECOND)}路${1 + Math.floor(random() * 998)}号`,
    nextAt: random() < 0.3 ? iso(appointment(today, random() * 40 - 10)) : null,
    createdAt: iso(created),
    contacts: Array.from({ length: 1 + (random() < 0.3 ? 1 : 0) }, () => ({
      name: person(random),
      title: pick(random, TITLES),
      phone: mobile(random),
    })),
    followUps,
  }
}

const iso = (time: number): string => new Date(time).toISOString()

const QUARTER = 900_000
/** So many days from now, between nine and six in China, on a quarter of an hour. */
const appointment = (today: number, days: number): number =>
  today + Math.floor(days) * DAY + 3_600_000 + Math.floor((days - Math.floor(days)) * 36) * QUARTER
