import { sql } from 'kysely'
import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { NumberRule } from '../../../src-shared/features/numbers/model.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { rowsFor } from '../../kernel/policy.ts'

type Saved = Pick<NumberRule, 'entity' | 'pattern' | 'reset' | 'start' | 'enabled'>

/** @returns the id of the rule */
export async function saveRule(context: CommandContext, rule: Saved): Promise<string> {
  const { entity, pattern, reset, start } = rule
  const [at, enabled] = [context.now(), rule.enabled ? 1 : 0]
  const known = await context.tx.selectFrom('numberRule').select('id').where('entity', '=', entity).executeTakeFirst()
  if (known) {
    await context.tx
      .updateTable('numberRule')
      .set((eb) => ({ pattern, reset, start, enabled, updatedAt: at, version: eb('version', '+', 1) }))
      .where('id', '=', known.id)
      .execute()
    return known.id
  }
  const id = context.newId()
  await context.tx
    .insertInto('numberRule')
    .values({ id, entity, pattern, reset, start, enabled, createdAt: at, updatedAt: at })
    .execute()
  return id
}

export async function countMissing(db: ReadDb, { table }: EntityDescriptor): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from ${sql.table(table)} where number is null and deleted_at is null`.execute(plain(db))
  return rows[0]?.n ?? 0
}

/** The oldest living records without a number. */
export async function someMissing(tx: WriteTx | ReadDb, { table }: EntityDescriptor, most: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.table(table)} where number is null and deleted_at is null order by created_at, id limit ${most}`.execute(
    plain(tx),
  )
  return rows.map(({ id }) => id)
}

export async function writeNumber(
  tx: WriteTx,
  { table }: EntityDescriptor,
  id: string,
  number: string,
  at: string,
): Promise<void> {
  await sql`update ${sql.table(table)} set number = ${number}, updated_at = ${at}, version = version + 1 where id = ${id}`.execute(
    tx,
  )
}

/** Living customers in reach whose number begins with a text, whatever the case of its letters. */
export async function customersByNumber(
  db: ReadDb,
  actor: Actor,
  entity: EntityDescriptor,
  { number, limit }: { number: string; limit: number },
): Promise<{ id: string; number: string; name: string }[]> {
  const pattern = `${number.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  const { rows } = await sql<{ id: string; number: string; name: string }>`
    select t.id, t.number, t.name from customer t where t.number like ${pattern} escape '\\' and t.deleted_at is null
    and ${rowsFor(actor, entity, 't')} order by length(t.number), t.number limit ${limit}`.execute(plain(db))
  return rows
}
