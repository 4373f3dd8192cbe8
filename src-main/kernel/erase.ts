import { sql } from 'kysely'
import type { CommandContext } from './context.ts'
import { businessTables } from './tableList.ts'

/** Whose a row was is no secret of the row itself, and live updates must still tell the owner that it is gone. */
const BLANK = sql`json_object('owner_id', before ->> 'owner_id', 'customer_id', before ->> 'customer_id')`

/**
 * Blanks what the journal and the remembered answers still show of purged rows. The append-only guard lets only this through,
 * and the purge's own hashed detail names the commands.
 */
export async function eraseImages(context: CommandContext, rowIds: readonly string[]): Promise<void> {
  const tables = sql.join(businessTables.map(({ name }) => sql.val(name)))
  const theirs = sql`tbl in (${tables}) and row_id in (select value from json_each(${JSON.stringify(rowIds)}))`
  await sql`update current_command set seq = -1 where id = 1`.execute(context.tx)
  await sql`update journal set before = iif(before is null, null, ${BLANK}), after = iif(after is null, null, '{}') where ${theirs}`.execute(
    context.tx,
  )
  await sql`update current_command set seq = ${context.seq} where id = 1`.execute(context.tx)
  await sql`update idempotency set reply = null where seq in (select seq from journal where ${theirs})`.execute(context.tx)
}

/** The commands, but the one under way, whose images show these rows: the hashed detail of a purge names them. */
export async function seqsShowing(context: CommandContext, rowIds: readonly string[]): Promise<number[]> {
  const tables = sql.join(businessTables.map(({ name }) => sql.val(name)))
  const { rows } = await sql<{ seq: number }>`
    select distinct seq from journal where tbl in (${tables}) and row_id in (select value from json_each(${JSON.stringify(rowIds)}))
    and seq <> ${BigInt(context.seq)}`.execute(context.tx)
  return rows.map(({ seq }) => seq)
}

/** Rows that are only ever added go with the records they tell of, when these go for good. */
export async function eraseAdded(
  context: CommandContext,
  { table, column }: { readonly table: string; readonly column: string },
  ids: readonly string[],
): Promise<void> {
  await sql`update current_command set seq = -1 where id = 1`.execute(context.tx)
  await sql`delete from ${sql.table(table)} where ${sql.ref(column)} in (select value from json_each(${JSON.stringify(ids)}))`.execute(
    context.tx,
  )
  await sql`update current_command set seq = ${BigInt(context.seq)} where id = 1`.execute(context.tx)
}
