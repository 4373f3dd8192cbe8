import { sql } from 'kysely'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import { columnOf, type EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { Entity } from '../../../src-shared/kernel/procedure.ts'
import { plain, type ReadDb, type WriteTx } from '../database.ts'
import { rowsFor } from '../policy.ts'

/** `opens`: the record with a page of its own, the customer behind what hangs on him; null in the recycle bin. */
export type Named = { title: string; ofName: string | null; opens: { entity: Entity; id: string } | null }
type NameRow = { id: string; opens: string; title: string; ofName: string | null; living: number }

/** Records by their ids, as far as the actor may see them today. */
export async function namesOf(
  db: ReadDb | WriteTx,
  actor: Actor,
  entity: EntityDescriptor,
  ids: readonly string[],
): Promise<Map<string, Named>> {
  if (ids.length === 0) return new Map()
  const table = sql.table(entity.table)
  const reached = rowsFor(actor, entity, 't')
  const among = sql`t.id in (select value from json_each(${JSON.stringify(ids)})) and ${reached}`
  const living = entity.recyclable || entity.parentKey ? sql`t.deleted_at is null` : sql`1`
  const title = sql.ref(`t.${columnOf(entity.title)}`)
  // What has an owner of its own has a page of its own.
  const ofParent = entity.parentKey !== undefined && entity.ownerKey === undefined
  const { rows } = await (ofParent
    ? sql<NameRow>`select t.id, c.id as "opens", ${title} as title, c.name as "ofName", ${living} as living from ${table} t
        join customer c on c.id = ${sql.ref(`t.${columnOf(entity.parentKey ?? '')}`)} where ${among}`
    : sql<NameRow>`select t.id, t.id as "opens", ${title} as title, null as "ofName", ${living} as living from ${table} t where ${among}`
  ).execute(plain(db))
  const opened: Entity = ofParent ? 'customer' : entity.name
  return new Map(
    rows.map(({ id, opens, living: here, ...names }) => [id, { ...names, opens: here ? { entity: opened, id: opens } : null }]),
  )
}
