import { soundOf } from '../pinyin/pinyin.ts'
import { type NameCore, nameCore } from './nameCore.ts'

/** What is known of one customer, contact or row; phones as E.164 (masked ones apart: 138****8000), city as its full name. */
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
  /公司|集团|厂|店|行|中心|部|社|院|校|所|局|会|站|馆|城|场|企业|工作室|合伙|科技|贸易|物流|银行|co\b|ltd|inc|llc/i

/**
 * Keys under which a record is looked for. Two records that share one are candidates, nothing more; `scorePair` decides.
 * Same input, same keys, on every machine and in every version of the data: they are stored and indexed.
 */
export function matchKeys(record: MatchRecord, core: NameCore | null = record.name ? nameCore(record.name) : null): MatchKey[] {
  const keys: MatchKey[] = []
  for (const phone of new Set(record.phones)) keys.push({ kind: 'phone', key: phone.replace(/^\+/, '') })
  if (core && core.core.length >= 2) {
    // People of one name are many: only those of one city are worth comparing.
    const person = isPerson(record)
    if (!person || record.city) {
      const within = person ? `@${record.city ?? ''}` : ''
      const cut = core.core.slice(0, LONGEST_CORE)
      keys.push({ kind: 'core', key: cut + within })
      keys.push({ kind: 'pinyin', key: soundOf(cut).slice(0, LONGEST_SOUND) + within })
    }
  }
  if (record.creditCode) keys.push({ kind: 'code', key: record.creditCode.toUpperCase() })
  if (record.email) keys.push({ kind: 'email', key: record.email.toLowerCase() })
  return keys
}

/** A name of two to four Chinese characters without a word that only companies carry is taken for a person's. */
export const isPerson = (record: MatchRecord): boolean =>
  record.kind === 'person' ||
  (record.kind === undefined &&
    /^[\u3400-\u9fff·]{2,4}$/.test((record.name ?? '').trim()) &&
    !COMPANY_WORD.test(record.name ?? ''))
