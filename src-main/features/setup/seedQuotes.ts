import { sql } from 'kysely'
import type { LineValues } from '../../../src-shared/features/quotes/model.ts'
import { dayAfter, figuresOf, VALID_DAYS } from '../../../src-shared/features/quotes/rules.ts'
import { sortKey } from '../../../src-shared/kernel/pinyin/pinyin.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { Values } from '../../kernel/importer.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { takeNumber } from '../../kernel/records/numbers.ts'
import { insertMany } from '../customers/public.ts'
import { readLines } from '../opportunities/public.ts'
import { columnsOfQuote, markOfQuote, placedQuoteLines } from '../quotes/public.ts'

type Talk = {
  id: string
  name: string
  customerId: string
  contactId: string | null
  ownerId: string | null
  state: 'open' | 'won' | 'lost'
  quotedAt: string
  closedAt: string | null
}
const KEYS = [
  'id',
  'number',
  'name',
  'nameSort',
  'customerId',
  'contactId',
  'opportunityId',
  'ownerId',
  'state',
  'rootId',
  'quotedOn',
  'validUntil',
  'linesFen',
  'discountFen',
  'totalFen',
  'taxFen',
  'listFen',
  'costFen',
  'belowCost',
  'discountBp',
  'mark',
  'terms',
  'sentAt',
  'decidedAt',
  'reason',
  'createdAt',
  'updatedAt',
] as const
const LINE_KEYS = [
  'id',
  'quoteId',
  'position',
  'productId',
  'name',
  'unit',
  'quantity',
  'priceFen',
  'discount',
  'taxRate',
  'listPriceFen',
  'costFen',
  'amountFen',
  'createdAt',
  'updatedAt',
] as const
/** The open stage, counted from nought, in which a price is named. */
const QUOTED_AT = 2
const SHARE = 0.8
const DRAFTS = 0.25
const HOUR = 3_600_000

type Tables = Record<'quotes' | 'lines', Values[]>

/**
 * Quotes of the opportunities that have come as far as a price: accepted where they were won, rejected with the reason where they were lost,
 * sent or still a draft otherwise; nothing where there are quotes already. @returns how many
 */
export async function seedQuotes(context: CommandContext, roll: () => number): Promise<number> {
  if (await context.tx.selectFrom('quote').select('id').limit(1).executeTakeFirst()) {
    context.unchanged()
    return 0
  }
  const terms = await context.tx.selectFrom('documentTemplate').select('terms').where('kind', '=', 'quote').executeTakeFirst()
  const tables: Tables = { quotes: [], lines: [] }
  for (const talk of await talks(context))
    if (roll() < SHARE) await quote(context, tables, { talk, roll, terms: terms?.terms ?? null })
  await insertMany(context, 'quote', KEYS, tables.quotes)
  await insertMany(context, 'quote_line', LINE_KEYS, tables.lines)
  const count = tables.quotes.length
  if (count === 0) context.unchanged()
  else context.record({ entity: 'quote', id: '', action: 'seeded', detail: { count } })
  return count
}

/** When each came to the stage of prices, by the history of its stages. */
async function talks({ tx }: CommandContext): Promise<Talk[]> {
  const { rows } = await sql<Talk>`
    select o.id, o.name, o.customer_id as "customerId", o.contact_id as "contactId", o.owner_id as "ownerId", o.state, o.closed_at as "closedAt",
      min(e.entered_at) as "quotedAt"
    from opportunity o join opportunity_stage e on e.opportunity_id = o.id join stage s on s.id = e.stage_id
    where o.customer_id is not null and o.deleted_at is null and s.kind = 'open' and s.position >= ${QUOTED_AT}
    group by o.id order by "quotedAt", o.id`.execute(tx)
  return rows
}

type Quoting = { talk: Talk; roll: () => number; terms: string | null }
async function quote(context: CommandContext, tables: Tables, { talk, roll, terms }: Quoting): Promise<void> {
  const quotedOn = dateIn(talk.quotedAt, context.services.timeZone())
  const wanted = (await readLines(context.tx, talk.id)).map(({ productId, name, unit, quantity, priceFen, discount }) => ({
    productId: productId as LineValues['productId'],
    name,
    spec: null,
    unit,
    quantity,
    priceFen: priceFen ?? 0,
    discount,
    taxRate: '13',
    note: null,
  }))
  if (wanted.length === 0) return
  const lines = await placedQuoteLines(context.tx, wanted, { customerId: talk.customerId, day: quotedOn })
  const figures = figuresOf(lines, 0)
  const id = context.newId()
  const validUntil = dayAfter(quotedOn, VALID_DAYS)
  const state = stateOf(talk, roll)
  const sentAt = state === 'draft' ? null : new Date(Date.parse(talk.quotedAt) + HOUR).toISOString()
  const { closedAt } = talk
  tables.quotes.push({
    id,
    number: await takeNumber(context, entityIn(context, 'quote')),
    name: talk.name,
    nameSort: sortKey(talk.name),
    customerId: talk.customerId,
    contactId: talk.contactId,
    opportunityId: talk.id,
    ownerId: talk.ownerId,
    state,
    rootId: id,
    quotedOn,
    validUntil,
    ...columnsOfQuote(figures),
    mark: state === 'draft' ? null : markOfQuote({ validUntil, discountFen: 0, terms, lines }),
    terms,
    sentAt,
    decidedAt: state === 'accepted' || state === 'rejected' ? closedAt : null,
    reason: null,
    createdAt: talk.quotedAt,
    updatedAt: closedAt ?? sentAt ?? talk.quotedAt,
  })
  for (const [position, line] of lines.entries())
    tables.lines.push({
      ...line,
      id: context.newId(),
      quoteId: id,
      position,
      amountFen: figures.amounts[position],
      createdAt: talk.quotedAt,
      updatedAt: talk.quotedAt,
    })
}

const ANSWER = { won: 'accepted', lost: 'rejected' } as const
const stateOf = ({ state }: Talk, roll: () => number): string =>
  state === 'open' ? (roll() < DRAFTS ? 'draft' : 'sent') : ANSWER[state]
