import { type RawBuilder, sql } from 'kysely'
import type { Tally } from '../../../src-shared/features/reports/rules.ts'
import { plain } from '../../kernel/database.ts'
import type { Expression, Ground } from './ground.ts'

/** What no key holds: words of the program, ids and numbers. */
const BETWEEN = '|'
export type CountedBy = Tally & { readonly keys: readonly string[]; readonly g: string | null }

/**
 * Counts and sums of amounts by several keys and a group `g`, which may be any text or null. The keys are put together into one
 * text: SQLite sorts by one column in half the time that several take.
 * @param rows from what and where, `t` being opportunities; a key that is null counts as empty
 */
export async function countBy(
  { db, seesAmount }: Pick<Ground, 'db' | 'seesAmount'>,
  keys: readonly Expression[],
  g: Expression,
  rows: RawBuilder<unknown>,
): Promise<CountedBy[]> {
  const parts = [...keys.map((key) => sql`coalesce(${key}, '') || '|'`), sql`coalesce('=' || ${g}, '')`]
  const amount = seesAmount ? sql`coalesce(sum(amount), 0)` : sql`0`
  const { rows: found } = await sql<Tally & { k: string }>`
    select k, count(*) as count, ${amount} as amount from (select ${sql.join(parts, sql` || `)} as k, t.amount ${rows}) group by 1`.execute(
    plain(db),
  )
  return found.map(({ k, count, amount: sum }) => {
    const words = k.split(BETWEEN)
    const group = words.slice(keys.length).join(BETWEEN)
    return { keys: words.slice(0, keys.length), g: group === '' ? null : group.slice(1), count, amount: sum }
  })
}
