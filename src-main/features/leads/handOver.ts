import { sql } from 'kysely'
import type { CommandContext } from '../../kernel/context.ts'
import { plain, type ReadDb } from '../../kernel/database.ts'
import { giveTo } from './store.ts'

/** What became a customer keeps the name of who made it one. */
const HIS = sql`owner_id is not null and status <> 'converted'`

/** How many leads somebody leaves, those in the recycle bin too. */
export async function countLeads(db: ReadDb, employeeId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from lead where owner_id = ${employeeId} and ${HIS}`.execute(plain(db))
  return rows[0]?.n ?? 0
}

type Passing = { from: string; to: string; most: number }
/** Passes some of somebody's leads on, each with the note of how it changed hands. @returns their ids; fewer than `most` when none are left */
export async function passLeads(context: CommandContext, { from, to, most }: Passing): Promise<string[]> {
  const { rows } = await sql<{ id: string; ownerId: string; poolId: string | null; homePoolId: string | null }>`
    select id, owner_id as "ownerId", pool_id as "poolId", home_pool_id as "homePoolId" from lead
    where owner_id = ${from} and ${HIS} order by id limit ${BigInt(most)}`.execute(plain(context.tx))
  for (const row of rows) await giveTo(context, row, { ownerId: to, kind: 'transfer' })
  return rows.map(({ id }) => id)
}
