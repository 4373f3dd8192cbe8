import { sql } from 'kysely'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { columnOf, type EntityDescriptor } from '../../src-shared/kernel/entity.ts'
import { plain, type ReadDb, type WriteTx } from './database.ts'
import { mayAskBy, mayReadKind, reachIn, rowsFor } from './policy.ts'
import { onTheWay } from './records/path.ts'
import { matchSearch } from './searchQuery.ts'
import { dealMemberToken, dealOwnerToken, dealToken } from './searchTerms.ts'

/** Of what is not one's own so many of the newest are looked at, whoever they belong to; one's own stand in the index by themselves. */
const LOOKED_AT = 3000

/** `limit`: of those found by themselves; `few`: of those that hang on these customers. */
type Asked = { words: string; limit: number; customers: readonly string[]; few: number }
/** Ids, newest first. */
type Matched = { own: string[]; hanging: string[] }

/**
 * Living deals or papers of one kind that the actor reaches: those found by their own title and number, and those of customers whom he
 * found; newest first each. They carry no scope of their customers, whom they would have to follow from hand to hand, so what
 * is reached is asked of the rows.
 */
export async function matchDeals(
  db: ReadDb | WriteTx,
  actor: Actor,
  entity: EntityDescriptor,
  { words, limit, customers, few }: Asked,
): Promise<Matched> {
  if (!mayReadKind(actor, entity)) return { own: [], hanging: [] }
  const reach = entity.ownerKey ? reachIn(actor, entity, 'read') : []
  const found = async (scopes: string[], most: number): Promise<string[]> =>
    (await matchSearch(db, actor, words, { entity: entity.name, limit: most, scopes })).ids
  const all = [dealToken(entity.name)]
  if (reach === 'all') return within(db, actor, entity, { ids: await found(all, limit), limit, customers, few })
  const own = reach === 'none' ? [] : reach.map((id) => dealOwnerToken(entity.name, id))
  if (actor.employeeId !== null && entity.ownerKey) own.push(dealMemberToken(entity.name, actor.employeeId))
  const ids = new Set([...(await found(own, limit)), ...(await found(all, LOOKED_AT))])
  return within(db, actor, entity, { ids: [...ids], limit, customers, few })
}

async function within(
  db: ReadDb | WriteTx,
  actor: Actor,
  entity: EntityDescriptor,
  { ids, limit, customers, few }: Omit<Asked, 'words'> & { ids: readonly string[] },
): Promise<Matched> {
  const parent = entity.parentKey ?? ''
  const reached = sql`t.deleted_at is null ${entity.name === 'quote' ? sql`and t.superseded = 0` : sql``}
    and ${onTheWay(rowsFor(actor, entity, 't', 'read', { listed: true }))}`
  const table = sql.table(entity.table)
  const own = await sql<{ id: string }>`
    select t.id from json_each(${JSON.stringify(ids)}) w cross join ${table} t on t.id = w.value
    where ${reached} order by w.key limit ${BigInt(limit)}`.execute(plain(db))
  const hanging = mayAskBy(actor, entity, parent)
    ? await sql<{ id: string }>`
        select t.id from json_each(${JSON.stringify(customers)}) w cross join ${table} t on ${sql.ref(`t.${columnOf(parent)}`)} = w.value
        where ${reached} order by t.created_at desc, t.id desc limit ${BigInt(few)}`.execute(plain(db))
    : { rows: [] }
  const known = new Set(own.rows.map(({ id }) => id))
  return { own: [...known], hanging: hanging.rows.flatMap(({ id }) => (known.has(id) ? [] : [id])) }
}
