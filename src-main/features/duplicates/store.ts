import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import type {
  DuplicateFilter,
  DuplicateGroup,
  DuplicateMember,
  DuplicateRun,
} from '../../../src-shared/features/duplicates/model.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { mayAskBy, maskValue, rowsFor } from '../../kernel/policy.ts'

type Db = ReadDb | WriteTx

export async function lastRun(db: Db): Promise<DuplicateRun | null> {
  const row = await db
    .selectFrom('duplicateRun')
    .select(['id', 'userName', 'customers', 'compared', 'sure', 'maybe', 'createdAt', 'finishedAt'])
    .where('state', '=', 'done')
    .orderBy('finishedAt', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst()
  return row ? (row as DuplicateRun) : null
}

/** What a pool hides may be the very thing two were found alike by: in a pool nobody is seen here, as a member of it. */
const OUT_OF_POOLS = { pool: null } as const

/**
 * Open: two of it are not in the recycle bin, nobody said that they are not one, and the caller may see one of the two.
 * Asked of the rows as they are now, so that undo, restoring and a new decision need to remember nothing here.
 */
function isOpen(actor: Actor): RawBuilder<SqlBool> {
  return sql<SqlBool>`exists (select 1 from duplicate_member a join customer t on t.id = a.customer_id and t.deleted_at is null
      join duplicate_member b on b.run_id = a.run_id and b.n = a.n and b.customer_id <> a.customer_id
      join customer cb on cb.id = b.customer_id and cb.deleted_at is null
      where a.run_id = g.run_id and a.n = g.n and ${rowsFor(actor, customerEntity, 't', 'read', OUT_OF_POOLS)}
        and not exists (select 1 from not_duplicate x
          where x.first_id = min(a.customer_id, b.customer_id) and x.second_id = max(a.customer_id, b.customer_id)))`
}

const ofKind = (filter: DuplicateFilter): RawBuilder<SqlBool> =>
  filter === 'all' ? sql<SqlBool>`1 = 1` : sql<SqlBool>`g.sure = ${filter === 'sure' ? sql`1` : sql`0`}`

export type StoredGroup = { n: number; sure: number; score: number; because: string }

export type PageInput = { runId: string; filter: DuplicateFilter; offset: number; limit: number }

export async function openGroups(db: Db, actor: Actor, input: PageInput): Promise<StoredGroup[]> {
  const { rows } = await sql<StoredGroup>`
    select g.n, g.sure, g.score, g.because from duplicate_group g
    where g.run_id = ${input.runId} and ${ofKind(input.filter)} and ${isOpen(actor)} order by g.n limit ${input.limit} offset ${input.offset}`.execute(
    plain(db),
  )
  return rows
}

/** How many groups are open as the search found them. */
export async function countOpen(db: Db, actor: Actor, runId: string): Promise<{ sure: number; maybe: number }> {
  const { rows } = await sql<{ sure: number; n: number }>`
    select g.sure, count(*) as n from duplicate_group g where g.run_id = ${runId} and ${isOpen(actor)} group by g.sure`.execute(
    plain(db),
  )
  const of = (sure: number) => rows.find((row) => row.sure === sure)?.n ?? 0
  return { sure: of(1), maybe: of(0) }
}

/** One group if it is open to the caller. */
export async function openGroup(db: Db, actor: Actor, runId: string, n: number): Promise<StoredGroup | null> {
  const { rows } = await sql<StoredGroup>`
    select g.n, g.sure, g.score, g.because from duplicate_group g where g.run_id = ${runId} and g.n = ${n} and ${isOpen(actor)}`.execute(
    plain(db),
  )
  return rows[0] ?? null
}

/** A member as stored: nothing of it has gone through the policy. */
export type StoredMember = {
  n: number
  at: number
  id: string
  name: string
  ownerId: string | null
  ownerName: string | null
  deleted: boolean
  visible: boolean
}

/**
 * Members of groups who still belong there: alive or in the recycle bin, and not said to be different from every other. `at` counts
 * all that were ever in the group, so that it stays the same whatever is decided.
 */
export async function membersOf(db: Db, actor: Actor, runId: string, ns: readonly number[]): Promise<StoredMember[]> {
  const { rows } = await sql<Omit<StoredMember, 'deleted' | 'visible'> & { deletedAt: string | null; visible: number }>`
    select m.n, m.at, c.id, c.name, c.owner_id as "ownerId", e.name as "ownerName", c.deleted_at as "deletedAt",
      ${rowsFor(actor, customerEntity, 'c', 'read', OUT_OF_POOLS)} as visible
    from (select n, customer_id, row_number() over (partition by n order by customer_id) - 1 as at from duplicate_member
      where run_id = ${runId} and n in (select value from json_each(${JSON.stringify(ns)}))) m
    join customer c on c.id = m.customer_id left join employee e on e.id = c.owner_id
    where c.merged_into_id is null and exists (select 1 from duplicate_member o join customer oc on oc.id = o.customer_id
      where o.run_id = ${runId} and o.n = m.n and o.customer_id <> c.id and not exists (select 1 from not_duplicate x
        where x.first_id = min(c.id, o.customer_id) and x.second_id = max(c.id, o.customer_id)))
    order by m.n, m.at`.execute(plain(db))
  return rows.map(({ deletedAt, visible, ...row }) => ({ ...row, deleted: deletedAt !== null, visible: visible === 1 }))
}

/** A member as the caller may see him. */
export function seenBy(actor: Actor, { at, id, name, ownerName, deleted, visible }: StoredMember): DuplicateMember {
  return {
    at,
    id: (visible ? id : null) as DuplicateMember['id'],
    name: visible ? name : String(maskValue('text', name)),
    ownerName: mayAskBy(actor, customerEntity, 'ownerId') ? ownerName : null,
    visible,
    deleted,
  }
}

export const asGroup = ({ n, sure, score, because }: StoredGroup): Omit<DuplicateGroup, 'members'> => ({
  n,
  sure: sure === 1,
  score,
  because: JSON.parse(because) as string[],
})

/** Pairs of these customers that somebody said are not one, as `<first> <second>`. */
export async function decisionsAmong(db: Db, ids: readonly string[]): Promise<Set<string>> {
  const list = JSON.stringify(ids)
  const { rows } = await sql<{ pair: string }>`
    select first_id || ' ' || second_id as pair from not_duplicate
    where first_id in (select value from json_each(${list})) and second_id in (select value from json_each(${list}))`.execute(
    plain(db),
  )
  return new Set(rows.map(({ pair }) => pair))
}
