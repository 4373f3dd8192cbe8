import type { Stock } from '../../../src-shared/features/stock/model.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { onCommand, onQuery } from '../../kernel/pipeline.ts'
import { countFor, listPage } from '../../kernel/records/lanes.ts'
import { getRow, rowsById } from '../../kernel/records/select.ts'
import { sumsFor } from '../../kernel/records/sums.ts'
import { moveStock } from './moves.ts'
import { availableOf, movesOf, orderStockOf, reservationsOf } from './read.ts'
import { warehouseHandlers } from './warehouses.ts'

const ACTIONS = { in: 'broughtIn', out: 'takenOut', transfer: 'transferred', count: 'counted' } as const

export const stockHandlers = {
  ...warehouseHandlers,
  list: onQuery.stock.list.handler(({ input, context }) => listPage<Stock>(context, entityIn(context, 'stock'), input)),
  count: onQuery.stock.count.handler(({ input, context }) => countFor(context, entityIn(context, 'stock'), input)),
  sums: onQuery.stock.sums.handler(({ input, context }) => sumsFor(context, entityIn(context, 'stock'), input)),
  get: onQuery.stock.get.handler(
    async ({ input, context }) => (await getRow(context.db, context.actor, entityIn(context, 'stock'), input.id)) as Stock,
  ),
  moves: onQuery.stock.moves.handler(({ input, context }) => movesOf(context, input)),
  reservations: onQuery.stock.reservations.handler(({ input, context }) => reservationsOf(context, input.id)),
  available: onQuery.stock.available.handler(({ input, context }) => availableOf(context, input)),
  ofOrder: onQuery.stock.ofOrder.handler(async ({ input, context }) => {
    await getRow(context.db, context.actor, entityIn(context, 'order'), input.orderId, { deleted: true })
    return orderStockOf(context, input.orderId)
  }),
  move: onCommand.stock.move.handler(async ({ input, context }) => {
    const ids = await moveStock(context, input)
    const [only] = ids
    const detail = { count: input.lines.length, kind: input.kind }
    context.record({ entity: 'stock', id: ids.length === 1 && only ? only : '', action: ACTIONS[input.kind], detail })
    return (await rowsById(context.tx, context.actor, entityIn(context, 'stock'), ids)) as Stock[]
  }),
}
