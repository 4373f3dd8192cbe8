import { setImmediate } from 'node:timers/promises'
import type BetterSqlite3 from 'better-sqlite3'
import { numbersOfKind } from '../../../src-shared/kernel/matching/keyNumber.ts'
import type { Matching } from '../../../src-shared/kernel/matching/language.ts'
import { scorePair } from '../../../src-shared/kernel/matching/score.ts'
import { prepared } from '../../kernel/journal.ts'
import { matchingOn } from '../../kernel/matchingSetting.ts'
import type { TaskContext } from '../../kernel/tasks.ts'
import { type Compared, readCompared } from '../customers/public.ts'

/** Where the walk stands: the last key that was looked through, as its number. */
export type At = number
export type FoundPair = { first: string; second: string; sure: boolean; bits: number }
/** One step of the walk: what it found, and where to go on after it. */
export type Walked = { pairs: FoundPair[]; at: At; done: number; total: number; compared: number }
export type WalkInput = { after: At | null; done: number }

/** Keys read at a time: their records fit in memory, and a wish to stop is heard within a second. */
const KEYS_AT_ONCE = 5000
/** Above this a key says little; who shares it is laid in the order of names and compared with those who stand near. */
const LARGE_BLOCK = 60
const NEIGHBOURS = 12
/** Records of a large block in memory at a time. */
const STRETCH = 1000

/**
 * Walks the stored keys in their order. Who shares one is compared, block by block, so that memory does not grow with the base
 * and the work grows with the number of keys. A pair that shares several keys is scored again: cheaper than remembering all pairs.
 */
export function walkBase(context: TaskContext, input: WalkInput): Promise<{ compared: number }> {
  return withoutMapping(context.raw, () => walk(context, input))
}

/**
 * The whole file passes by once; mapped, its pages would stay in the memory of the process as long as others have room for them.
 * The connection is shared with other long tasks, which are only a little slower meanwhile.
 */
export async function withoutMapping<Output>(raw: BetterSqlite3.Database, work: () => Promise<Output>): Promise<Output> {
  const before = raw.pragma('mmap_size', { simple: true }) as number
  raw.pragma('mmap_size = 0')
  try {
    return await work()
  } finally {
    if (raw.open) raw.pragma(`mmap_size = ${before}`)
  }
}

async function walk(context: TaskContext, input: WalkInput): Promise<{ compared: number }> {
  const { raw } = context
  const counted = prepared(raw, 'select count(*) from match_key where key >= ? and key < ?').pluck()
  const total = WALKED.reduce((sum, [from, below]) => sum + (counted.get(BigInt(from), BigInt(below)) as number), 0)
  let done = input.done
  let compared = 0
  for (const [from, below] of WALKED) {
    let after = Math.max(from - 1, input.after ?? -1)
    while (after < below - 1) {
      context.signal.throwIfAborted()
      const page = nextPage(raw, after, below)
      const scores = comparePage(raw, page.blocks)
      compared += scores.compared
      done += page.keys
      after = page.last
      context.report({ ...scores, at: after, done: Math.min(done, total), total } satisfies Walked)
      // A turn of the loop, so that a wish to stop gets through.
      await setImmediate()
      if (page.keys < KEYS_AT_ONCE) break
    }
  }
  return { compared }
}

/** Names of one core sound the same, and their sound is a key of theirs as well: the block of that sound holds the block of the core. */
const WALKED = (['phone', 'code', 'email', 'pinyin'] as const).map(numbersOfKind)

/** `keys` counts the entries walked; below KEYS_AT_ONCE the kind is at its end. */
type Page = { blocks: number[][]; keys: number; last: number }

function nextPage(raw: BetterSqlite3.Database, after: number, below: number): Page {
  const bound = prepared(raw, 'select key from match_key where key > ? and key < ? order by key, doc limit 1 offset ?')
    .pluck()
    .get(BigInt(after), BigInt(below), BigInt(KEYS_AT_ONCE - 1)) as number | undefined
  const rows = prepared(
    raw,
    'select group_concat(doc) as docs, count(*) as n, key from match_key where key > ? and key < ? group by key',
  ).all(BigInt(after), BigInt(bound === undefined ? below : bound + 1)) as { docs: string; n: number; key: number }[]
  const keys = rows.reduce((sum, { n }) => sum + n, 0)
  return {
    blocks: rows.filter(({ n }) => n > 1).map(({ docs }) => docs.split(',').map(Number)),
    keys,
    last: bound ?? rows.at(-1)?.key ?? after,
  }
}

type Scores = { pairs: FoundPair[]; compared: number; readonly matching: Matching }

function comparePage(raw: BetterSqlite3.Database, blocks: readonly number[][]): Scores {
  const customers = customersOf(raw, blocks.flat())
  const shared = blocks
    .map((docs) => [...new Set(docs.flatMap((doc) => customers.get(doc) ?? []))])
    .filter((ids) => ids.length > 1)
  const scores: Scores = { pairs: [], compared: 0, matching: matchingOn(raw) }
  const small = shared.filter((ids) => ids.length <= LARGE_BLOCK)
  const known = readCompared(raw, [...new Set(small.flat())])
  for (const ids of small) {
    const records = present(ids, known)
    compareNear(records, records.length, scores)
  }
  for (const ids of shared) if (ids.length > LARGE_BLOCK) compareLarge(raw, ids, scores)
  return scores
}

/** A contact's document stands for the customer he belongs to; leads are compared where they are written. */
function customersOf(raw: BetterSqlite3.Database, docs: readonly number[]): Map<number, string> {
  const rows = prepared(
    raw,
    `select d.id, coalesce(d.customer_id, d.record_id) as customer from json_each(?) w cross join search_doc d on d.id = w.value and d.entity <> 'lead'`,
  ).all(JSON.stringify(docs)) as { id: number; customer: string }[]
  return new Map(rows.map(({ id, customer }) => [id, customer]))
}

const present = (ids: readonly string[], known: ReadonlyMap<string, Compared>): Compared[] =>
  ids.flatMap((id) => known.get(id) ?? [])

/** Each with the next `reach` behind it. */
function compareNear(records: readonly Compared[], reach: number, scores: Scores, from = 0): void {
  for (let later = Math.max(1, from); later < records.length; later++) {
    const b = records[later] as Compared
    for (let earlier = Math.max(0, later - reach); earlier < later; earlier++) {
      const a = records[earlier] as Compared
      if (a.deleted && b.deleted) continue
      scores.compared++
      const { verdict, bits } = scorePair(a.record, b.record, scores)
      if (verdict === 'different') continue
      const [first, second] = a.id < b.id ? [a.id, b.id] : [b.id, a.id]
      scores.pairs.push({ first, second, sure: verdict === 'same', bits })
    }
  }
}

/** A block of any size in stretches that overlap, laid in the order of names. */
function compareLarge(raw: BetterSqlite3.Database, ids: readonly string[], scores: Scores): void {
  const ordered = prepared(
    raw,
    'select c.id from json_each(?) w cross join customer c on c.id = w.value order by c.name_core, c.city, c.phone, c.id',
  )
    .pluck()
    .all(JSON.stringify(ids)) as string[]
  let tail: Compared[] = []
  for (let start = 0; start < ordered.length; start += STRETCH) {
    const stretch = ordered.slice(start, start + STRETCH)
    const records = [...tail, ...present(stretch, readCompared(raw, stretch))]
    compareNear(records, NEIGHBOURS, scores, tail.length)
    tail = records.slice(-NEIGHBOURS)
  }
}
