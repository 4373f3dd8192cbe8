import { sql } from 'kysely'
import type { Rule } from '../../../src-shared/features/pools/ruleModel.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { ReadDb, WriteTx } from '../../kernel/database.ts'

type Row = { id: string; name: string; without: string }
type Excepting = { id: string; name: string; without: Rule['without'] }

/** Rules that leave customers with this tag alone, switched on or not: without the tag they would take them. */
export async function rulesExcepting(db: ReadDb | WriteTx, tagId: string): Promise<Excepting[]> {
  const { rows } = await sql<Row>`
    select r.id, r.name, r.without from pool_rule r
    where exists (select 1 from json_each(r.without, '$.tagIds') g where g.value = ${tagId}) order by r.position, r.created_at, r.id`.execute(
    db,
  )
  return rows.map(({ without, ...rule }) => ({ ...rule, without: JSON.parse(without) as Rule['without'] }))
}

/** What a rule leaves alone by one tag it leaves alone by the other from now on. @returns how many rules named the first. */
export async function exceptOtherTag(context: CommandContext, from: string, into: string): Promise<number> {
  const rules = await rulesExcepting(context.tx, from)
  for (const { id, without } of rules) {
    const tagIds = [...new Set((without.tagIds ?? []).map((one) => (one === from ? into : one)))]
    await context.tx
      .updateTable('poolRule')
      .set((eb) => ({
        without: JSON.stringify({ ...without, tagIds }),
        updatedAt: context.now(),
        version: eb('version', '+', 1),
      }))
      .where('id', '=', id)
      .execute()
  }
  return rules.length
}
