import { soundOf } from '../pinyin/pinyin.ts'
import { toHalfWidth } from '../cleaning/text.ts'
import { latinSound, plainLatin } from './latin.ts'
import { type NameCore, nameCore } from './nameCore.ts'
import { toSimplified } from './simplified.ts'
import { surnameOf } from './surnames.ts'

/**
 * What is known of one customer, contact or row; phones as stored (E.164, `;ext=801` behind it where there is an extension; masked ones as
 * 138****8000 in either list; anything else is passed over), city as its full name.
 */
export type MatchRecord = {
  readonly name?: string | null
  /** person: the name is a human being's, and namesakes are many. Absent: judged by the name itself. */
  readonly kind?: 'company' | 'person'
  readonly contact?: string | null
  readonly phones: readonly string[]
  readonly masked?: readonly string[]
  readonly email?: string | null
  readonly creditCode?: string | null
  readonly city?: string | null
  readonly address?: string | null
}
export type MatchKey = { readonly kind: 'phone' | 'core' | 'code' | 'email' | 'pinyin' | 'name'; readonly key: string }

/** Long enough to keep names apart, short enough for an index. */
const LONGEST_CORE = 24
const LONGEST_SOUND = 40
const COMPANY_WORD =
  /公司|集团|厂|店|行|中心|部|社|院|校|所|局|会|站|馆|城$|场$|企业|工作室|科技|贸易|商贸|物流|电子|食品|建材|传媒|广告|机械|医药|纺织|服饰|家具|电器|餐饮|酒业|茶业|实业|网络|教育|装饰|汽车|农业|旅游|环保|印刷|包装|化工/

/**
 * Keys under which a record is looked for. Two records that share one are candidates, nothing more; `scorePair` decides.
 * Same input, same keys, on every machine and in every version of the data: they are stored and indexed.
 */
export function matchKeys(record: MatchRecord, core: NameCore | null = record.name ? nameCore(record.name) : null): MatchKey[] {
  const keys: MatchKey[] = []
  const numbers = numbersOf(record)
  for (const phone of numbers.whole) keys.push({ kind: 'phone', key: phone.slice(1) })
  const person = isPerson(record)
  addTailKeys(keys, record, numbers, person)
  // People of one name are many: only those of one city are worth comparing.
  if (core && core.core.length >= 2 && (!person || record.city)) {
    const within = person ? `@${record.city ?? ''}` : ''
    const cut = core.core.length > LONGEST_CORE ? core.core.slice(0, LONGEST_CORE) : core.core
    keys.push({ kind: 'core', key: cut + within })
    keys.push({ kind: 'pinyin', key: soundKey(record, cut) + within })
    const whole = person ? '' : wholeName(record.name)
    if (whole !== '') keys.push({ kind: 'name', key: whole })
  }
  if (record.creditCode) keys.push({ kind: 'code', key: record.creditCode.toUpperCase() })
  if (record.email) keys.push({ kind: 'email', key: record.email.toLowerCase() })
  return keys
}

/** Signs and words that one writes and the next leaves out. */
const SPARE = /股份|有限|责任|集团|公司|[省市区县\s()·_,.-]/g
/** A name with its place: where very many share a core, those that are called the same still find one another. */
const wholeName = (name: string | null | undefined): string =>
  toSimplified(toHalfWidth(name ?? ''))
    .toLowerCase()
    .replace(SPARE, '')
    .slice(0, LONGEST_SOUND)

/** How the name sounds: Chinese in pinyin, names of an alphabet word by word and in any order, so that the key serves both languages of matching. */
function soundKey({ name }: MatchRecord, core: string): string {
  const words = latinWords(name)
  return (words.length > 0 ? soundOfWords(words) : soundOf(core)).slice(0, LONGEST_SOUND)
}

const LEGAL = /^(?:co|company|corp|corporation|inc|incorporated|ltd|limited|llc|llp|plc|gmbh|ag|pty|pte|sa|bv|the|and)$/

/** Words of a name of an alphabet, sorted, without legal forms and accents; none where the name is Chinese. */
export function latinWords(name: string | null | undefined): string[] {
  if (!name || /[\u3400-\u9fff]/.test(name)) return []
  const all = plainLatin(toHalfWidth(name))
    .split(' ')
    .filter((word) => word !== '')
  const telling = all.filter((word) => !LEGAL.test(word))
  return (telling.length > 0 ? telling : all).toSorted()
}

export const soundOfWords = (words: readonly string[]): string => words.map(latinSound).toSorted().join('')

type Numbers = { readonly whole: readonly string[]; readonly masked: readonly string[] }

/** The numbers of a record as they compare: without extensions, masked ones apart. */
export function numbersOf({ phones, masked = NO_TEXTS }: Pick<MatchRecord, 'phones' | 'masked'>): Numbers {
  let whole = NO_TEXTS
  let hidden = NO_TEXTS
  for (const phone of masked) hidden = withOne(hidden, phone)
  for (const phone of phones) {
    const bare = phone.includes(';') ? phone.replace(/;ext=.*$/, '') : phone
    if (isInternational(bare)) whole = withOne(whole, bare)
    else if (bare.includes('*')) hidden = withOne(hidden, bare)
  }
  return { whole, masked: hidden }
}

const NO_TEXTS: readonly string[] = []

/** Lists of one or two: a list that grows would be made for many. */
const withOne = (list: readonly string[], one: string): readonly string[] =>
  list.length === 0 ? [one] : list.includes(one) ? list : [...list, one]

const [PLUS, ZERO, NINE] = [0x2b, 0x30, 0x39]

/** + and six to fifteen digits. */
const isInternational = (phone: string): boolean =>
  phone.length >= 7 && phone.length <= 16 && phone.charCodeAt(0) === PLUS && areDigits(phone, 1)

function areDigits(text: string, from: number): boolean {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < ZERO || code > NINE) return false
  }
  return true
}

/** A name of two to four Chinese characters that begins with a surname and holds no word of trade is taken for a person's. */
export function isPerson(record: MatchRecord): boolean {
  if (record.kind !== undefined) return record.kind === 'person'
  const name = (record.name ?? '').trim()
  return name.length <= 4 && surnameOf(name) !== null && !COMPANY_WORD.test(name)
}

/** 王总, 李女士: a form of address, shared by thousands. */
export const TITLE = /(?:总经理|经理|总监|总|主任|部长|厂长|店长|院长|校长|老板|老师|工程师|工|先生|女士|小姐|会计|师傅|哥|姐)$/

/** What a form of address ends with. */
const TITLE_ENDS = '理监总任长板师工生士姐计傅哥'

/** The last four digits with the person's name: how a masked number (138****8000) and the whole one meet. */
function addTailKeys(keys: MatchKey[], record: MatchRecord, { whole, masked }: Numbers, person: boolean): void {
  const name = record.contact ?? (person ? record.name : '') ?? ''
  const who = toSimplified(/\s/.test(name) ? name.replace(/\s/g, '') : name)
  if (who.length < 2 || (TITLE_ENDS.includes(who.slice(-1)) && TITLE.test(who))) return
  const tails = withTails(withTails(NO_TEXTS, whole), masked)
  if (tails.length === 0) return
  const sound = soundOf(who).slice(0, LONGEST_CORE)
  for (const tail of tails) keys.push({ kind: 'phone', key: `${tail}~${sound}` })
}

function withTails(tails: readonly string[], phones: readonly string[]): readonly string[] {
  let all = tails
  for (const phone of phones) if (phone.length >= 4 && areDigits(phone, phone.length - 4)) all = withOne(all, phone.slice(-4))
  return all
}
