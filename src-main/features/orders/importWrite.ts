import { todayOf } from '../../kernel/clock.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { RowResult, RowWrite, Values, WriteRules } from '../../kernel/importer.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { markWon } from '../../kernel/markWon.ts'
import { requireWritable } from '../../kernel/policy.ts'
import { takeNumber } from '../../kernel/records/numbers.ts'
import { type Called, type Gathered, gathered, resultsOf } from '../../kernel/records/sheetDocuments.ts'
import { soundRows } from '../../kernel/records/sound.ts'
import { askedBy } from '../../../src-shared/features/orders/approval.ts'
import { attempt, Refusal } from '../../../src-shared/kernel/refusal.ts'
import { figuresOf, issueOf } from '../../../src-shared/features/orders/rules.ts'
import { calledFor } from '../approvals/public.ts'
import { customersForRows, customersMade, insertMany, insertRecords, newCustomerKey } from '../customers/public.ts'
import { type Shelf, shelfOf } from '../products/public.ts'
import { mayPassBy } from './approval.ts'
import {
  askedOfNew,
  headerOf,
  isEmpty,
  LINE_KEYS,
  linesOfRows,
  ORDER_KEYS,
  orderOf,
  plainValues,
  statusOf,
  str,
} from './importRows.ts'
import { updateOrder } from './importUpdate.ts'
import { levelsOf, placedAsTold } from './pricing.ts'
import { numbersTaken } from './store.ts'

/** One chunk of orders: new ones in a few statements with their lines, the others one by one. */
export async function writeOrders(context: CommandContext, rows: readonly RowWrite[], rules: WriteRules): Promise<RowResult[]> {
  const entity = entityIn(context, 'order')
  requireWritable(context.actor, entity, saidOfLines(rows))
  const orders = gathered(rows, calledBy)
  const results = await createAll(
    context,
    orders.filter(({ head }) => head.mode === 'create'),
    rules,
  )
  for (const one of orders) if (one.head.mode !== 'create') results.push(...(await updateOrder(context, one, rules)))
  return results
}

/** Fields of an order that its lines tell of, as far as these rows say something of it. */
function saidOfLines(rows: readonly RowWrite[]): string[] {
  const lines = rows.flatMap(({ parts }) => parts.orderLine ?? [])
  const says = (key: string): boolean => lines.some((line) => !isEmpty(line[key]))
  return [
    ...(lines.length > 0 ? ['linesFen'] : []),
    ...(says('listPriceFen') ? ['listFen'] : []),
    ...(says('unitCostFen') ? ['costFen'] : []),
  ]
}

function calledBy(write: RowWrite): Called {
  const { number, customerId } = orderOf(write)
  return { number: str(number), home: str(customerId) ?? (newCustomerKey(write.parts.customer?.[0] ?? {}) || null) }
}

type Tables = Record<'orders' | 'lines', Values[]>
async function createAll(context: CommandContext, orders: readonly Gathered[], rules: WriteRules): Promise<RowResult[]> {
  if (orders.length === 0) return []
  const entity = entityIn(context, 'order')
  const homes = await homesOf(context, orders)
  const headers = new Map(orders.map((one) => [one, headerOf(one)]))
  const faults = await soundRows(
    context,
    orders.map((one) => ({ row: one.head.row, parts: askedOfNew(context, { order: [headers.get(one) ?? {}] }) })),
  )
  const shelf = await shelfOf(
    context.tx,
    orders.flatMap(({ rows }) =>
      rows.flatMap(({ parts }) => (parts.orderLine ?? []).flatMap((line) => str(line['productId']) ?? [])),
    ),
  )
  const taken = await numbersTaken(
    context.tx,
    orders.flatMap((one) => str(headers.get(one)?.['number']) ?? []),
  )
  const levels = await levelsOf(context.tx, [...homes.reached.keys()])
  const needs = await calledFor(context, 'order')
  const tables: Tables = { orders: [], lines: [] }
  const results: RowResult[] = []
  for (const one of orders) {
    const header = headers.get(one) ?? {}
    const customerId = homes.idOf(one)
    const fault = faults.get(one.head.row)
    const reason = isEmpty(header['name'])
      ? 'orderless'
      : customerId !== null && !homes.reached.has(customerId)
        ? 'customerGone'
        : null
    if (fault || reason) {
      results.push(...resultsOf(one, fault ?? { outcome: 'failed', reason: reason ?? '' }))
      continue
    }
    const level = levels.get(customerId ?? '') ?? null
    const laid = await layOne(context, tables, { one, header, customerId, level, rules, shelf, taken, needs })
    results.push(...resultsOf(one, laid))
  }
  await insertRecords(context, entity, ORDER_KEYS, tables.orders)
  await insertMany(context, 'order_line', LINE_KEYS, tables.lines)
  const running = tables.orders.filter(({ status }) => status === 'confirmed' || status === 'delivered')
  await markWon(
    context,
    running.map(({ customerId, signedOn }) => ({ customerId, on: str(signedOn) })),
  )
  return results
}

/** The customers that rows hang on, those made that nobody knew among them. */
async function homesOf(context: CommandContext, orders: readonly Gathered[]) {
  const homeOf = ({ rows }: Gathered): string | null =>
    rows.map((row) => str(orderOf(row)['customerId'])).find((id) => id !== null) ?? null
  const saidBy = ({ rows }: Gathered): Values | undefined =>
    rows.map(({ parts }) => parts.customer?.[0]).find((said) => said !== undefined)
  const unknown = orders.flatMap((one) => {
    const said = saidBy(one)
    return homeOf(one) === null && said !== undefined ? [said] : []
  })
  const made = unknown.length === 0 ? new Map<string, string>() : await customersMade(context, unknown, 'edit')
  const idOf = (one: Gathered): string | null => {
    const said = saidBy(one)
    return homeOf(one) ?? (said === undefined ? null : (made.get(newCustomerKey(said)) ?? ''))
  }
  const ids = orders.flatMap((one) => idOf(one) ?? [])
  const reached = ids.length === 0 ? new Map<string, unknown>() : await customersForRows(context, ids, 'edit')
  return { idOf, reached }
}

type Laying = {
  one: Gathered
  header: Values
  customerId: string | null
  level: string | null
  rules: WriteRules
  shelf: Shelf
  taken: Set<string>
  needs: Awaited<ReturnType<typeof calledFor>>
}
async function layOne(context: CommandContext, tables: Tables, given: Laying): Promise<Omit<RowResult, 'row'>> {
  const { one, header, customerId, level, rules, shelf, taken, needs } = given
  const { id } = one.head
  const now = context.now()
  const { lines: said, discountFen, agrees } = linesOfRows(one, header)
  const day = str(header['signedOn']) ?? todayOf(context)
  const lines = placedAsTold(shelf, said, { level, day })
  const figured = attempt(() => figuresOf(lines, discountFen))
  if (figured instanceof Refusal) return { outcome: 'failed', reason: 'notSound' }
  const { amounts, ...figures } = figured
  const { standing, reason } = standingIn(context, header, needs(askedBy(lines, discountFen)) !== null)
  const isMapped = (key: string): boolean => rules.mapped.includes(`order.${key}`)
  const order: Values = {
    ...plainValues(header),
    ...(isMapped('ownerId') ? {} : { ownerId: context.actor.employeeId }),
    ...figures,
    nameSort: header['nameSort'],
    customerId,
    contactId: header['contactId'] ?? null,
    opportunityId: header['opportunityId'] ?? null,
    ...standing,
    receivedFen: 0,
    refundedFen: 0,
    id,
    number: str(header['number']) ?? (await takeNumber(context, entityIn(context, 'order'))),
    createdAt: str(header['createdAt']) ?? now,
    createdBy: isMapped('createdBy') ? (header['createdBy'] ?? null) : context.actor.userId || null,
    updatedAt: now,
  }
  const isTaken = taken.has(String(order['number']))
  taken.add(String(order['number']))
  const issue = issueOf(order, { taken: isTaken, lines: lines.length })
  order['issue'] = reason === 'order.unapproved' && (issue === null || issue === 'signedMissing') ? 'unapproved' : issue
  tables.orders.push(order)
  for (const [position, line] of lines.entries())
    tables.lines.push({ ...line, id: context.newId(), orderId: id, amountFen: amounts[position] ?? 0, position, createdAt: now })
  const why = reason ?? (agrees ? null : 'totalDiffers')
  return { outcome: 'created', recordId: id, ...(why !== null && { reason: why }) }
}

type Stands = { standing: { status: string; deliveredOn?: null }; reason: 'order.approval' | 'order.unapproved' | null }
/**
 * Where a new order stands. What an approval is wanted for stays a draft, which has not been handed over; whoever manages approvals brings
 * it in as the file has it, and it is said of it.
 */
function standingIn(context: CommandContext, header: Values, isNeeded: boolean): Stands {
  const status = statusOf(header)
  const takesEffect = status === 'confirmed' || status === 'delivered'
  if (!isNeeded || !takesEffect) return { standing: { status }, reason: null }
  if (mayPassBy(context)) return { standing: { status }, reason: 'order.unapproved' }
  return { standing: { status: 'draft', deliveredOn: null }, reason: 'order.approval' }
}
