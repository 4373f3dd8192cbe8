import { employeeState } from '../../kernel/leaving.ts'
import type { ImportOptions } from '../../../src-shared/features/imports/model.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { ReadDb, WriteTx } from '../../kernel/database.ts'
import { poolChoices } from '../pools/public.ts'
import { poolByName, poolsByName } from './holderCells.ts'

type Holder = Pick<ImportOptions['defaults'], 'ownerId' | 'poolId'>

/** @throws Refusal when new records would be given to somebody who is not here, or go into a pool that is not. */
export async function requireHolder(db: ReadDb | WriteTx, today: string, { ownerId, poolId }: Holder): Promise<void> {
  if (poolId && !(await poolChoices(db)).some(({ id }) => id === poolId)) throw new Refusal('poolUnknown')
  if (!ownerId) return
  const state = await employeeState(db, ownerId, today)
  if (state !== 'here') throw new Refusal(state === 'unknown' ? 'ownerUnknown' : 'ownerLeft')
}

/** @throws Refusal when no pool, or more than one, is called so. */
export async function poolNamed(db: ReadDb, name: string): Promise<string> {
  const id = poolByName(poolsByName(await poolChoices(db)), name)
  if (id === undefined) throw new Refusal('poolUnknown', { name })
  return id
}
