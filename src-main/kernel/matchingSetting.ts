import type BetterSqlite3 from 'better-sqlite3'
import type { Matching } from '../../src-shared/kernel/matching/language.ts'
import type { ReadDb, WriteTx } from './database.ts'
import { prepared } from './journal.ts'

/** The workspace's language of matching, for whoever compares on a connection of its own. The schema allows these two only. */
export const matchingOn = (raw: BetterSqlite3.Database): Matching =>
  (prepared(raw, 'select matching from workspace').pluck().get() as Matching | undefined) ?? 'zh'

export async function matchingOf(db: ReadDb | WriteTx): Promise<Matching> {
  const row = await db.selectFrom('workspace').select('matching').executeTakeFirst()
  return row?.matching === 'en' ? 'en' : 'zh'
}
