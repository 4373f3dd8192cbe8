import type { AllocationInput, NewPayment, Payment, PaymentEdit, Refund } from '../../../src-shared/features/payments/model.ts'
import { overPlans, type Placed, requireOpen, requireWithin, takenBack } from '../../../src-shared/features/payments/rules.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { requireWritable } from '../../kernel/policy.ts'
import { getRow } from '../../kernel/records/select.ts'
import { insertRow, loadForWrite, type StoredRow, updateRow } from '../../kernel/records/write.ts'
import {
  cleanPayment,
  deleteAllocations,
  followMoney,
  insertAllocations,
  openPlansOf,
  pendingRefund,
  refundsOf,
  setDeleted,
  standingOf,
  withReference,
} from './store.ts'

export type PaymentRow = StoredRow & {
  kind: 'payment' | 'refund'
  number: string
  customerId: string | null
  refundOf: string | null
  amountFen: number
  method: string
}
const paymentIn = (context: CommandContext) => entityIn(context, 'payment')

export async function written(context: CommandContext, id: string): Promise<Payment> {
  return (await getRow(context.tx, context.actor, paymentIn(context), id)) as Payment
}

/** A living payment. Whoever may write payments writes those he sees. @throws Refusal deleted */
export async function toChange(context: CommandContext, id: string): Promise<PaymentRow> {
  const row = (await loadForWrite(context, paymentIn(context), id, 'read')) as PaymentRow
  if (row.deletedAt !== null) throw new Refusal('deleted')
  return row
}

type OrderRow = StoredRow & {
  name: string
  status: string
  customerId: string | null
  totalFen: number
  receivedFen: number
  refundedFen: number
}
/** An order that money of this customer may be for. @throws Refusal orderDeleted | otherCustomer */
async function orderFor(context: CommandContext, orderId: string, customerId: string | null): Promise<OrderRow> {
  const row = (await loadForWrite(context, entityIn(context, 'order'), orderId, 'read')) as OrderRow
  if (row.deletedAt !== null) throw new Refusal('orderDeleted', { name: row.name })
  if (row.customerId !== customerId) throw new Refusal('otherCustomer', { name: row.name })
  return row
}

/** Where each part goes: no order gets more than is open of it, no plan more than it asks. */
async function places(context: CommandContext, customerId: string | null, wanted: readonly AllocationInput[]): Promise<Placed[]> {
  const placed: Placed[] = []
  for (const [orderId, ones] of Map.groupBy(wanted, (one) => one.orderId)) {
    const order = await orderFor(context, orderId, customerId)
    const openFen = order.totalFen - order.receivedFen + order.refundedFen
    requireOpen(
      { name: order.name, status: order.status, openFen },
      ones.reduce((sum, { amountFen }) => sum + amountFen, 0),
    )
    const plans = (await openPlansOf(context.tx, orderId)).filter(({ isVoid }) => isVoid === 0)
    // What was said of a plan comes before what finds its plan by itself.
    for (const { planId, amountFen } of ones.toSorted((a, b) => Number(a.planId === null) - Number(b.planId === null))) {
      if (planId !== null) {
        const plan = plans.find(({ id }) => id === planId)
        if (!plan) throw new Refusal('planElsewhere')
        if (plan.openFen < amountFen) throw new Refusal('planFull', { dueOn: plan.dueOn, openFen: Math.max(0, plan.openFen) })
      }
      const parts = planId === null ? overPlans(amountFen, plans) : [{ planId, amountFen }]
      for (const part of parts) {
        placed.push({ orderId, ...part })
        const plan = plans.find(({ id }) => id === part.planId)
        if (plan) plan.openFen -= part.amountFen
      }
    }
  }
  return placed
}

/** A number of its own where the company gives none. */
const numberless = (id: string): { number: string } => ({ number: id.slice(-10) })

type Given = Omit<NewPayment, 'allocations'> & { allocations: readonly AllocationInput[] }
export async function addPayment(context: CommandContext, given: Given): Promise<string> {
  requireWritable(context.actor, paymentIn(context), ['amountFen'])
  const { allocations, keepRest = false, sameReference = false, amountFen, ...values } = cleanPayment(given)
  const customer = await loadForWrite(context, entityIn(context, 'customer'), values.customerId, 'read')
  if (customer.deletedAt !== null) throw new Refusal('customerDeleted')
  requireWithin({ amountFen, allocated: allocations.map((one) => one.amountFen), keepRest })
  const known =
    values.reference && !sameReference ? await withReference(context.tx, { ...values, reference: values.reference }) : null
  if (known) throw new Refusal('referenceKnown', { number: known.number })
  const placed = await places(context, values.customerId, allocations)
  const id = context.newId()
  const derived = { ...numberless(id), kind: 'payment', amountFen, authorId: context.actor.employeeId }
  await insertRow(context, paymentIn(context), values, derived, id)
  await insertAllocations(context, id, placed)
  await followMoney(context, [id], placed)
  return id
}

/** @throws Refusal referenceTaken (number) */
export async function editPayment(
  context: CommandContext,
  row: PaymentRow,
  given: PaymentEdit,
  seenVersion: number,
): Promise<boolean> {
  const values = cleanPayment(given)
  const { reference = row['reference'], method = row['method'] } = values
  const isOther = reference !== row['reference'] || method !== row['method']
  const known =
    isOther && typeof reference === 'string' && reference !== ''
      ? await withReference(context.tx, { reference, method: String(method), exceptId: row.id })
      : null
  if (known) throw new Refusal('referenceTaken', { number: known.number })
  return updateRow(context, paymentIn(context), row, { values, seenVersion })
}

/** What a payment is for, anew. @returns false where it was for nothing and still is. @throws Refusal aboveAmount | belowRefunded and those of `places` */
export async function allocate(context: CommandContext, row: PaymentRow, wanted: readonly AllocationInput[]): Promise<boolean> {
  if (row.kind !== 'payment') throw new Refusal('notAPayment')
  const gone = await deleteAllocations(context, [row.id])
  await followMoney(context, [], gone)
  const placed = await places(context, row.customerId, wanted)
  await insertAllocations(context, row.id, placed)
  await followMoney(context, [row.id], [...gone, ...placed])
  const { placed: standing, restFen } = await standingOf(context.tx, row)
  if (standing.some(({ amountFen }) => amountFen < 0)) throw new Refusal('belowRefunded')
  if (restFen < 0) throw new Refusal('aboveAmount', { overFen: -restFen })
  return gone.length > 0 || placed.length > 0
}

/** Takes a refund off what its payment is for. @throws Refusal aboveReceived */
async function takeBack(
  context: CommandContext,
  refund: { id: string; amountFen: number; orderId: string | null },
  original: { id: string; amountFen: number },
): Promise<void> {
  const standing = await standingOf(context.tx, original)
  const parts = takenBack(refund.amountFen, standing, refund.orderId).map((part) => ({ ...part, amountFen: -part.amountFen }))
  await insertAllocations(context, refund.id, parts)
  await followMoney(context, [refund.id], parts)
}

/** `id`: that of the request it was asked for by. */
export async function addRefund(context: CommandContext, given: Refund, id: string = context.newId()): Promise<string> {
  requireWritable(context.actor, paymentIn(context), ['amountFen'])
  const { paymentId, orderId, amountFen, ...values } = cleanPayment(given)
  const original = await toChange(context, paymentId)
  if (original.kind !== 'payment') throw new Refusal('notAPayment')
  const standing = await standingOf(context.tx, original)
  // Asked before it is there, since then it would count itself.
  const parts = takenBack(amountFen, standing, orderId).map((part) => ({ ...part, amountFen: -part.amountFen }))
  const derived = {
    ...numberless(id),
    kind: 'refund',
    amountFen,
    refundOf: original.id,
    customerId: original.customerId,
    authorId: context.actor.employeeId,
  }
  await insertRow(context, paymentIn(context), values, derived, id)
  await insertAllocations(context, id, parts)
  await followMoney(context, [id], parts)
  return id
}

/**
 * Into the recycle bin; what it was for is open again.
 * @throws Refusal hasRefunds: of what was given back something must have come | refundPending | aboveOpen: what a refund had freed is taken
 */
export async function removePayment(context: CommandContext, row: PaymentRow): Promise<void> {
  if ((await refundsOf(context.tx, row.id)).length > 0) throw new Refusal('hasRefunds', { number: row.number })
  if (await pendingRefund(context.tx, row.id)) throw new Refusal('refundPending')
  const gone = await deleteAllocations(context, [row.id])
  await followMoney(context, [row.id], gone)
  await setDeleted(context, row.id, true)
  if (row.kind === 'refund') await requireStillOpen(context, gone)
}

async function requireStillOpen(context: CommandContext, places: readonly Placed[]): Promise<void> {
  for (const orderId of new Set(places.map((one) => one.orderId))) {
    const order = (await loadForWrite(context, entityIn(context, 'order'), orderId, 'read')) as OrderRow
    const openFen = order.totalFen - order.receivedFen + order.refundedFen
    requireOpen({ name: order.name, status: order.status, openFen }, 0)
    if (openFen < 0) throw new Refusal('aboveOpen', { name: order.name, openFen: 0 })
    const full = (await openPlansOf(context.tx, orderId)).find((plan) => plan.openFen < 0)
    if (full) throw new Refusal('aboveOpen', { name: order.name, openFen: 0 })
  }
}

/** Back out of the recycle bin: a payment for nothing yet, a refund off what its payment is for now. */
export async function bringBackPayment(context: CommandContext, stored: StoredRow): Promise<void> {
  const row = stored as PaymentRow
  if (row.kind === 'refund' && row.refundOf !== null) {
    const original = (await loadForWrite(context, paymentIn(context), row.refundOf, 'read')) as PaymentRow
    if (original.deletedAt !== null) throw new Refusal('hostDeleted')
    await takeBack(context, { id: row.id, amountFen: row.amountFen, orderId: null }, original)
  }
  await setDeleted(context, row.id, false)
}
