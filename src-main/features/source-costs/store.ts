import { sql } from 'kysely'
import type { SourceCost, SourceCostValues } from '../../../src-shared/features/source-costs/model.ts'
import { sourceKey } from '../../../src-shared/features/source-costs/rules.ts'
import type { Days } from '../../../src-shared/kernel/periods.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { NotFound } from '../../kernel/errors.ts'

type Db = ReadDb | WriteTx
const COLUMNS = sql`t.id, t.source, t.from_on as "from", t.to_on as "to", t.amount_fen as "amountFen", t.note, t.version,
  (select e.name from user_account u join employee e on e.id = u.employee_id where u.id = t.created_by) as "createdByName"`

/** @throws NotFound */
export async function readCost(db: Db, id: string): Promise<SourceCost> {
  const { rows } = await sql<SourceCost>`select ${COLUMNS} from source_cost t where t.id = ${id}`.execute(plain(db))
  if (!rows[0]) throw new NotFound('sourceCost', id)
  return rows[0]
}

/** The latest first, by their last day. */
export async function listCosts(
  db: ReadDb,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ rows: SourceCost[]; count: number; hasMore: boolean }> {
  const { rows } = await sql<SourceCost>`
    select ${COLUMNS} from source_cost t order by t.to_on desc, t.from_on desc, t.id desc
    limit ${BigInt(limit + 1)} offset ${BigInt(offset)}`.execute(plain(db))
  const { rows: counts } = await sql<{ count: number }>`select count(*) as count from source_cost`.execute(plain(db))
  return { rows: rows.slice(0, limit), count: counts[0]?.count ?? 0, hasMore: rows.length > limit }
}

/** Those whose span touches the days, the latest first. */
export async function costsIn(db: ReadDb, { from, to }: Days): Promise<SourceCost[]> {
  const { rows } = await sql<SourceCost>`
    select ${COLUMNS} from source_cost t where t.to_on >= ${from} and t.from_on <= ${to} order by t.to_on desc, t.from_on desc, t.id desc`.execute(
    plain(db),
  )
  return rows
}

/** How sources are called: the living ones of leads in their order, then what else costs were entered for, the latest first. */
export async function sourceWords(db: ReadDb): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from (
      select name, 0 as part, position as place, '' as latest from lead_source where archived_at is null
      union all select source, 1, 0, max(to_on) from source_cost group by source)
    order by part, place, latest desc, name`.execute(plain(db))
  const words = new Map<string, string>()
  for (const { name } of rows) if (!words.has(sourceKey(name))) words.set(sourceKey(name), name)
  return [...words.values()]
}

/** How each of these sources is called, by its key: as leads call it, else as costs do, else as the words say it. */
export async function sourceNames(db: ReadDb, words: readonly (string | null)[]): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>()
  const said = words.flatMap((word) => word ?? []).toSorted()
  for (const word of [...(await sourceWords(db)), ...said])
    if (sourceKey(word) !== '' && !names.has(sourceKey(word))) names.set(sourceKey(word), word)
  return names
}

export async function insertCost(context: CommandContext, { from, to, ...values }: SourceCostValues): Promise<string> {
  const id = context.newId()
  const at = context.now()
  await context.tx
    .insertInto('sourceCost')
    .values({
      id,
      ...values,
      fromOn: from,
      toOn: to,
      createdAt: at,
      createdBy: context.actor.userId || null,
      updatedAt: at,
    })
    .execute()
  return id
}

export async function updateCost(context: CommandContext, id: string, { from, to, ...values }: SourceCostValues): Promise<void> {
  await context.tx
    .updateTable('sourceCost')
    .set((eb) => ({ ...values, fromOn: from, toOn: to, updatedAt: context.now(), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

/** Sources that are called otherwise from now on, by the old word: what was entered for them follows. @returns how many costs */
export async function renameSources(context: CommandContext, renamed: ReadonlyMap<string, string>): Promise<number> {
  const words = new Map([...renamed].map(([from, to]) => [sourceKey(from), to]))
  const costs = await context.tx.selectFrom('sourceCost').select(['id', 'source']).orderBy('id').execute()
  const others = costs.flatMap(({ id, source }) => {
    const to = words.get(sourceKey(source))
    return to === undefined || to === source ? [] : [{ id, to }]
  })
  for (const { id, to } of others)
    await context.tx
      .updateTable('sourceCost')
      .set((eb) => ({ source: to, updatedAt: context.now(), version: eb('version', '+', 1) }))
      .where('id', '=', id)
      .execute()
  return others.length
}

export async function deleteCost({ tx }: CommandContext, id: string): Promise<void> {
  await tx.deleteFrom('sourceCost').where('id', '=', id).execute()
}
