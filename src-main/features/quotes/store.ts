import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { LineValues, NewQuote, Quote, QuoteEdit, QuoteLine } from '../../../src-shared/features/quotes/model.ts'
import { figuresOf, type QuoteFigures } from '../../../src-shared/features/quotes/rules.ts'
import { cleanLongText, cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import { isCustomKey } from '../../../src-shared/kernel/entity.ts'
import { sortKey } from '../../../src-shared/kernel/pinyin/pinyin.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext, QueryContext } from '../../kernel/context.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { rowsFor, type Verb } from '../../kernel/policy.ts'
import { purgeApprovals } from '../approvals/public.ts'
import { pricesFor } from '../products/public.ts'

type Db = ReadDb | WriteTx

const AS_GIVEN: ReadonlySet<string> = new Set(['customerId', 'contactId', 'opportunityId', 'ownerId', 'quotedOn', 'validUntil'])
const LONG: ReadonlySet<string> = new Set(['note', 'terms'])
/** The one cleaning of quotes. */
export function cleanQuote<Values extends QuoteEdit | NewQuote>(values: Values): Values {
  const clean = Object.entries(values).map(([key, value]) => {
    if (typeof value !== 'string' || AS_GIVEN.has(key) || isCustomKey(key)) return [key, value]
    return [key, (LONG.has(key) ? cleanLongText(value) : cleanText(value)) || null]
  })
  return Object.fromEntries(clean) as Values
}
export const derivedOf = (values: { name?: string | undefined }): Record<string, string> =>
  values.name === undefined ? {} : { nameSort: sortKey(values.name) }

/** A line as it stands, costs and all. */
export type StoredLine = Omit<QuoteLine, 'id'> & { id: string }

export async function linesOf(db: Db, quoteId: string): Promise<StoredLine[]> {
  const { rows } = await sql<StoredLine>`
    select id, product_id as "productId", name, spec, unit, quantity, price_fen as "priceFen", discount, tax_rate as "taxRate",
      list_price_fen as "listPriceFen", cost_fen as "costFen", amount_fen as "amountFen", note
    from quote_line where quote_id = ${quoteId} order by position`.execute(plain(db))
  return rows
}

type Whose = { customerId: string | null; day: string }
/** Lines with what the price lists and the costs of the day say of their products. @throws Refusal productGone */
export async function placed(
  tx: WriteTx,
  lines: readonly LineValues[],
  { customerId, day }: Whose,
): Promise<Omit<StoredLine, 'id' | 'amountFen'>[]> {
  const customer =
    customerId === null ? null : await tx.selectFrom('customer').select('level').where('id', '=', customerId).executeTakeFirst()
  const productIds = lines.flatMap(({ productId }) => productId ?? [])
  const known = await pricesFor(tx, { productIds, level: customer?.level ?? null, day })
  return lines.map((line) => {
    const product = line.productId === null ? null : known.get(line.productId)
    if (product === undefined) throw new Refusal('productGone', { name: line.name })
    const text = (value: string | null): string | null => (value === null ? null : cleanText(value) || null)
    return {
      ...line,
      name: cleanText(line.name),
      spec: text(line.spec),
      unit: text(line.unit),
      note: text(line.note),
      listPriceFen: product?.price.priceFen ?? null,
      costFen: product?.costFen ?? null,
    }
  })
}

/** What the lines come to, as columns of the quote. */
export const columnsOf = ({
  linesFen,
  discountFen,
  totalFen,
  taxFen,
  listFen,
  costFen,
  belowCost,
  discountBp,
}: QuoteFigures) => ({
  linesFen,
  discountFen,
  totalFen,
  taxFen,
  listFen,
  costFen,
  belowCost: belowCost ? 1 : 0,
  discountBp,
})

/** In the place of the lines that stand there. @returns what they come to */
export async function writeLines(
  context: CommandContext,
  quoteId: string,
  lines: readonly Omit<StoredLine, 'id' | 'amountFen'>[],
  discountFen: number,
): Promise<QuoteFigures> {
  const figures = figuresOf(lines, discountFen)
  await context.tx.deleteFrom('quoteLine').where('quoteId', '=', quoteId).execute()
  const at = context.now()
  for (const [position, line] of lines.entries())
    await context.tx
      .insertInto('quoteLine')
      .values({
        id: context.newId(),
        quoteId,
        position,
        ...line,
        amountFen: figures.amounts[position] ?? 0,
        createdAt: at,
        updatedAt: at,
      })
      .execute()
  return figures
}

export type Content = {
  validUntil: string | null
  discountFen: number
  terms: string | null
  lines: readonly Omit<StoredLine, 'id' | 'amountFen'>[]
}
/** Tells the very content that the customer reads and an approver agrees to. */
export const markOf = ({ validUntil, discountFen, terms, lines }: Content): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        validUntil,
        discountFen,
        terms,
        lines.map((line) => [
          line.productId,
          line.name,
          line.spec,
          line.unit,
          line.quantity,
          line.priceFen,
          line.discount,
          line.taxRate,
          line.note,
        ]),
      ]),
    )
    .digest('hex')
    .slice(0, 32)

/** Every version of the quotes that these are versions of, those of the recycle bin too. */
export async function familyOf(db: Db, ids: readonly string[]): Promise<{ id: string; versionNo: number; superseded: number }[]> {
  const { rows } = await sql<{ id: string; versionNo: number; superseded: number }>`
    select q.id, q.version_no as "versionNo", q.superseded from quote q
    where q.root_id in (select x.root_id from quote x where x.id in (select value from json_each(${JSON.stringify(ids)})))
    order by q.root_id, q.version_no desc`.execute(plain(db))
  return rows
}

/** Ids of the last versions that hang on a customer or an opportunity, the newest first. */
export async function idsUnder(db: ReadDb, column: 'customer_id' | 'opportunity_id', id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from quote where ${sql.ref(column)} = ${id} and deleted_at is null and superseded = 0 order by created_at desc, id desc limit 500`.execute(
    plain(db),
  )
  return rows.map((row) => row.id)
}

/** By the policy that the commands ask, so that no page offers what would be refused. */
export async function mayDo(
  context: Pick<QueryContext, 'db' | 'actor' | 'entities'>,
  id: string,
): Promise<Quote['may'] & object> {
  const can = (verb: Verb) => rowsFor(context.actor, entityIn(context, 'quote'), 't', verb)
  const { rows } = await sql<{ edit: number; remove: number; transfer: number }>`
    select ${can('edit')} as edit, ${can('delete')} as remove, ${can('transfer')} as transfer from quote t where t.id = ${id}`.execute(
    plain(context.db),
  )
  const [found] = rows
  return { edit: found?.edit === 1, remove: found?.remove === 1, transfer: found?.transfer === 1 }
}

/** Into the recycle bin with every version; those that went with the last remember it. */
export async function recycle(context: CommandContext, heads: readonly string[]): Promise<void> {
  const at = context.now()
  const list = JSON.stringify(heads)
  await sql`update quote set deleted_at = ${at}, deleted_with = (
      select h.id from quote h where h.root_id = quote.root_id and h.id in (select value from json_each(${list})) and h.id <> quote.id limit 1),
      updated_at = ${at}, version = version + 1
    where deleted_at is null and root_id in (select x.root_id from quote x where x.id in (select value from json_each(${list})))`.execute(
    context.tx,
  )
}

/** Out of the recycle bin with the versions that went with it. */
export async function bringBack(context: CommandContext, id: string): Promise<void> {
  const at = context.now()
  await sql`update quote set deleted_at = null, deleted_with = null, updated_at = ${at}, version = version + 1
    where id = ${id} or deleted_with = ${id}`.execute(context.tx)
}

/** What goes with quotes that go for good: their lines, what was asked about them, their teams. @returns the ids of the rows. */
export async function purgeBeside(context: CommandContext, ids: readonly string[]): Promise<string[]> {
  const list = JSON.stringify(ids)
  const { rows } = await sql<{ id: string }>`
    delete from quote_line where quote_id in (select value from json_each(${list})) returning id`.execute(context.tx)
  const { rows: members } = await sql<{ id: string }>`
    delete from record_member where entity = 'quote' and record_id in (select value from json_each(${list})) returning id`.execute(
    context.tx,
  )
  return [...[...rows, ...members].map(({ id }) => id), ...(await purgeApprovals(context, 'quote', ids))]
}

export const sorted = (rows: readonly Quote[], ids: readonly string[]): Quote[] =>
  rows.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
