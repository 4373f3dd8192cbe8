import { BenchLayout } from '../../../src-shared/features/workbench/layout.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { ReadDb } from '../../kernel/database.ts'

/** Where one's own layout is kept. */
const SETTING = 'workbench'

export async function readLayout(db: ReadDb, userId: string): Promise<BenchLayout> {
  const row = await db
    .selectFrom('userSetting')
    .select('value')
    .where('userId', '=', userId)
    .where('key', '=', SETTING)
    .executeTakeFirst()
  return row ? BenchLayout.parse(JSON.parse(row.value)) : {}
}

/** How one likes to look at things is no history; only one's own windows hear of it. */
export async function writeLayout(context: CommandContext, layout: BenchLayout): Promise<BenchLayout> {
  const { userId, employeeId } = context.actor
  if (Object.keys(layout).length === 0)
    await context.tx.deleteFrom('userSetting').where('userId', '=', userId).where('key', '=', SETTING).execute()
  else {
    const value = JSON.stringify(layout)
    await context.tx
      .insertInto('userSetting')
      .values({ userId, key: SETTING, value })
      .onConflict((conflict) => conflict.columns(['userId', 'key']).doUpdateSet({ value }))
      .execute()
  }
  context.unchanged()
  if (employeeId !== null) context.afterCommit(() => context.services.noticesChanged([employeeId]))
  return layout
}
