import type BetterSqlite3 from 'better-sqlite3'
import { KINDS, type Source, tableOfSource } from './searchSources.ts'

/**
 * By which rules the documents of a kind and its stored keys are made. Whoever changes what a name, a number or a key is taken for
 * (`searchTerms.ts`, `searchSources.ts`, `keysToStore`, the pinyin, the cores of names) counts up the kinds it concerns: a base that
 * was written by older rules renews these in the background when the program starts on it.
 */
export const SEARCH_RULES: Readonly<Record<Source, number>> = {
  customer: 1,
  contact: 1,
  product: 1,
  lead: 1,
  opportunity: 1,
  quote: 1,
  order: 1,
  payment: 1,
  invoice: 1,
}
/** Where in `meta` it stands which rules a base was written by. */
const KEY = 'search_rules'

const storedRules = (raw: BetterSqlite3.Database): Partial<Record<string, number>> => {
  const text = raw.prepare('select value from meta where key = ?').pluck().get(KEY) as string | undefined
  return text === undefined ? {} : (JSON.parse(text) as Partial<Record<string, number>>)
}

/** Kinds whose documents and keys were made by other rules than today's. */
export function outdatedKinds(raw: BetterSqlite3.Database): Source[] {
  const stored = storedRules(raw)
  return KINDS.filter((kind) => stored[kind] !== SEARCH_RULES[kind])
}

/** Notes that all documents of these kinds are made by today's rules. */
export function noteRules(raw: BetterSqlite3.Database, kinds: readonly Source[]): void {
  const rules = { ...storedRules(raw), ...Object.fromEntries(kinds.map((kind) => [kind, SEARCH_RULES[kind]])) }
  raw
    .prepare('insert into meta (key, value) values (?, ?) on conflict (key) do update set value = excluded.value')
    .run(KEY, JSON.stringify(rules))
}

/** Where there is no record of a kind, none is by older rules. */
export function noteRulesOfNone(raw: BetterSqlite3.Database): void {
  const none = outdatedKinds(raw).filter(
    (kind) => raw.prepare(`select 1 from ${tableOfSource(kind)} limit 1`).get() === undefined,
  )
  if (none.length > 0) noteRules(raw, none)
}
