import { todayOf } from '../../kernel/clock.ts'
import { employeeState } from '../../kernel/leaving.ts'
import type {
  LineInput,
  Order,
  OrderEdit,
  OrderStatus,
  PersonInput,
  PlanInput,
} from '../../../src-shared/features/orders/model.ts'
import {
  requireCurrency,
  requireDays,
  requireNext,
  requireNoInvoices,
  requireNoMoney,
  requirePeriod,
  requireRunning,
} from '../../../src-shared/features/orders/rules.ts'
import { requireSoundOwner } from '../../../src-shared/features/opportunities/rules.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { Stale } from '../../kernel/errors.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { markWon } from '../../kernel/markWon.ts'
import { requireWritable } from '../../kernel/policy.ts'
import { getRow } from '../../kernel/records/select.ts'
import { insertRow, loadForWrite, type StoredRow, updateRow } from '../../kernel/records/write.ts'
import type { Shortage } from '../../../src-shared/features/purchases/model.ts'
import { requestMissing } from '../purchases/public.ts'
import { askedBy, keepReserved, letGo, reserve, sendDifference, sendOut, takeBack } from '../stock/public.ts'
import { followContent, requireAgreed, requireNotAsked, standingOf } from './approval.ts'
import { linesOf, type StoredLine, writeLines } from './lines.ts'
import { PEOPLE_BY, PLANS_BY, writePeople, writePlans } from './parts.ts'
import { cleanOrder, countLines, customerOfContact, derivedOf, invoicedOf, issueAfter, writeHeader } from './store.ts'

type Values = Record<string, unknown>
export type OrderRow = StoredRow & {
  name: string
  number: string | null
  status: OrderStatus
  customerId: string | null
  ownerId: string | null
  signedOn: string | null
  deliveredOn: string | null
  discountFen: number
  totalFen: number
  receivedFen: number
  refundedFen: number
}
const orderIn = (context: CommandContext) => entityIn(context, 'order')

/** The row as it stands now for whoever has just written it, even when he gave it away by that. */
export async function written(context: CommandContext, id: string): Promise<Order> {
  const actor = { ...context.actor, permissions: { ...context.actor.permissions, 'orders.read': 'all' as const } }
  return (await getRow(context.tx, actor, orderIn(context), id)) as Order
}

/** A living order that the actor may change. @throws Refusal deleted */
export async function toChange(context: CommandContext, id: string): Promise<OrderRow> {
  const row = (await loadForWrite(context, orderIn(context), id, 'edit')) as OrderRow
  if (row.deletedAt !== null) throw new Refusal('deleted')
  return row
}

/** For sets that are saved as a whole. */
export function requireSeen(row: OrderRow, version: number): void {
  if (row.version !== version) throw new Stale('order', row.id)
}

/** @throws Refusal ownerMissing | ownerUnknown | ownerLeft */
export async function requireOwner(context: CommandContext, ownerId: string | null): Promise<void> {
  if (ownerId === null) throw new Refusal('ownerMissing')
  requireSoundOwner(await employeeState(context.tx, ownerId, todayOf(context)))
}

/** @throws Refusal customerMissing | customerDeleted | customerHasMoney | customerHasInvoices; Forbidden for a customer who is not the actor's to sell to */
async function homeOf(context: CommandContext, stored: OrderRow | null, customerId: string | null | undefined) {
  const before = stored?.customerId ?? null
  if (customerId === undefined || customerId === before) {
    if (before === null && stored === null) throw new Refusal('customerMissing')
    return before
  }
  if (customerId === null) throw new Refusal('customerMissing')
  const customer = await loadForWrite(context, entityIn(context, 'customer'), customerId, 'edit')
  if (customer.deletedAt !== null) throw new Refusal('customerDeleted')
  // What he paid is not for an order of somebody else.
  if (stored && (stored.receivedFen !== 0 || stored.refundedFen !== 0)) throw new Refusal('customerHasMoney')
  if (stored) requireNoInvoices(await invoicedOf(context.tx, stored.id), 'customerHasInvoices')
  return customerId
}

/** @throws Refusal those of `homeOf`, and when contact or opportunity are somebody else's. */
async function requireSoundLinks(context: CommandContext, stored: OrderRow | null, values: OrderEdit): Promise<Values> {
  const { customerId, contactId, opportunityId } = values
  const home = await homeOf(context, stored, customerId)
  if (contactId && (await customerOfContact(context.tx, contactId)) !== home) throw new Refusal('contactElsewhere')
  if (opportunityId && opportunityId !== stored?.['opportunityId']) {
    const chance = await loadForWrite(context, entityIn(context, 'opportunity'), opportunityId, 'read')
    if (chance.deletedAt !== null || (chance['customerId'] ?? home) !== home) throw new Refusal('opportunityElsewhere')
  }
  if (stored === null || home === stored.customerId) return {}
  // Another customer has other people and other opportunities.
  const others = {
    ...(contactId === undefined && { contactId: null }),
    ...(opportunityId === undefined && { opportunityId: null }),
  }
  return Object.fromEntries(Object.entries(others).filter(([key]) => stored[key] !== null))
}

const NO_DAYS = { signedOn: null, deliveredOn: null }
type Given = OrderEdit & {
  name: string
  currency?: string
  quoteId?: string
  /** The lines say themselves what their products were by list. */
  told?: boolean
  /** What it sells was agreed on elsewhere. */
  agreed?: boolean
  lines: readonly LineInput[]
  people: readonly PersonInput[]
  plans: readonly PlanInput[]
}
export async function createOrder(
  context: CommandContext,
  { lines, people, plans, currency = 'CNY', quoteId, told = false, agreed = false, ...given }: Given,
): Promise<string> {
  requireCurrency(currency)
  const values = cleanOrder(given)
  requirePeriod(values)
  requireDays('draft', NO_DAYS, values)
  const ownerId = values.ownerId === undefined ? context.actor.employeeId : values.ownerId
  await requireOwner(context, ownerId)
  await requireSoundLinks(context, null, values)
  // The default owner is the program's choice, so it is not held against a field right.
  if (values.ownerId !== undefined) requireWritable(context.actor, orderIn(context), ['ownerId'])
  const { ownerId: _owner, discountFen = 0, ...own } = values
  if (lines.length > 0) requireWritable(context.actor, orderIn(context), ['linesFen', ...(told ? [] : saidBeside(lines, []))])
  if (discountFen > 0) requireWritable(context.actor, orderIn(context), ['discountFen'])
  if (people.length > 0) requireWritable(context.actor, orderIn(context), [PEOPLE_BY])
  if (plans.length > 0) requireWritable(context.actor, orderIn(context), [PLANS_BY])
  const id = await insertRow(context, orderIn(context), own, {
    ...derivedOf(values),
    ownerId,
    currency,
    ...(quoteId !== undefined && { quoteId }),
  })
  const day = values.signedOn ?? todayOf(context)
  const home = values.customerId ?? null
  const asNew = { id, customerId: home, receivedFen: 0, refundedFen: 0 }
  const { figures } = await writeLines(context, asNew, { lines, discountFen, day, told, agreed })
  await context.tx.updateTable('salesOrder').set(figures).where('id', '=', id).execute()
  await writePeople(context, id, people)
  await writePlans(context, id, plans)
  return id
}

/** `wrote`: what, or null when everything stood there already; `unapproved`: a file brought what approval is called for. */
type Edited = { readonly wrote: 'edited' | 'transferred' | null; readonly unapproved: boolean }
export async function editOrder(
  context: CommandContext,
  row: OrderRow,
  given: OrderEdit,
  { seenVersion, told = false }: { seenVersion?: number; told?: boolean } = {},
): Promise<Edited> {
  requireRunning(row.status)
  const values = cleanOrder(given)
  if (Object.keys(values).some((key) => key !== 'ownerId')) requireNotAsked(row)
  if (values.startsOn !== undefined || values.endsOn !== undefined) requirePeriod({ ...row, ...values })
  requireDays(row.status, row, values)
  const passed = values.ownerId !== undefined && values.ownerId !== row.ownerId
  if (passed) {
    await loadForWrite(context, orderIn(context), row.id, 'transfer')
    await requireOwner(context, values.ownerId ?? null)
  }
  const links = await requireSoundLinks(context, row, values)
  const stood = await standingOf(context.tx, row.id)
  const figures = await refigured(context, row, values)
  const wrote = await updateRow(context, orderIn(context), row, {
    values: { ...values, ...links },
    derived: {
      ...derivedOf(values),
      ...figures,
      ...(await issueAfter(context.tx, { ...row, ...values, ...links }, await countLines(context.tx, row.id))),
    },
    ...(seenVersion !== undefined && { seenVersion }),
  })
  if (!wrote) return { wrote: null, unapproved: false }
  const unapproved = await followContent(context, stood, told)
  return { wrote: passed ? 'transferred' : 'edited', unapproved }
}

/** Another discount, or lists and costs of another day of signing or another customer. */
async function refigured(context: CommandContext, row: OrderRow, values: OrderEdit): Promise<Values> {
  const { signedOn = row.signedOn, customerId = row.customerId, discountFen = row.discountFen } = values
  const renew = signedOn !== row.signedOn || customerId !== row.customerId
  if (!renew && discountFen === row.discountFen) return {}
  const day = signedOn ?? todayOf(context)
  return (await writeLines(context, { ...row, customerId }, { discountFen, day, renew })).figures
}

/** Fields of an order that its lines tell of beside their sums: what differs from what stands there is somebody's to say. */
function saidBeside(lines: readonly LineInput[], stored: readonly StoredLine[]): string[] {
  const differs = (key: 'listPriceFen' | 'costFen'): boolean =>
    lines.some((line) => {
      const said = line[key]
      if (said === undefined) return false
      return !stored.some((one) => one.productId === line.productId && one.name === line.name && one[key] === said)
    })
  return [...(differs('listPriceFen') ? ['listFen'] : []), ...(differs('costFen') ? ['costFen'] : [])]
}

/** `told`: a file tells of an order as it is; nothing is sent or bought for that, only what is kept for it follows. */
type NewLines = { lines: readonly LineInput[]; discountFen?: number | undefined; told?: boolean }
export type Written = { readonly wrote: boolean; readonly shortage: Shortage | null; readonly unapproved: boolean }
/** The whole set of lines, and with them what is kept for the order, or has left for it. */
export async function setLines(
  context: CommandContext,
  row: OrderRow,
  { lines, discountFen = row.discountFen, told = false }: NewLines,
): Promise<Written> {
  requireRunning(row.status)
  requireNotAsked(row)
  const beside = told ? [] : saidBeside(lines, await linesOf(context.tx, row.id))
  const written = ['linesFen', ...(discountFen === row.discountFen ? [] : ['discountFen']), ...beside]
  requireWritable(context.actor, orderIn(context), written)
  const stood = await standingOf(context.tx, row.id)
  const asked = await askedBy(context.tx, row.id)
  const { wrote, figures } = await writeLines(context, row, { lines, discountFen, day: row.signedOn ?? todayOf(context), told })
  if (!wrote && discountFen === row.discountFen) return { wrote: false, shortage: null, unapproved: false }
  await writeHeader(context, row.id, { ...figures, ...(await issueAfter(context.tx, row, lines.length)) })
  const unapproved = await followContent(context, stood, told)
  if (told) await keepReserved(context, row.id)
  else if (row.status === 'delivered') await sendDifference(context, row, asked)
  if (told || row.status !== 'confirmed') return { wrote: true, shortage: null, unapproved }
  await reserve(context, row.id)
  return { wrote: true, shortage: await requestMissing(context, row.id), unapproved }
}

type Step = {
  readonly to: OrderStatus
  readonly values: { signedOn?: string; deliveredOn?: string; cancelReason?: string | null }
  /** More leaves than is there, by right and for a reason. */
  readonly stock?: { readonly beyond: boolean; readonly reason: string | null }
}
/**
 * Agreed, delivered or called off; the stock goes with it. @returns what the order lacks where it was agreed
 * @throws Refusal statusNotNext | linesMissing | pendingApproval | approvalNeeded | deliveredBeforeSigned | moneyAllocated | invoiceLiving | notEnough | stockReasonMissing; Forbidden stock.negative
 */
export async function goTo(context: CommandContext, row: OrderRow, { to, values, stock }: Step): Promise<Shortage | null> {
  requireNext(row.status, to, await countLines(context.tx, row.id))
  if (to === 'confirmed') await requireAgreed(context, row)
  if (to === 'cancelled') {
    requireNotAsked(row)
    requireNoMoney(row)
    requireNoInvoices(await invoicedOf(context.tx, row.id), 'invoiceLiving')
  }
  requireDays(to, row, values)
  requireWritable(
    context.actor,
    orderIn(context),
    Object.keys(values).filter((key) => key !== 'cancelReason'),
  )
  const { signedOn } = values
  const figures =
    signedOn === undefined
      ? {}
      : (await writeLines(context, row, { discountFen: row.discountFen, day: signedOn, renew: true })).figures
  await writeHeader(context, row.id, { ...figures, ...values, status: to })
  if (to === 'delivered') await sendOut(context, row, stock)
  if (to === 'cancelled') {
    await letGo(context, [row.id])
    await takeBack(context, row)
  }
  if (to !== 'confirmed') return null
  await markWon(context, [{ customerId: row.customerId }])
  await reserve(context, row.id)
  return requestMissing(context, row.id)
}
