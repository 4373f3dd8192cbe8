import type { DuplicateGroup } from '../../../src-shared/features/duplicates/model.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import type { TaskContext } from '../../kernel/tasks.ts'
import { type SeenAlike, seenAlike, seesAll } from './seen.ts'
import {
  asGroup,
  countOpen,
  membersOf,
  openGroups,
  type PageInput,
  seenBy,
  type StoredGroup,
  type StoredMember,
} from './store.ts'

type Context = Pick<TaskContext, 'db' | 'raw'>

/** Groups as the caller may see them; `rows` may be fewer than asked for where some say nothing to him. */
export async function groupsPage(
  context: Context,
  actor: Actor,
  input: PageInput,
): Promise<{ rows: DuplicateGroup[]; hasMore: boolean }> {
  // Sure for who sees everything may be doubtful for who does not: his pages are cut from all of them.
  const filter = seesAll(actor) ? input.filter : 'all'
  const found = await openGroups(context.db, actor, { ...input, filter, limit: input.limit + 1 })
  const rows = (await inSight(context, actor, input.runId, found.slice(0, input.limit))).filter(
    ({ sure }) => input.filter === 'all' || sure === (input.filter === 'sure'),
  )
  return { rows, hasMore: found.length > input.limit }
}

const COUNTED_AT_ONCE = 500

export async function countGroups(context: Context, actor: Actor, runId: string): Promise<{ sure: number; maybe: number }> {
  if (seesAll(actor)) return countOpen(context.db, actor, runId)
  const counts = { sure: 0, maybe: 0 }
  for (let offset = 0; ; offset += COUNTED_AT_ONCE) {
    const page = await groupsPage(context, actor, { runId, filter: 'all', offset, limit: COUNTED_AT_ONCE })
    for (const { sure } of page.rows) counts[sure ? 'sure' : 'maybe']++
    if (!page.hasMore) return counts
  }
}

async function inSight(
  { db, raw }: Context,
  actor: Actor,
  runId: string,
  groups: readonly StoredGroup[],
): Promise<DuplicateGroup[]> {
  const all = await membersOf(
    db,
    actor,
    runId,
    groups.map(({ n }) => n),
  )
  const members = Map.groupBy(all, ({ n }) => n)
  const show = (group: StoredGroup, of: readonly StoredMember[]): DuplicateGroup => ({
    ...asGroup(group),
    members: of.map((one) => seenBy(actor, one)),
  })
  if (seesAll(actor)) return groups.map((group) => show(group, members.get(group.n) ?? []))
  const alike = seenAlike(
    raw,
    actor,
    groups.map(({ n }) => ({ n, ids: (members.get(n) ?? []).map(({ id }) => id) })),
  )
  return groups.flatMap((group) => {
    const seen = alike.get(group.n)
    const left = (members.get(group.n) ?? []).filter(({ id }) => seen?.ids.includes(id))
    // Of strangers alone he is told nothing.
    return seen && left.some((one) => seenBy(actor, one).visible) ? [{ ...show(group, left), ...told(seen) }] : []
  })
}

export const told = ({ sure, score, because }: SeenAlike): Omit<SeenAlike, 'ids'> => ({ sure, score, because })

/** One group, where not all that was compared is for the caller: null when it says nothing to him. */
export const groupSeen = ({ raw }: TaskContext, { actor, ids }: { actor: Actor; ids: string[] }): Promise<SeenAlike | null> =>
  Promise.resolve(seenAlike(raw, actor, [{ n: 0, ids }]).get(0) ?? null)
