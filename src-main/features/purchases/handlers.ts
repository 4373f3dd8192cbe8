import type { Purchase } from '../../../src-shared/features/purchases/model.ts'
import { requireDraft } from '../../../src-shared/features/purchases/rules.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { Stale } from '../../kernel/errors.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { onCommand, onQuery } from '../../kernel/pipeline.ts'
import { countFor, listPage } from '../../kernel/records/lanes.ts'
import { getRow, rowsById } from '../../kernel/records/select.ts'
import { sumsFor } from '../../kernel/records/sums.ts'
import { defaultWarehouse, openWarehouse } from '../stock/public.ts'
import { clean, editPurchase } from './edit.ts'
import { cancel, needsApproval, receive, submit } from './states.ts'
import {
  idsOfOrder,
  insertPurchase,
  linesOf,
  type NewLine,
  placed,
  type PurchaseRow,
  put,
  readLines,
  type StoredLine,
  toChange,
  writeLines,
  written,
} from './store.ts'

function requireSeen(row: PurchaseRow, version: number): void {
  if (row.version !== version) throw new Stale('purchase', row.id)
}

async function seen(context: CommandContext, { id, version }: { id: string; version: number }): Promise<PurchaseRow> {
  const row = await toChange(context, id)
  requireSeen(row, version)
  return row
}

function settle(context: CommandContext, id: string, action: string | null, detail?: Record<string, unknown>): Promise<Purchase> {
  if (action) context.record({ entity: 'purchase', id, action, ...(detail && { detail }) })
  else context.unchanged()
  return written(context, id)
}

const SAME = ['productId', 'orderId', 'units', 'priceFen', 'note'] as const
const isSame = (lines: readonly NewLine[], stored: readonly StoredLine[]): boolean =>
  lines.length === stored.length && lines.every((line, n) => SAME.every((key) => line[key] === stored[n]?.[key]))

export const purchasesHandlers = {
  list: onQuery.purchases.list.handler(({ input, context }) => listPage<Purchase>(context, entityIn(context, 'purchase'), input)),
  count: onQuery.purchases.count.handler(({ input, context }) => countFor(context, entityIn(context, 'purchase'), input)),
  sums: onQuery.purchases.sums.handler(({ input, context }) => sumsFor(context, entityIn(context, 'purchase'), input)),
  get: onQuery.purchases.get.handler(
    async ({ input, context }) => (await getRow(context.db, context.actor, entityIn(context, 'purchase'), input.id)) as Purchase,
  ),
  parts: onQuery.purchases.parts.handler(async ({ input, context }) => {
    await getRow(context.db, context.actor, entityIn(context, 'purchase'), input.id)
    const row = await context.db.selectFrom('purchase').select('amountFen').where('id', '=', input.id).executeTakeFirstOrThrow()
    return { lines: await readLines(context, input.id), needsApproval: await needsApproval(context.db, row.amountFen) }
  }),
  ofOrder: onQuery.purchases.ofOrder.handler(async ({ input, context }) => {
    await getRow(context.db, context.actor, entityIn(context, 'order'), input.orderId, { deleted: true })
    const ids = await idsOfOrder(context.db, input.orderId)
    const rows = (await rowsById(context.db, context.actor, entityIn(context, 'purchase'), ids)) as Purchase[]
    return rows.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
  }),

  create: onCommand.purchases.create.handler(async ({ input: { lines, ...given }, context }) => {
    const { warehouseId, ...values } = clean(given)
    const home = warehouseId ? await openWarehouse(context.tx, warehouseId) : await defaultWarehouse(context.tx)
    const id = await insertPurchase(context, {
      values,
      derived: { warehouseId: home.id },
      lines: await placed(context, lines, []),
    })
    return settle(context, id, 'created')
  }),

  edit: onCommand.purchases.edit.handler(async ({ input, context }) => {
    const row = await toChange(context, input.id)
    return settle(context, row.id, (await editPurchase(context, row, input.values, input.version)) ? 'edited' : null)
  }),

  setLines: onCommand.purchases.setLines.handler(async ({ input, context }) => {
    const row = await seen(context, input)
    requireDraft(row)
    const stored = await linesOf(context.tx, row.id)
    const lines = await placed(context, input.lines, stored)
    const wrote = !isSame(lines, stored)
    if (wrote) await put(context, row.id, await writeLines(context, row, lines))
    return settle(context, row.id, wrote ? 'linesSet' : null)
  }),

  submit: onCommand.purchases.submit.handler(async ({ input, context }) => {
    const row = await seen(context, input)
    return settle(context, row.id, await submit(context, row, input.note))
  }),

  receive: onCommand.purchases.receive.handler(async ({ input, context }) => {
    const row = await seen(context, input)
    await receive(context, row, input.lines)
    return settle(context, row.id, 'received', { lines: input.lines.length })
  }),

  cancel: onCommand.purchases.cancel.handler(async ({ input, context }) => {
    const row = await seen(context, input)
    await cancel(context, row, input.reason)
    return settle(context, row.id, 'cancelled')
  }),
}
