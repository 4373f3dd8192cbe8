import { toHalfWidth } from '../../kernel/cleaning/text.ts'
import { nameCore } from '../../kernel/matching/nameCore.ts'
import { toSimplified } from '../../kernel/matching/simplified.ts'
import { soundOf } from '../../kernel/pinyin/pinyin.ts'

export type Counted = { readonly value: string; readonly count: number }
/** Why values are taken for one: written alike, sounding alike, or one sign apart. */
export const CLUSTER_KINDS = ['writing', 'sound', 'typo'] as const
export type ClusterKind = (typeof CLUSTER_KINDS)[number]
/** Only what is written otherwise is surely one: 食品 and 饰品 sound alike and are two trades, so a person says so of each group by itself. */
export const isSure = ({ kind }: { readonly kind: ClusterKind }): boolean => kind === 'writing'
/** Values that are likely the same; `to` is the most frequent of those written cleanly, `rows` how many rows would change. */
export type Cluster = {
  readonly kind: ClusterKind
  readonly to: string
  readonly values: readonly Counted[]
  readonly rows: number
}

/** How the values of a column are compared. A company keeps its place and its branch; a person of another writing is another person. */
export type ClusterStyle = 'word' | 'company' | 'person' | 'place'

/** Words that say what a column is rather than what its value is: 机械行业 = 机械, 苏州市 = 苏州. */
const TAILS: Partial<Record<ClusterStyle, RegExp>> = {
  word: /(?:行业|产业|业|类|型|级|渠道|客户)$/,
  place: /(?:特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治区|自治州|地区|省|市|区|县|盟|旗)$/,
}
const SHORTEST_FOR_SOUND = 2
const SHORTEST_FOR_TYPO = 4
const SHORTEST_LATIN_FOR_TYPO = 6

/** Groups the values of one column that are likely the same, most rows first. */
export function clusterValues(values: readonly Counted[], style: ClusterStyle): Cluster[] {
  const known = values.filter(({ value }) => value.trim() !== '').toSorted((a, b) => b.count - a.count)
  const written = gather(known, ({ value }) => writingKey(value, style))
  const heads: Head[] = [...written].map(([key, members]) => ({ key, members: best(members), others: [] }))
  const clusters = heads.filter(({ members }) => members.length > 1).map(({ members }) => clusterOf('writing', members))
  const taken = new Set<Head>()
  const join = (head: Head, other: Head): void => {
    head.others.push(other)
    taken.add(other)
  }
  const close = (kind: ClusterKind): void => {
    for (const head of heads) {
      if (head.others.length === 0 || taken.has(head)) continue
      // One spelling of each: how each of them is written is a group of its own.
      clusters.push(clusterOf(kind, best([head, ...head.others].flatMap(({ members }) => members.slice(0, 1)))))
      taken.add(head)
    }
  }
  for (const group of gather(heads, ({ key }) => soundKey(key)).values()) {
    const [head, ...others] = group
    if (head) for (const other of others) join(head, other)
  }
  const rest = heads.filter((head) => !taken.has(head) && head.others.length === 0)
  close('sound')
  if (style !== 'person') joinTypos(rest, join)
  close('typo')
  return clusters.toSorted((a, b) => b.rows - a.rows || CLUSTER_KINDS.indexOf(a.kind) - CLUSTER_KINDS.indexOf(b.kind))
}

function clusterOf(kind: ClusterKind, values: readonly Counted[]): Cluster {
  const all = values.reduce((sum, { count }) => sum + count, 0)
  return { kind, to: values[0]?.value ?? '', values, rows: all - (values[0]?.count ?? 0) }
}

/** A blank between Chinese signs, signs of full width, a mark left at an end: nobody means to write so, however often it was done. */
const STRAY =
  /[\u3400-\u9fff]\s+[\u3400-\u9fff]|\s{2}|[\u3000\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]|^[\s,;:、，。；：]|[\s,;:、，。；：]$/u

/** The spelling to keep first: written cleanly, then the most frequent, then the one in today's characters. */
function best(members: readonly Counted[]): Counted[] {
  const isStray = ({ value }: Counted): number => (STRAY.test(value) ? 1 : 0)
  const isToday = ({ value }: Counted): number => (toSimplified(value) === value ? 1 : 0)
  return members.toSorted((a, b) => isStray(a) - isStray(b) || b.count - a.count || isToday(b) - isToday(a))
}

function gather<T>(list: readonly T[], keyOf: (one: T) => string | null): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of list) {
    const key = keyOf(one)
    if (key === null) continue
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return groups
}

/** What is left of a value without case, width, blanks, marks and old characters; words of letters in the order of the alphabet. */
function writingKey(value: string, style: ClusterStyle): string {
  const plain = toSimplified(toHalfWidth(value)).toLowerCase()
  if (style === 'company') {
    const { core, branch, region } = nameCore(value)
    if (core !== '') return `${core}\u0001${branch ?? ''}\u0001${region ?? ''}`
  }
  const words = plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')
  const joined = words.some((word) => /[\u3400-\u9fff]/.test(word)) ? words.join('') : words.toSorted().join(' ')
  const tail = TAILS[style]
  const bare = tail ? joined.replace(tail, '') : joined
  // 业 alone, or a single sign that would stand for half the list, says nothing.
  return bare.length >= 2 || bare === joined ? bare : joined
}

/** Homophones: 机械 and 机戒. Only Chinese, and not so short that half the dictionary sounds like it. */
function soundKey(key: string): string | null {
  const [core = '', ...rest] = key.split('\u0001')
  if ([...core].length < SHORTEST_FOR_SOUND || !/^[\u3400-\u9fff]+$/.test(core)) return null
  return [soundOf(core), ...rest].join('\u0001')
}

/** One value in its spellings, the best one first, and the values that may be meant by it, too. */
type Head = { readonly key: string; readonly members: readonly Counted[]; readonly others: Head[] }

/** One sign more, less or other; a rarer value joins the most frequent one that is near, so that nothing chains. Figures are never a slip. */
function joinTypos(heads: readonly Head[], join: (head: Head, other: Head) => void): void {
  const countOf = ({ members }: Head): number => members.reduce((sum, { count }) => sum + count, 0)
  const ordered = heads.toSorted((a, b) => countOf(b) - countOf(a))
  const near = new Map<string, Head[]>()
  const gone = new Set<Head>()
  for (const head of ordered) {
    const core = head.key.split('\u0001')[0] ?? ''
    const rest = head.key.slice(core.length)
    if (!isLongEnough(core)) continue
    const forms = [core, ...withoutOne(core)]
    const found = forms
      .flatMap((form) => near.get(form + rest) ?? [])
      .find((other) => !gone.has(other) && oneApart(core, other.key.split('\u0001')[0] ?? ''))
    if (found) {
      join(found, head)
      gone.add(head)
      continue
    }
    for (const form of forms) {
      const list = near.get(form + rest)
      if (list) list.push(head)
      else near.set(form + rest, [head])
    }
  }
}

function isLongEnough(core: string): boolean {
  if (/\d/.test(core)) return false
  return [...core].length >= (/[\u3400-\u9fff]/.test(core) ? SHORTEST_FOR_TYPO : SHORTEST_LATIN_FOR_TYPO)
}

const withoutOne = (core: string): string[] => [...core].map((_, at, all) => all.filter((__, other) => other !== at).join(''))

/** True when one insertion, removal or replacement makes the one the other; two neighbours that changed places count as one, too. */
export function oneApart(a: string, b: string): boolean {
  const [long, short] = [...a].length >= [...b].length ? [[...a], [...b]] : [[...b], [...a]]
  if (long.length - short.length > 1) return false
  let at = 0
  while (at < short.length && long[at] === short[at]) at++
  const [restLong, restShort] = [long.slice(at), short.slice(at)]
  if (long.length > short.length) return restLong.slice(1).join('') === restShort.join('')
  if (restLong.slice(1).join('') === restShort.slice(1).join('')) return true
  return (
    restLong[0] === restShort[1] && restLong[1] === restShort[0] && restLong.slice(2).join('') === restShort.slice(2).join('')
  )
}
