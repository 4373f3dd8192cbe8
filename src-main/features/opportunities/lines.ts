import { sql } from 'kysely'
import {
  amountOf,
  type LineInput,
  MOST_LINES,
  type OpportunityLine,
  sumOf,
} from '../../../src-shared/features/opportunities/lines.ts'
import { cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { Stale } from '../../kernel/errors.ts'
import { mayAskBy, requireWritable } from '../../kernel/policy.ts'
import { type StoredRow, updateRow } from '../../kernel/records/write.ts'

type Db = ReadDb | WriteTx
export type NamedProduct = { readonly id: string; readonly name: string; readonly unit: string | null }

/** Products by their ids, those of the recycle bin too: a line keeps what it was about. */
export async function productsByIds(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, NamedProduct>> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return new Map()
  const { rows } = await sql<NamedProduct>`
    select id, name, unit from product where id in (select value from json_each(${JSON.stringify(wanted)}))`.execute(plain(db))
  return new Map(rows.map((row) => [row.id, row]))
}

export async function readLines(db: Db, opportunityId: string): Promise<OpportunityLine[]> {
  const { rows } = await sql<OpportunityLine>`
    select id, product_id as "productId", name, unit, quantity, price_fen as "priceFen", discount, amount_fen as "amountFen"
    from opportunity_line where opportunity_id = ${opportunityId} order by position, id`.execute(plain(db))
  return rows
}

/**
 * The whole set of lines anew. The amount becomes their sum unless somebody has set it himself since there were lines; `byHand` false
 * takes the sum again.
 * @returns whether anything changed. @throws Stale when the opportunity is another than what the editor saw; Refusal badNumber | quantityMissing | sumTooLarge | productUnknown | tooManyLines
 */
export async function saveLines(
  context: CommandContext,
  row: StoredRow,
  given: { lines: readonly LineInput[]; byHand?: boolean | undefined; seenVersion: number },
): Promise<boolean> {
  const entity = entityIn(context, 'opportunity')
  requireWritable(context.actor, entity, ['amount'])
  if (given.seenVersion !== row.version) throw new Stale('opportunity', row.id)
  if (given.lines.length > MOST_LINES) throw new Refusal('tooManyLines', { most: MOST_LINES })
  const there = await readLines(context.tx, row.id)
  const products = await productsByIds(
    context.tx,
    given.lines.flatMap(({ productId }) => productId ?? []),
  )
  const lines = given.lines.map((line) => {
    if (line.productId !== null && !products.has(line.productId)) throw new Refusal('productUnknown', { name: line.name })
    const name = cleanText(line.name)
    return { ...line, name, unit: line.unit ? cleanText(line.unit) || null : null, amountFen: amountOf(line) }
  })
  const wrote = await writeLines(context, row.id, there, lines)
  const stoodByHand = row['amountByHand'] === 1 && there.length > 0
  const byHand = lines.length > 0 && (given.byHand ?? stoodByHand)
  const amount = lines.length === 0 || byHand ? row['amount'] : sumOf(lines.map(({ amountFen }) => amountFen))
  const changed = await updateRow(context, entity, row, { values: { amount, amountByHand: byHand ? 1 : 0 } })
  // Its lines are a part of it: who looks at it is told that it is another.
  if (wrote && !changed)
    await sql`update opportunity set updated_at = ${context.now()}, version = version + 1 where id = ${row.id}`.execute(
      context.tx,
    )
  return wrote || changed
}

type Counted = LineInput & { amountFen: number | null }

async function writeLines(
  context: CommandContext,
  opportunityId: string,
  there: readonly OpportunityLine[],
  lines: readonly Counted[],
): Promise<boolean> {
  const stands = new Map(there.map((line, position) => [line.id, { ...line, position }]))
  const at = context.now()
  let changed = false
  const kept = new Set<string>()
  for (const [position, { id, ...values }] of lines.entries()) {
    const before = id === undefined || kept.has(id) ? undefined : stands.get(id)
    if (before) {
      kept.add(before.id)
      const now = { ...values, position }
      if (Object.entries(now).every(([key, value]) => before[key as keyof typeof before] === value)) continue
      await context.tx
        .updateTable('opportunityLine')
        .set((eb) => ({ ...now, updatedAt: at, version: eb('version', '+', 1) }))
        .where('id', '=', before.id)
        .execute()
    } else
      await context.tx
        .insertInto('opportunityLine')
        .values({
          ...values,
          id: context.newId(),
          opportunityId,
          position,
          createdAt: at,
          createdBy: context.actor.userId || null,
          updatedAt: at,
        })
        .execute()
    changed = true
  }
  const gone = there.filter(({ id }) => !kept.has(id)).map(({ id }) => id)
  if (gone.length > 0) await context.tx.deleteFrom('opportunityLine').where('id', 'in', gone).execute()
  return changed || gone.length > 0
}

/** Who may not see what an opportunity comes to sees its products and how many, no money. */
export const linesFor = (
  context: { readonly actor: CommandContext['actor']; readonly entities: CommandContext['entities'] },
  lines: readonly OpportunityLine[],
): OpportunityLine[] =>
  mayAskBy(context.actor, entityIn(context, 'opportunity'), 'amount')
    ? [...lines]
    : lines.map((line) => ({ ...line, priceFen: null, amountFen: null }))
