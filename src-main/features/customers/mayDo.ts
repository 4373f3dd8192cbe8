import { sql } from 'kysely'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import type { MayDo } from '../../../src-shared/features/customers/model.ts'
import type { QueryContext } from '../../kernel/context.ts'
import { type Verb, onlyReads, rowsFor } from '../../kernel/policy.ts'

type Found = { poolId: string | null; mayEdit: number; mayRemove: number; mayTransfer: number; mayRelease: number }

/** By the policy that the commands ask, so that no page offers what would be refused. The row has been found to be in sight. */
export async function mayDo({ db, actor }: Pick<QueryContext, 'db' | 'actor'>, id: string): Promise<MayDo> {
  const can = (verb: Verb) => rowsFor(actor, customerEntity, 't', verb)
  const { rows } = await sql<Found>`
    select t.pool_id, ${can('edit')} as may_edit, ${can('delete')} as may_remove,
      ${can('transfer')} as may_transfer, ${can('release')} as may_release
    from customer t where t.id = ${id}`.execute(db)
  const [found] = rows
  return {
    edit: found?.mayEdit === 1,
    remove: found?.mayRemove === 1,
    transfer: found?.mayTransfer === 1,
    release: found?.mayRelease === 1,
    say: found !== undefined && !onlyReads(actor, found.poolId),
  }
}
