import { sql } from 'kysely'
import type { CommandContext } from './context.ts'

/** Blanks what the journal still shows of purged rows. The append-only guard lets only this through, and the purge's own hashed detail names the commands. */
export async function eraseImages(context: CommandContext, rowIds: readonly string[]): Promise<void> {
  await sql`update current_command set seq = -1 where id = 1`.execute(context.tx)
  await sql`update journal set before = iif(before is null, null, '{}'), after = iif(after is null, null, '{}') where row_id in (select value from json_each(${JSON.stringify(rowIds)}))`.execute(
    context.tx,
  )
  await sql`update current_command set seq = ${context.seq} where id = 1`.execute(context.tx)
}
