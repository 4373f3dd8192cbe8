import type { Offer, Quote, QuoteContent } from '../../../src-shared/features/quotes/model.ts'
import { flatValues } from '../../../src-shared/kernel/custom/values.ts'
import type { QueryContext } from '../../kernel/context.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { batchOf, onCommand, onQuery, onStagedCommand } from '../../kernel/pipeline.ts'
import { mayAskBy } from '../../kernel/policy.ts'
import { inChunks } from '../../kernel/records/bulk.ts'
import { countFor, listPage } from '../../kernel/records/lanes.ts'
import { progressOf } from '../../kernel/records/progress.ts'
import { getRow, listRows, rowsById } from '../../kernel/records/select.ts'
import { sumsFor } from '../../kernel/records/sums.ts'
import { pricesFor } from '../products/public.ts'
import { previewMany, removeChunk, transferChunk } from './bulk.ts'
import { answer, needOf, send, submit } from './states.ts'
import { familyOf, idsUnder, linesOf, mayDo, sorted } from './store.ts'
import { createQuote, editQuote, renew, setLines, toChange, written } from './write.ts'

async function underOne(context: QueryContext, column: 'customer_id' | 'opportunity_id', id: string): Promise<Quote[]> {
  const host = entityIn(context, column === 'customer_id' ? 'customer' : 'opportunity')
  await getRow(context.db, context.actor, host, id, { deleted: true })
  const ids = await idsUnder(context.db, column, id)
  return sorted((await rowsById(context.db, context.actor, entityIn(context, 'quote'), ids)) as Quote[], ids)
}

async function contentOf(context: QueryContext, id: string): Promise<QuoteContent> {
  await getRow(context.db, context.actor, entityIn(context, 'quote'), id, { deleted: true })
  const row = await context.db.selectFrom('quote').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const mayCost = mayAskBy(context.actor, entityIn(context, 'product'), 'costFen')
  const lines = await linesOf(context.db, id)
  return {
    lines: lines.map((line) => ({ ...line, productId: line.productId, costFen: mayCost ? line.costFen : null })),
    costFen: mayCost ? row.costFen : null,
    mayCost,
    discountBp: row.discountBp,
    need: row.state === 'draft' ? await needOf(context.db, row) : null,
  }
}

const OFFERED = 20
async function offersFor(
  context: QueryContext,
  asked: { search: string; customerId: string | null; on: string },
): Promise<Offer[]> {
  const onSale = { combinator: 'and' as const, rules: [{ field: 'status', operator: '=' as const, value: 'onSale' }] }
  const { rows } = await listRows(context.db, context.actor, entityIn(context, 'product'), {
    search: asked.search,
    filter: onSale,
    sort: [{ field: 'name', direction: 'asc' }],
    offset: 0,
    limit: OFFERED,
  })
  const customer =
    asked.customerId === null ? null : await getRow(context.db, context.actor, entityIn(context, 'customer'), asked.customerId)
  const priced = await pricesFor(context.db, {
    productIds: rows.map((row) => String(row['id'])),
    level: (customer?.['level'] as string | null | undefined) ?? null,
    day: asked.on,
  })
  const seesPrice = mayAskBy(context.actor, entityIn(context, 'product'), 'priceFen')
  return rows.flatMap((row) => {
    const price = priced.get(String(row['id']))?.price
    if (!price) return []
    const text = (key: string): string | null => (row[key] as string | null | undefined) ?? null
    return [
      {
        productId: String(row['id']) as Offer['productId'],
        name: String(row['name']),
        number: text('number'),
        spec: text('spec'),
        unit: text('unit'),
        taxRate: text('taxRate'),
        priceFen: seesPrice ? price.priceFen : null,
        because: price.because,
      },
    ]
  })
}

export const quotesHandlers = {
  list: onQuery.quotes.list.handler(({ input, context }) => listPage<Quote>(context, entityIn(context, 'quote'), input)),
  count: onQuery.quotes.count.handler(({ input, context }) => countFor(context, entityIn(context, 'quote'), input)),
  sums: onQuery.quotes.sums.handler(({ input, context }) => sumsFor(context, entityIn(context, 'quote'), input)),
  get: onQuery.quotes.get.handler(async ({ input, context }) => {
    const row = (await getRow(context.db, context.actor, entityIn(context, 'quote'), input.id, { deleted: true })) as Quote
    return { ...row, may: await mayDo(context, row.id) }
  }),
  content: onQuery.quotes.content.handler(({ input, context }) => contentOf(context, input.id)),
  versions: onQuery.quotes.versions.handler(async ({ input, context }) => {
    await getRow(context.db, context.actor, entityIn(context, 'quote'), input.id, { deleted: true })
    const ids = (await familyOf(context.db, [input.id])).map(({ id }) => id)
    return sorted((await rowsById(context.db, context.actor, entityIn(context, 'quote'), ids)) as Quote[], ids)
  }),
  ofCustomer: onQuery.quotes.ofCustomer.handler(({ input, context }) => underOne(context, 'customer_id', input.customerId)),
  ofOpportunity: onQuery.quotes.ofOpportunity.handler(({ input, context }) =>
    underOne(context, 'opportunity_id', input.opportunityId),
  ),
  offers: onQuery.quotes.offers.handler(({ input, context }) => offersFor(context, input)),

  create: onCommand.quotes.create.handler(async ({ input, context }) => {
    const { lines, ...head } = input
    const values = flatValues(entityIn(context, 'quote'), head)
    const id = await createQuote(context, { ...values, ...(lines && { lines }) })
    context.record({ entity: 'quote', id, action: 'created' })
    return written(context, id)
  }),
  edit: onCommand.quotes.edit.handler(async ({ input, context }) => {
    const row = await toChange(context, input.id)
    const action = await editQuote(context, row, flatValues(entityIn(context, 'quote'), input.values), input.version)
    if (action) context.record({ entity: 'quote', id: row.id, action })
    else context.unchanged()
    return written(context, row.id)
  }),
  setLines: onCommand.quotes.setLines.handler(async ({ input, context }) => {
    const row = await toChange(context, input.id, input.version)
    if (await setLines(context, row, input)) context.record({ entity: 'quote', id: row.id, action: 'linesSet' })
    else context.unchanged()
    return written(context, row.id)
  }),
  newVersion: onCommand.quotes.newVersion.handler(async ({ input, context }) => {
    const row = await toChange(context, input.id, input.version)
    const id = await renew(context, row)
    context.record({ entity: 'quote', id, action: 'versioned', detail: { of: row.id } })
    return written(context, id)
  }),
  submit: onCommand.quotes.submit.handler(async ({ input, context }) => {
    const row = await toChange(context, input.id, input.version)
    await submit(context, row, input.note)
    context.record({ entity: 'quote', id: row.id, action: 'submitted' })
    return written(context, row.id)
  }),
  send: onCommand.quotes.send.handler(async ({ input, context }) => {
    const row = await toChange(context, input.id, input.version)
    await send(context, row)
    context.record({ entity: 'quote', id: row.id, action: 'sent' })
    return written(context, row.id)
  }),
  accept: onCommand.quotes.accept.handler(async ({ input, context }) => {
    const row = await toChange(context, input.id, input.version)
    await answer(context, row, 'accepted')
    context.record({ entity: 'quote', id: row.id, action: 'accepted' })
    return written(context, row.id)
  }),
  reject: onCommand.quotes.reject.handler(async ({ input, context }) => {
    const row = await toChange(context, input.id, input.version)
    await answer(context, row, 'rejected', input.reason)
    context.record({ entity: 'quote', id: row.id, action: 'rejected' })
    return written(context, row.id)
  }),

  transferMany: onStagedCommand.quotes.transferMany.handler(({ input, context }) =>
    inChunks(context, { entity: entityIn(context, 'quote'), ...input }, (command, ids) =>
      transferChunk(command, ids, input.ownerId),
    ),
  ),
  removeMany: onStagedCommand.quotes.removeMany.handler(({ input, context }) =>
    inChunks(context, { entity: entityIn(context, 'quote'), ...input }, removeChunk),
  ),
  previewMany: onQuery.quotes.previewMany.handler(({ input, context }) => previewMany(context, input)),
  progress: onQuery.quotes.progress.handler(({ input, context }) => ({ done: progressOf(batchOf(context.actor, input.key)) })),
}
