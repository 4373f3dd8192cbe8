import { DIVISIONS } from './divisions.gen.ts'
import { FORMER_CITIES, FORMER_DIVISIONS } from './formerDivisions.ts'

export type Level = 'province' | 'city' | 'district'
/** One way in which a place is written. */
export type PlaceName = {
  readonly code: string
  /** The form as written: full name, short form, or a former name. */
  readonly how: 'full' | 'short' | 'former'
  /** Former names only: the city in which the old name stood. */
  readonly scope?: string
}
export type Named = Partial<Readonly<Record<Level, readonly PlaceName[]>>>
/** A name as it may stand in a text, and what it may mean on one level; `names`: the same, one by one. */
export type WrittenName = {
  readonly text: string
  readonly all: readonly PlaceName[]
  readonly names: readonly NameAt[]
  readonly allShort: boolean
}
export type NameAt = { readonly name: PlaceName; readonly length: number }
/** A name and what it may mean on any level. */
export type NamedPlace = { readonly text: string; readonly named: Named }
export type Places = {
  readonly nameOf: ReadonlyMap<string, string>
  readonly province: ReadonlyMap<string, readonly PlaceName[]>
  readonly city: ReadonlyMap<string, readonly PlaceName[]>
  readonly district: ReadonlyMap<string, readonly PlaceName[]>
  /** City code → codes of its districts. */
  readonly districtsOf: ReadonlyMap<string, readonly string[]>
  /** First two characters (`pairAt`) → the names that begin so, the longest first: compared where they stand, nothing is cut out of a text. */
  readonly written: Readonly<Record<Level, ReadonlyMap<number, readonly WrittenName[]>>>
  /** The same over all levels. */
  readonly starting: ReadonlyMap<number, readonly NamedPlace[]>
  /** By character code, which levels have a name with it in first (1 province, 2 city, 4 district) or second place (8, 16, 32): asked before anything is cut. */
  readonly marks: Uint8Array
}

/** Peoples whose name may stand without 族 (巴音郭楞蒙古自治州); those of one character never do, or 陵水黎族 would lose its 水. */
const PEOPLES =
  '土家|哈尼|傈僳|拉祜|纳西|景颇|布依|朝鲜|蒙古|哈萨克|维吾尔|柯尔克孜|达斡尔|鄂温克|鄂伦春|锡伯|东乡|撒拉|保安|裕固|塔吉克|仫佬|毛南|仡佬|布朗|阿昌|普米|独龙|德昂|基诺|门巴|珞巴'
const PEOPLE = `(?:${PEOPLES})族|(?:[满回藏苗彝壮侗瑶白傣黎佤畲羌怒京水土]|各)族`
const NATIONS = new RegExp(`(?:${PEOPLE}|${PEOPLES})+(?=自治[州区县旗])|(?:${PEOPLE})+(?=区$)`)
const PROVINCE_TAIL = /(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|省|市)$/
const CITY_TAIL = /(?:自治[州县]|地区|林区|[盟市县])$/
const DISTRICT_TAIL = /(?:自治[县旗]|特区|新区|[县市区旗])$/

/** What people leave away: 江苏, 苏州, 延边, 恭城, 昆山. Null where nothing sensible stays. */
export function shortName(name: string, level: Level): string | null {
  if (level === 'province') return name.replace(PROVINCE_TAIL, '')
  const bare = name.replace(NATIONS, '').replace(level === 'city' ? CITY_TAIL : DISTRICT_TAIL, '')
  return bare.length >= 2 && bare !== name ? bare : null
}

let places: Places | null = null

type Register = { -readonly [key in Level]: Map<string, PlaceName[]> } & {
  nameOf: Map<string, string>
  districtsOf: Map<string, string[]>
  written: Record<Level, Map<number, WrittenName[]>>
  starting: Map<number, NamedPlace[]>
  marks: Uint8Array
}

/** The register, unpacked on first use (about 10 ms) and kept. */
export function loadPlaces(): Places {
  if (places) return places
  const register: Register = {
    nameOf: new Map(),
    province: new Map(),
    city: new Map(),
    district: new Map(),
    districtsOf: new Map(),
    written: { province: new Map(), city: new Map(), district: new Map() },
    starting: new Map(),
    marks: new Uint8Array(65_536),
  }
  for (const entry of DIVISIONS.split(/[\s]+/)) {
    const code = /^\d+/.exec(entry)?.[0] ?? ''
    putDivision(register, code, entry.slice(code.length))
  }
  putFormer(register)
  noteWritten(register)
  places = register
  return places
}

/** The bit of a level in `marks`. */
export const MARK: Readonly<Record<Level, number>> = { province: 1, city: 2, district: 4 }

function mark(marks: Uint8Array, head: string, bit: number): void {
  const [first, second] = [head.charCodeAt(0), head.charCodeAt(1)]
  marks[first] = (marks[first] ?? 0) | bit
  marks[second] = (marks[second] ?? 0) | (bit << 3)
}

/** Whether a name of the level could begin at `at`. */
export const mayBegin = ({ marks }: Places, text: string, at: number, level: Level): boolean =>
  at + 1 < text.length &&
  ((marks[text.charCodeAt(at)] ?? 0) & MARK[level]) !== 0 &&
  ((marks[text.charCodeAt(at + 1)] ?? 0) & (MARK[level] << 3)) !== 0

/** Whether the two characters at `at` are the first two of a name. */
export function beginsName({ starting }: Places, text: string, at: number): boolean {
  const second = text.charCodeAt(at + 1)
  for (const { text: name } of starting.get(pairAt(text, at)) ?? NOTHING_STARTS) if (name.charCodeAt(1) === second) return true
  return false
}
const NOTHING_STARTS: readonly NamedPlace[] = []

/** Whether a name of any level could. */
export const mayBeginAny = ({ marks }: Places, text: string, at: number): boolean =>
  ((marks[text.charCodeAt(at)] ?? 0) & 7 & ((marks[text.charCodeAt(at + 1)] ?? 0) >> 3)) !== 0

/** Two characters of a text as one number, so that nothing is cut out to look them up. */
export const pairAt = (text: string, at: number): number => text.charCodeAt(at) * 0x8000 + (text.charCodeAt(at + 1) & 0x7fff)

function noteWritten(register: Register): void {
  const named = new Map<string, Partial<Record<Level, PlaceName[]>>>()
  for (const level of ['province', 'city', 'district'] as const) {
    for (const [text, all] of register[level]) {
      named.set(text, { ...named.get(text), [level]: all })
      mark(register.marks, text, MARK[level])
      const names = all.map((name) => ({ name, length: text.length }))
      note(register.written[level], { text, all, names, allShort: all.every(({ how }) => how === 'short') })
    }
  }
  for (const [text, levels] of named) note(register.starting, { text, named: levels })
}

function note<Name extends { readonly text: string }>(names: Map<number, Name[]>, name: Name): void {
  const head = pairAt(name.text, 0)
  const known = names.get(head)
  if (!known) names.set(head, [name])
  else {
    known.push(name)
    known.sort((a, b) => b.text.length - a.text.length)
  }
}

function put(register: Register, level: Level, name: string, place: PlaceName): void {
  const list = register[level].get(name)
  if (!list) register[level].set(name, [place])
  else if (!list.some((one) => one.code === place.code && one.scope === place.scope)) list.push(place)
}

function putDivision(register: Register, code: string, name: string): void {
  register.nameOf.set(code, name)
  const level = levelOf(code)
  put(register, level, name, { code, how: 'full' })
  if (level === 'district')
    register.districtsOf.set(code.slice(0, 4), [...(register.districtsOf.get(code.slice(0, 4)) ?? []), code])
  const short = shortName(name, level)
  if (short === null) return
  put(register, level, short, { code, how: 'short' })
  for (const [tail, other, how] of OTHER_TAILS[level]) if (name.endsWith(tail)) put(register, level, short + other, { code, how })
}

/** Ends that people write instead of the official one: 广西省 and 宁夏自治区, 湘西州, 陵水县, 思茅地区. */
const OTHER_TAILS: Readonly<Record<Level, readonly (readonly [string, string, PlaceName['how']])[]>> = {
  province: [
    ['自治区', '省', 'full'],
    ['自治区', '自治区', 'full'],
  ],
  city: [
    ['自治州', '州', 'short'],
    ['自治县', '县', 'full'],
    ['市', '地区', 'former'],
  ],
  district: [],
}

/** 仙桃市, 石河子市 and their like answer to the province alone: they stand where a city stands. */
function levelOf(code: string): Level {
  if (code.length === 2) return 'province'
  return code.length === 4 || code.slice(2, 4) === '90' ? 'city' : 'district'
}

function putFormer(register: Register): void {
  for (const [, scope = '', name = '', code = ''] of FORMER_DIVISIONS.matchAll(/^(\d+) (\S+) (\d+)$/gm)) {
    const stands = register.district.get(name)?.some((one) => one.code.startsWith(scope)) === true
    if (register.nameOf.has(code) && !stands) put(register, 'district', name, { code, how: 'former', scope })
  }
  for (const [, name = '', code = ''] of FORMER_CITIES.matchAll(/^([^\s\d]+) (\d+)$/gm))
    put(register, 'city', name, { code, how: 'former' })
}
