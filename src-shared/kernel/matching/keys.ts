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
export type MatchKey = { readonly kind: 'phone' | 'core' | 'code' | 'email' | 'pinyin'; readonly key: string }

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
  for (const phone of numbersOf(record).whole) keys.push({ kind: 'phone', key: phone.replace(/^\+/, '') })
  keys.push(...tailKeys(record))
  if (core && core.core.length >= 2) {
    // People of one name are many: only those of one city are worth comparing.
    const person = isPerson(record)
    if (!person || record.city) {
      const within = person ? `@${record.city ?? ''}` : ''
      const cut = core.core.slice(0, LONGEST_CORE)
      keys.push({ kind: 'core', key: cut + within })
      keys.push({ kind: 'pinyin', key: soundKey(record, cut) + within })
    }
  }
  if (record.creditCode) keys.push({ kind: 'code', key: record.creditCode.toUpperCase() })
  if (record.email) keys.push({ kind: 'email', key: record.email.toLowerCase() })
  return keys
}

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

/** The numbers of a record as they compare: without extensions, masked ones apart. */
export function numbersOf({ phones, masked = [] }: Pick<MatchRecord, 'phones' | 'masked'>): {
  readonly whole: readonly string[]
  readonly masked: readonly string[]
} {
  const bare = phones.map((phone) => phone.replace(/;ext=.*$/, ''))
  return {
    whole: [...new Set(bare.filter((phone) => /^\+\d{6,15}$/.test(phone)))],
    masked: [...new Set([...masked, ...bare.filter((phone) => phone.includes('*'))])],
  }
}

/** A name of two to four Chinese characters that begins with a surname and holds no word of trade is taken for a person's. */
export function isPerson(record: MatchRecord): boolean {
  if (record.kind !== undefined) return record.kind === 'person'
  const name = (record.name ?? '').trim()
  return name.length <= 4 && surnameOf(name) !== null && !COMPANY_WORD.test(name)
}

/** 王总, 李女士: a form of address, shared by thousands. */
export const TITLE = /(?:总经理|经理|总监|总|主任|部长|厂长|店长|院长|校长|老板|老师|工程师|工|先生|女士|小姐|会计|师傅|哥|姐)$/

/** The last four digits with the person's name: how a masked number (138****8000) and the whole one meet. */
function tailKeys(record: MatchRecord): MatchKey[] {
  const who = toSimplified((record.contact ?? (isPerson(record) ? record.name : '') ?? '').replace(/\s/g, ''))
  if (who.length < 2 || TITLE.test(who)) return []
  const { whole, masked } = numbersOf(record)
  const tails = [...whole, ...masked].map((phone) => phone.slice(-4)).filter((tail) => /^\d{4}$/.test(tail))
  return [...new Set(tails)].map((tail) => ({ kind: 'phone', key: `${tail}~${soundOf(who).slice(0, LONGEST_CORE)}` }))
}
