import { sql } from 'kysely'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import type { Lookalike } from '../../../src-shared/features/customers/model.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { actorInPool, mayAskBy, rowsFor } from '../../kernel/policy.ts'

/** The fields by which a key of each kind is asked. */
const ASKED_BY = { phone: ['phone', 'phone2'], email: ['email'], code: ['creditCode'], core: ['name'], pinyin: ['name'] } as const

/**
 * Which of these customers the actor sees, living or in the recycle bin; `because`: the kinds of keys he found them by. Who lies in a
 * pool is not seen by what the pool hides: a number could be guessed.
 */
export async function seenAmong(
  db: ReadDb | WriteTx,
  actor: Actor,
  ids: readonly string[],
): Promise<(id: string, because?: Lookalike['because']) => boolean> {
  const { rows } = await sql<{ id: string; poolId: string | null }>`
    select t.id, t.pool_id as "poolId" from customer t where t.id in (select value from json_each(${JSON.stringify(ids)}))
      and ${rowsFor(actor, customerEntity, 't', 'read', { listed: true })}`.execute(plain(db))
  const pools = new Map(rows.map(({ id, poolId }) => [id, poolId]))
  return (id, because = []) => {
    if (!pools.has(id)) return false
    const limited = actorInPool(actor, pools.get(id))
    const isOpen = (kind: Lookalike['because'][number]) => ASKED_BY[kind].every((key) => mayAskBy(limited, customerEntity, key))
    return limited === actor || because.length === 0 || because.some(isOpen)
  }
}
