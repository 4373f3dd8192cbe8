import { setImmediate } from 'node:timers/promises'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import { clusterPairs } from '../../../src-shared/kernel/matching/cluster.ts'
import { type PairScore, type ScoreRules, scorePair } from '../../../src-shared/kernel/matching/score.ts'
import { said } from '../../../src-shared/kernel/matching/weights.ts'
import { prepared } from '../../kernel/journal.ts'
import { matchingOn } from '../../kernel/matchingSetting.ts'
import type { TaskContext } from '../../kernel/tasks.ts'
import { askable, type Compared, readCompared } from '../customers/public.ts'
import { withoutMapping } from './walkTask.ts'

export type FoundGroup = { sure: boolean; score: number; because: string[]; members: string[] }
export type Grouped = { groups: FoundGroup[]; from: number; total: number }

/** Members in memory at a time, unless one cluster alone has more. */
const RECORDS_AT_ONCE = 2000
const GROUPS_AT_ONCE = 200

type Pair = { first: string; second: string; sure: number; bits: number }
/** Records that hang together by pairs of any kind; what is not connected cannot end in one group. */
type Component = { ids: string[]; pairs: Pair[] }

/**
 * Makes groups of the pairs that a walk found, component by component: first of the sure pairs, then of the doubtful ones between
 * them, so that a doubtful pair never makes a sure group doubtful. What somebody said is not the same is left out before.
 */
export function groupPairs(context: TaskContext, input: { runId: string }): Promise<Counted> {
  return withoutMapping(context.raw, () => group(context, input))
}

type Counted = { customers: number; sure: number; maybe: number }

async function group(context: TaskContext, { runId }: { runId: string }): Promise<Counted> {
  const pairs = prepared(
    context.raw,
    `select p.first_id as first, p.second_id as second, p.sure, p.bits from duplicate_pair p where p.run_id = ?
      and not exists (select 1 from not_duplicate x where x.first_id = p.first_id and x.second_id = p.second_id)`,
  ).all(runId) as Pair[]
  const rules = { matching: matchingOn(context.raw) }
  const groups: FoundGroup[] = []
  for (const batch of batchesOf(componentsOf(pairs))) {
    context.signal.throwIfAborted()
    const known = { records: readCompared(context.raw, [...new Set(batch.flatMap(({ ids }) => ids))]), rules }
    for (const component of batch) groups.push(...groupsOf(component, known))
    await setImmediate()
  }
  groups.sort(
    (a, b) => Number(b.sure) - Number(a.sure) || b.score - a.score || ((a.members[0] ?? '') < (b.members[0] ?? '') ? -1 : 1),
  )
  for (let from = 0; from < groups.length; from += GROUPS_AT_ONCE) {
    context.signal.throwIfAborted()
    context.report({ groups: groups.slice(from, from + GROUPS_AT_ONCE), from, total: groups.length } satisfies Grouped)
    await setImmediate()
  }
  const sure = groups.filter((group) => group.sure).length
  const customers = prepared(context.raw, 'select count(*) from customer where deleted_at is null').pluck().get() as number
  return { customers, sure, maybe: groups.length - sure }
}

function componentsOf(pairs: readonly Pair[]): Component[] {
  const numbers = new Map<string, number>()
  const parent: number[] = []
  const numberOf = (id: string): number => {
    const known = numbers.get(id)
    if (known !== undefined) return known
    numbers.set(id, parent.length)
    parent.push(parent.length)
    return parent.length - 1
  }
  const top = (at: number): number => {
    let walk = at
    while (parent[walk] !== walk) {
      const above = parent[walk] ?? walk
      parent[walk] = parent[above] ?? above
      walk = above
    }
    return walk
  }
  for (const { first, second } of pairs) {
    const [a, b] = [top(numberOf(first)), top(numberOf(second))]
    if (a !== b) parent[Math.max(a, b)] = Math.min(a, b)
  }
  const components = new Map<number, Component>()
  for (const [id, number] of numbers) {
    const component = components.get(top(number)) ?? { ids: [], pairs: [] }
    component.ids.push(id)
    components.set(top(number), component)
  }
  for (const pair of pairs) components.get(top(numberOf(pair.first)))?.pairs.push(pair)
  return [...components.values()]
}

function* batchesOf(components: readonly Component[]): Generator<Component[]> {
  let batch: Component[] = []
  let records = 0
  for (const component of components) {
    batch.push(component)
    records += component.ids.length
    if (records < RECORDS_AT_ONCE) continue
    yield batch
    batch = []
    records = 0
  }
  if (batch.length > 0) yield batch
}

function groupsOf({ ids, pairs }: Component, known: Known): FoundGroup[] {
  const at = new Map(ids.map((id, index) => [id, index]))
  const scored = pairs.map((pair) => ({ ...pair, a: at.get(pair.first) ?? 0, b: at.get(pair.second) ?? 0, score: pair.bits }))
  const apart = (a: number, b: number) => inConflict(known, ids[a] ?? '', ids[b] ?? '')
  const house = clusterPairs(
    ids.length,
    scored.filter(({ sure }) => sure === 1),
    apart,
  )
  const sureGroups = clustersOf(ids, house).map((members) => groupOf(members, pairs, known, true))
  const between = bestBetween(
    scored.filter(({ a, b }) => house[a] !== house[b]),
    house,
  )
  const doubtful = clusterPairs(
    ids.length,
    between.map(({ pair, a, b }) => ({ a, b, score: pair.bits })),
    apart,
  )
  const maybeGroups = clustersOf(ids, doubtful).map((members) =>
    groupOf(
      members,
      between.map(({ pair, a, b }) => ({ ...pair, first: ids[a] ?? '', second: ids[b] ?? '' })),
      known,
      false,
    ),
  )
  return [...sureGroups, ...maybeGroups].flatMap((group) => group ?? [])
}

/** Records in memory, and the workspace's way of comparing them. */
type Known = { readonly records: ReadonlyMap<string, Compared>; readonly rules: ScoreRules }

function inConflict({ records, rules }: Known, first: string, second: string): boolean {
  const [a, b] = [records.get(first), records.get(second)]
  return a !== undefined && b !== undefined && scorePair(a.record, b.record, rules).conflict
}

function clustersOf(ids: readonly string[], tops: readonly number[]): string[][] {
  const clusters = new Map<number, string[]>()
  for (const [index, top] of tops.entries()) {
    const id = ids[index] ?? ''
    const known = clusters.get(top)
    if (known) known.push(id)
    else clusters.set(top, [id])
  }
  return [...clusters.values()].filter((members) => members.length > 1)
}

type Numbered = Pair & { a: number; b: number }

/** Of the pairs between two sure clusters the likeliest, and of each cluster the one member who stands for it. */
function bestBetween(pairs: readonly Numbered[], house: readonly number[]): { pair: Pair; a: number; b: number }[] {
  const best = new Map<string, Numbered>()
  for (const pair of pairs) {
    const key = [house[pair.a] ?? 0, house[pair.b] ?? 0].sort((x, y) => x - y).join(' ')
    const known = best.get(key)
    if (!known || pair.bits > known.bits) best.set(key, pair)
  }
  const speaker = new Map<number, number>()
  const speakerOf = (at: number): number => {
    const top = house[at] ?? at
    if (!speaker.has(top)) speaker.set(top, at)
    return speaker.get(top) ?? at
  }
  return [...best.values()].sort((x, y) => y.bits - x.bits).map((pair) => ({ pair, a: speakerOf(pair.a), b: speakerOf(pair.b) }))
}

/** A group needs two who are not in the recycle bin; its figure is that of the member least surely in it. */
function groupOf(members: readonly string[], pairs: readonly Pair[], known: Known, sure: boolean): FoundGroup | null {
  if (members.filter((id) => known.records.get(id)?.deleted === false).length < 2) return null
  const inside = new Set(members)
  const own = pairs.filter(({ first, second }) => inside.has(first) && inside.has(second))
  const best = new Map<string, number>()
  for (const { first, second, bits } of own)
    for (const id of [first, second]) best.set(id, Math.max(bits, best.get(id) ?? Number.NEGATIVE_INFINITY))
  const strongest = own.reduce<Pair | null>((one, other) => (one === null || other.bits > one.bits ? other : one), null)
  const [a, b] = [known.records.get(strongest?.first ?? ''), known.records.get(strongest?.second ?? '')]
  return {
    sure,
    score: thousandths(Math.min(...best.values())),
    because: a && b ? speaking(scorePair(a.record, b.record, known.rules)) : [],
    members: [...members].sort(),
  }
}

export const thousandths = (bits: number): number => Math.round(1000 / (1 + 2 ** -bits))
/** What speaks for the two being one, and what against it. */
export const speaking = ({ reasons }: PairScore): string[] => said(reasons)

export type Alike = { score: number; sure: boolean; because: string[] }

/** For each of a few customers but the first, how much he resembles whom he resembles most, by what the caller may ask by. */
export function alikeAmong(
  { raw }: TaskContext,
  { ids, actor }: { ids: string[]; actor: Actor },
): Promise<Record<string, Alike>> {
  const known = readCompared(raw, ids, askable(actor))
  const rules = { matching: matchingOn(raw) }
  const alike = ids.slice(1).flatMap((id): [string, Alike][] => {
    const own = known.get(id)
    if (!own) return []
    const scores = ids.flatMap((other) =>
      other === id ? [] : [known.get(other) ?? []].flat().map(({ record }) => scorePair(record, own.record, rules)),
    )
    const best = scores.reduce<PairScore | null>((one, other) => (one === null || other.bits > one.bits ? other : one), null)
    return best ? [[id, { score: thousandths(best.bits), sure: best.verdict === 'same', because: speaking(best) }]] : []
  })
  return Promise.resolve(Object.fromEntries(alike))
}
