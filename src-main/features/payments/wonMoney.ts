import { may } from '../../../src-shared/kernel/actor.ts'
import { Forbidden } from '../../kernel/errors.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { Importer, Values } from '../../kernel/importer.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { takeNumber } from '../../kernel/records/numbers.ts'
import { insertMany } from '../customers/public.ts'
import { paidOrdersOfWon } from '../orders/importing.ts'
import { ALLOCATION_KEYS, PAYMENT_KEYS } from './importRows.ts'
import { requireSoundMoney } from './sound.ts'

/** What one needs so that opportunities of a file become orders and payments. */
const NEEDS = ['orders.create', 'payments.write'] as const

/**
 * The importer of opportunities that also makes of what a file has as won an order of its value and a payment of the same on the day it was
 * won, where the run says so.
 */
export const withMoneyOfWon = (importer: Importer): Importer => ({
  ...importer,
  write: async (context, rows, rules) => {
    const results = await importer.write(context, rows, rules)
    if (!rules.wonOrders) return results
    for (const needed of NEEDS) if (!may(context.actor, needed)) throw new Forbidden(needed)
    const written = results.flatMap(({ outcome, recordId }) =>
      outcome === 'created' || outcome === 'updated' ? (recordId ?? []) : [],
    )
    await payForWon(context, written)
    return results
  },
  afterUndo: async (context) => {
    await importer.afterUndo?.(context)
    await requireSoundMoney(context)
  },
})

async function payForWon(context: CommandContext, opportunityIds: readonly string[]): Promise<void> {
  const orders = await paidOrdersOfWon(context, opportunityIds)
  const entity = entityIn(context, 'payment')
  const now = context.now()
  const payments: Values[] = []
  const allocations: Values[] = []
  for (const { id: orderId, customerId, totalFen, signedOn } of orders) {
    const id = context.newId()
    payments.push({
      id,
      number: (await takeNumber(context, entity)) ?? id.slice(-10),
      kind: 'payment',
      customerId,
      authorId: context.actor.employeeId,
      receivedOn: signedOn,
      amountFen: totalFen,
      allocatedFen: totalFen,
      method: 'transfer',
      issue: customerId === null ? 'customerMissing' : null,
      createdAt: now,
      createdBy: context.actor.userId || null,
      updatedAt: now,
    })
    allocations.push({ id: context.newId(), paymentId: id, orderId, amountFen: totalFen, position: 0, createdAt: now })
  }
  await insertMany(context, 'payment', PAYMENT_KEYS, payments)
  await insertMany(context, 'payment_allocation', ALLOCATION_KEYS, allocations)
}
