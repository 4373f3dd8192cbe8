import { overPlans, type Placed } from '../../../src-shared/features/payments/rules.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { editedValues, keptOf, type RowResult, type RowWrite, type Values, type WriteRules } from '../../kernel/importer.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { requireWritable } from '../../kernel/policy.ts'
import { takeNumber } from '../../kernel/records/numbers.ts'
import { type Called, type Gathered, gathered, resultsOf } from '../../kernel/records/sheetDocuments.ts'
import { soundRows, tried } from '../../kernel/records/sound.ts'
import { loadManyForWrite, updateRow } from '../../kernel/records/write.ts'
import { customersForRows, insertMany, insertRecords } from '../customers/public.ts'
import {
  ALLOCATION_KEYS,
  askedOfNew,
  isEmpty,
  mappedPlain,
  numbersTaken,
  type OpenOrder,
  openOrders,
  PAYMENT_KEYS,
  paymentOf,
  paymentOfRows,
  referenceKey,
  referencesTaken,
  str,
  type Wanted,
} from './importRows.ts'
import { refundedFrom } from './importRefund.ts'
import { allocationsOf, cleanPayment, followMoney, insertAllocations, standingOf } from './store.ts'

/** One chunk of payments and refunds; what they are for is placed in the order of the file. */
export async function writePayments(context: CommandContext, rows: readonly RowWrite[], rules: WriteRules): Promise<RowResult[]> {
  requireWritable(context.actor, entityIn(context, 'payment'), ['amountFen'])
  const payments = gathered(rows, calledBy)
  const chunk = await begun(context, payments, rules)
  const results: RowResult[] = []
  for (const one of payments) {
    if (one.head.mode === 'create') results.push(...resultsOf(one, await createOne(context, one, chunk)))
    else {
      await flush(context, chunk)
      const update = { ...one, head: one.head as Update }
      results.push(...resultsOf(one, await updateOne(context, update, rules)))
    }
  }
  await flush(context, chunk)
  return results
}

const calledBy = (write: RowWrite): Called => ({
  number: str(paymentOf(write)['number']),
  home: str(paymentOf(write)['customerId']),
})

type Chunk = {
  readonly rules: WriteRules
  readonly faults: ReadonlyMap<number, RowResult>
  readonly customers: ReadonlyMap<string, unknown>
  readonly orders: Map<string, OpenOrder>
  readonly taken: Set<string>
  readonly references: Set<string>
  payments: Values[]
  allocations: (Values & Placed)[]
}
async function begun(context: CommandContext, payments: readonly Gathered[], rules: WriteRules): Promise<Chunk> {
  const fresh = payments.filter(({ head }) => head.mode === 'create')
  const ids = fresh.flatMap(({ head }) => str(paymentOf(head)['customerId']) ?? [])
  return {
    rules,
    faults: await soundRows(
      context,
      fresh.map(({ head }) => ({ row: head.row, parts: askedOfNew(context, head.parts) })),
    ),
    customers: ids.length === 0 ? new Map<string, unknown>() : await customersForRows(context, ids, 'read'),
    orders: await openOrders(
      context.tx,
      payments.flatMap((one) => paymentOfRows(one).wanted.map(({ orderId }) => orderId)),
    ),
    taken: await numbersTaken(
      context.tx,
      fresh.flatMap(({ head }) => str(paymentOf(head)['number']) ?? []),
    ),
    references: await referencesTaken(
      context.tx,
      fresh.flatMap(({ head }) => str(paymentOf(head)['reference']) ?? []),
    ),
    payments: [],
    allocations: [],
  }
}

/** Writes what is laid ready: refunds and changes read what stands there. */
async function flush(context: CommandContext, chunk: Chunk): Promise<void> {
  if (chunk.payments.length === 0) return
  await insertRecords(context, entityIn(context, 'payment'), PAYMENT_KEYS, chunk.payments)
  await insertMany(context, 'payment_allocation', ALLOCATION_KEYS, chunk.allocations)
  await followMoney(
    context,
    chunk.payments.map(({ id }) => String(id)),
    chunk.allocations,
  )
  chunk.payments = []
  chunk.allocations = []
}

/** Why a new payment cannot be written, or null. */
function faultOf(
  { head }: Gathered,
  chunk: Chunk,
  { customerId, wanted }: { customerId: string | null; wanted: readonly Wanted[] },
) {
  const fault = chunk.faults.get(head.row)
  if (fault) return fault
  const reason =
    customerId !== null && !chunk.customers.has(customerId)
      ? 'customerGone'
      : wanted.some(({ orderId }) => !chunk.orders.has(orderId))
        ? 'orderGone'
        : null
  return reason === null ? null : { outcome: 'failed' as const, reason }
}

async function createOne(context: CommandContext, one: Gathered, chunk: Chunk): Promise<Omit<RowResult, 'row'>> {
  const { values, amountFen, wanted } = paymentOfRows(one)
  const { id } = one.head
  const customerId = str(values['customerId'])
  const fault = faultOf(one, chunk, { customerId, wanted })
  if (fault) return fault
  const isRefund = values['kind'] === 'refund'
  if (isRefund) await flush(context, chunk)
  const orderIds = wanted.map(({ orderId }) => orderId)
  const refund = { amountFen, customerId, orderIds, refundOf: str(values['refundOf']) }
  const back = isRefund ? await refundedFrom(context.tx, refund) : null
  const placed = back ? back.placed : placedOver(amountFen, wanted, chunk.orders)
  const number = str(values['number']) ?? (await takeNumber(context, entityIn(context, 'payment'))) ?? id.slice(-10)
  const isTaken = chunk.taken.has(number)
  chunk.taken.add(number)
  const issue = isTaken
    ? 'numberTwice'
    : back?.isAbove
      ? 'refundAbove'
      : customerId === null
        ? 'customerMissing'
        : isReferenceTwice(chunk, values)
          ? 'referenceTwice'
          : null
  const refundOf = back?.refundOf ?? null
  chunk.payments.push({ ...laid(context, values, chunk.rules), id, number, amountFen, customerId, issue, refundOf })
  for (const [position, part] of placed.entries())
    chunk.allocations.push({ ...part, id: context.newId(), paymentId: id, position, createdAt: context.now() })
  if (isRefund) await readAgain(context, chunk, placed)
  const rest = amountFen - placed.reduce((sum, part) => sum + Math.abs(part.amountFen), 0)
  return { outcome: 'created', recordId: id, ...(rest > 0 && wanted.length > 0 && !isRefund && { reason: 'restKept' }) }
}

/** Whether another payment has its reference on the same way; one without any is alike with none. */
function isReferenceTwice({ references }: Chunk, { reference, method }: Values): boolean {
  if (isEmpty(reference)) return false
  const key = referenceKey(String(reference), String(method))
  if (references.has(key)) return true
  references.add(key)
  return false
}

/** What went back is open again for the rows behind it. */
async function readAgain(context: CommandContext, chunk: Chunk, placed: readonly Placed[]): Promise<void> {
  await flush(context, chunk)
  const ids = placed.map(({ orderId }) => orderId).filter((id) => chunk.orders.has(id))
  for (const [id, order] of await openOrders(context.tx, ids)) chunk.orders.set(id, order)
}

function laid(context: CommandContext, values: Values, rules: WriteRules): Values {
  const isMapped = (key: string): boolean => rules.mapped.includes(`payment.${key}`)
  const now = context.now()
  const own = Object.fromEntries(Object.entries(cleanPayment(values)).filter(([, value]) => !isEmpty(value)))
  return {
    ...own,
    kind: values['kind'] === 'refund' ? 'refund' : 'payment',
    allocatedFen: 0,
    authorId: isMapped('authorId') ? (values['authorId'] ?? null) : context.actor.employeeId,
    createdAt: str(values['createdAt']) ?? now,
    createdBy: isMapped('createdBy') ? (values['createdBy'] ?? null) : context.actor.userId || null,
    updatedAt: now,
  }
}

/** No order gets more than is open of it; what is left over is for none. */
export function placedOver(amountFen: number, wanted: readonly Wanted[], orders: ReadonlyMap<string, OpenOrder>): Placed[] {
  const placed: Placed[] = []
  let left = amountFen
  for (const { orderId, amountFen: said, planOn } of wanted) {
    const order = orders.get(orderId)
    if (!order || order.status === 'cancelled') continue
    const part = Math.max(0, Math.min(left, said ?? left, order.openFen))
    if (part === 0) continue
    left -= part
    order.openFen -= part
    for (const { planId, amountFen: fen } of overPlans(part, inTurn(order, planOn))) {
      placed.push({ orderId, planId, amountFen: fen })
      const plan = order.plans.find(({ id }) => id === planId)
      if (plan) plan.openFen -= fen
    }
  }
  return placed
}

/** The plan of the day that a row names goes first. */
const inTurn = ({ plans }: OpenOrder, planOn: string | null) =>
  plans.map((plan) => (planOn !== null && plan.dueOn === planOn ? { ...plan, dueOn: '' } : plan))

type Update = Extract<RowWrite, { mode: 'update' | 'fill' }>
const MUST: ReadonlySet<string> = new Set(['receivedOn', 'method'])

/** What came in, and whether it came or went back, is what other sums stand on. */
const KEPT = { amountFen: 'payment.amountKept', kind: 'payment.kindKept' } as const

/** What stands on a payment that is there, and what it is for where that is open; its sum and its customer stay. */
async function updateOne(
  context: CommandContext,
  one: Gathered & { head: Update },
  rules: WriteRules,
): Promise<Omit<RowResult, 'row'>> {
  const { head } = one
  const entity = entityIn(context, 'payment')
  return tried(context, [entity], head.row, async () => {
    const { rows } = await loadManyForWrite(context, entity, [head.id], { verbs: ['read'] })
    const [stored] = rows
    if (!stored) return { row: head.row, outcome: 'skipped', reason: head.restore ? 'inBin' : 'notYours' }
    const { values, amountFen, wanted } = paymentOfRows(one)
    const changes = head.follows ? {} : changesOf(stored, values, { head, rules })
    const wrote = await updateRow(context, entity, stored, { values: cleanPayment(changes) })
    const placed = head.edit
      ? false
      : await placeRest(context, stored as { id: string } & Values, { wanted, follows: head.follows === true })
    const said = { ...(rules.mapped.includes('payment.kind') && { kind: values['kind'] }), amountFen: amountFen || null }
    const kept = head.follows ? undefined : keptOf(said, stored, head, KEPT)
    return wrote || placed
      ? { row: head.row, outcome: 'updated', recordId: head.id, ...(kept && { reason: kept }) }
      : { row: head.row, outcome: 'skipped', reason: kept ?? (head.follows ? 'duplicate' : 'unchanged'), recordId: head.id }
  })
}

function changesOf(stored: Values, values: Values, { head, rules }: { head: Update; rules: WriteRules }): Values {
  const fields = mappedPlain(rules)
  const { mode, edit } = head
  if (edit) return editedValues(values, fields, { edit, mode, empty: rules.empty, stored, must: MUST })
  const changes: Values = {}
  for (const key of fields) {
    if (!isEmpty(values[key])) {
      if (mode === 'update' || isEmpty(stored[key])) changes[key] = values[key]
    } else if (mode === 'update' && rules.empty === 'clear' && !MUST.has(key)) changes[key] = null
  }
  return changes
}

/** What of a payment is for no order goes to those that a row names; one that is for orders already keeps them. */
async function placeRest(
  context: CommandContext,
  stored: { readonly id: string } & Values,
  { wanted, follows }: { wanted: readonly Wanted[]; follows: boolean },
): Promise<boolean> {
  if (stored['kind'] !== 'payment' || wanted.length === 0) return false
  const own = await allocationsOf(context.tx, [stored.id])
  const isThere = wanted.every(({ orderId }) => own.some((one) => one.orderId === orderId))
  if (isThere || (own.length > 0 && !follows)) return false
  const { restFen } = await standingOf(context.tx, { id: stored.id, amountFen: Number(stored['amountFen']) })
  const orders = await openOrders(
    context.tx,
    wanted.map(({ orderId }) => orderId),
  )
  const theirs = wanted.filter(({ orderId }) => orders.get(orderId)?.customerId === stored['customerId'])
  const placed = placedOver(Math.max(0, restFen), theirs, orders)
  await insertAllocations(context, stored.id, placed)
  await followMoney(context, [stored.id], placed)
  return placed.length > 0
}
