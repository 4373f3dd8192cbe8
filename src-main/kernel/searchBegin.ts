import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import type { EntityDescriptor } from '../../src-shared/kernel/entity.ts'
import { readingsOf } from '../../src-shared/kernel/pinyin/pinyin.ts'
import { plain, type ReadDb, type WriteTx } from './database.ts'
import { rowsFor } from './policy.ts'
import { onTheWay } from './records/path.ts'

const LITERAL = /^[\u4e00-\u9fff]+$/u
const MOST_READINGS = 16
/** So many that sound alike are looked at; the owner stands in the order of names, whose customer it is does not. */
const LOOKED_AT = 2000

/**
 * Chinese characters that names begin with are looked up in the order of names: where a word stands in every other name, the index of
 * words would be read to its end for the few that begin with it.
 * @returns the sort keys that such names begin with, one for each way of reading it; null where the order of names does not help
 */
export function soundsOfBeginning(words: string): string[] | null {
  if (!LITERAL.test(words)) return null
  let keys: string[] = ['']
  for (const { sounds } of readingsOf(words))
    keys = keys.flatMap((key) => sounds.map((sound) => (key ? `${key} ${sound}` : sound)))
  return keys.length > MOST_READINGS ? null : keys
}

type Beginning = { words: string; sounds: readonly string[]; limit: number }
/**
 * Living records that nobody keeps in a pool and whose names begin with these characters, as far as the actor reaches them; in the
 * order of names. Of one character alone only those that are called so: it begins too many.
 */
export async function namesBeginning(
  db: ReadDb | WriteTx,
  actor: Actor,
  entity: EntityDescriptor,
  { words, sounds, limit }: Beginning,
): Promise<string[]> {
  const length = [...words].length
  // Syllables are parted by blanks, and no sign that a key may hold comes before the one after a blank.
  const within = length === 1 ? sql`t.name_sort = k.value` : sql`t.name_sort >= k.value and t.name_sort < k.value || '!'`
  const outside: RawBuilder<unknown> = entity.pooled ? sql`and t.pool_id is null` : sql``
  const reached = onTheWay(rowsFor(actor, entity, entity.ownerKey ? 't' : 'n', 'read', { listed: true }))
  const { rows } = await sql<{ id: string }>`
    select c.id from (
      select t.rowid as found, t.name_sort as sort, t.id from json_each(${JSON.stringify(sounds)}) k cross join ${sql.table(entity.table)} t
      where ${within} and t.deleted_at is null ${outside} ${entity.ownerKey ? sql`and ${reached}` : sql``}
      order by t.name_sort, t.id limit ${BigInt(LOOKED_AT)}
    ) c cross join ${sql.table(entity.table)} n on n.rowid = c.found
    where substr(n.name, 1, ${BigInt(length)}) = ${words} ${entity.ownerKey ? sql`` : sql`and ${reached}`}
    order by c.sort, c.id limit ${BigInt(limit)}`.execute(plain(db))
  return rows.map(({ id }) => id)
}
