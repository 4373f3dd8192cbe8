import { sql } from 'kysely'
import { readCreditCode } from '../../../src-shared/kernel/cleaning/codes.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import { addDays } from '../../../src-shared/kernel/zoned.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { Values } from '../../kernel/importer.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { takeNumber } from '../../kernel/records/numbers.ts'
import { insertMany } from '../customers/public.ts'
import { BANKS, VOID_REASON } from './seedWords.ts'

type Buyer = { id: string; name: string; phone: string | null; email: string | null; address: string; createdAt: string }
const WORDS = ['taxNumber', 'address', 'phone', 'bank', 'account', 'email', 'mailAddress'] as const
const PROFILE_KEYS = ['id', 'customerId', 'title', 'kind', ...WORDS, 'isDefault', 'createdAt', 'updatedAt'] as const
const INVOICE_KEYS = [
  'id',
  'number',
  'status',
  'kind',
  'customerId',
  'requesterId',
  'requestedOn',
  'amountFen',
  'buyer',
  'buyerKind',
  ...WORDS,
  'officialNumber',
  'issuedOn',
  'postedOn',
  'expressNo',
  'voidReason',
  'createdAt',
  'updatedAt',
] as const
const LINE_KEYS = ['id', 'invoiceId', 'orderId', 'amountFen', 'position', 'createdAt'] as const
const SIGNS = [...'0123456789ABCDEFGHJKLMNPQRTUWXY']

const digits = (roll: () => number, n: number): string => String(Math.floor(roll() * 10 ** n)).padStart(n, '0')

/** A unified credit code that checks itself. */
function taxNumber(roll: () => number): string {
  const begun = `91330${digits(roll, 3)}MA${digits(roll, 7)}`
  return begun + (SIGNS.find((sign) => readCreditCode(begun + sign).problem === null) ?? '0')
}

/** Profiles of the customers who have bought something. @returns them by customer */
async function seedProfiles(context: CommandContext, roll: () => number): Promise<Map<string, Values>> {
  const { rows } = await sql<Buyer>`
    select c.id, c.name, c.phone, c.email, coalesce(c.province, '') || coalesce(c.city, '') || coalesce(c.district, '') || coalesce(c.address, '') as address,
      c.created_at as "createdAt" from customer c where c.deleted_at is null and c.id in (select customer_id from sales_order) order by c.id`.execute(
    context.tx,
  )
  const profiles = rows.map(({ id, name, phone, email, address, createdAt }): Values => {
    const bank = BANKS[Math.floor(roll() * BANKS.length)] ?? ''
    return {
      id: context.newId(),
      customerId: id,
      title: name,
      kind: 'enterprise',
      taxNumber: taxNumber(roll),
      address,
      phone,
      bank,
      account: `62${digits(roll, 8)}${digits(roll, 7)}`,
      email,
      mailAddress: address,
      isDefault: 1,
      createdAt,
      updatedAt: createdAt,
    }
  })
  await insertMany(context, 'billing_profile', PROFILE_KEYS, profiles)
  return new Map(profiles.map((profile) => [String(profile['customerId']), profile]))
}

type Sold = {
  id: string
  customerId: string
  ownerId: string | null
  totalFen: number
  signedOn: string
  deliveredOn: string | null
}
const soldOnes = async (context: CommandContext): Promise<Sold[]> =>
  (
    await sql<Sold>`
      select id, customer_id as "customerId", owner_id as "ownerId", total_fen as "totalFen", signed_on as "signedOn", delivered_on as "deliveredOn"
      from sales_order where deleted_at is null and status in ('confirmed', 'delivered') and customer_id is not null and signed_on is not null and total_fen > 0
      order by signed_on, id`.execute(context.tx)
  ).rows

/**
 * Billing profiles of those who have bought something, and invoices on most of their orders: part before delivery, the rest behind it,
 * the newest only asked for, one now and then void; nothing where there are invoices already.
 * @returns how many invoices
 */
export async function seedInvoices(context: CommandContext, roll: () => number): Promise<number> {
  if (await context.tx.selectFrom('invoice').select('id').limit(1).executeTakeFirst()) {
    context.unchanged()
    return 0
  }
  const today = dateIn(context.now(), context.services.timeZone())
  const profiles = await seedProfiles(context, roll)
  const [invoices, lines]: [Values[], Values[]] = [[], []]
  for (const order of await soldOnes(context)) {
    const profile = profiles.get(order.customerId)
    if (!profile || roll() > 0.8) continue
    const first = Math.floor((order.totalFen * 3) / 10)
    const parts: (readonly [day: string, fen: number])[] = [
      [addDays(order.signedOn, 3), first],
      ...(order.deliveredOn === null ? [] : [[addDays(order.deliveredOn, 2), order.totalFen - first] as const]),
    ]
    for (const [day, amountFen] of parts) {
      if (day >= today || amountFen <= 0) continue
      const isVoid = roll() < 0.04
      if (isVoid) await draw(context, { invoices, lines }, { order, profile, day, amountFen, today, roll, isVoid })
      await draw(context, { invoices, lines }, { order, profile, day, amountFen, today, roll, isVoid: false })
    }
  }
  await insertMany(context, 'invoice', INVOICE_KEYS, invoices)
  await insertMany(context, 'invoice_line', LINE_KEYS, lines)
  if (invoices.length === 0 && profiles.size === 0) context.unchanged()
  else context.record({ entity: 'invoice', id: '', action: 'seeded', detail: { count: invoices.length } })
  return invoices.length
}

type Tables = { invoices: Values[]; lines: Values[] }
type Drawn = { order: Sold; profile: Values; day: string; amountFen: number; today: string; roll: () => number; isVoid: boolean }
async function draw(context: CommandContext, { invoices, lines }: Tables, drawn: Drawn): Promise<void> {
  const { order, profile, day, amountFen, today, roll, isVoid } = drawn
  const id = context.newId()
  const issuedOn = addDays(day, 1 + Math.floor(roll() * 3))
  const postedOn = addDays(issuedOn, 1 + Math.floor(roll() * 4))
  const isSpecial = roll() < 0.6
  // What was asked for in the last days still waits.
  const status = isVoid ? 'void' : issuedOn >= today ? 'requested' : postedOn >= today ? 'issued' : 'posted'
  const isOut = status !== 'requested'
  const createdAt = `${day}T02:00:00.000Z`
  const express = roll() < 0.3 ? `SF${digits(roll, 12)}` : null
  invoices.push({
    id,
    number: (await takeNumber(context, entityIn(context, 'invoice'))) ?? id.slice(-10),
    status,
    kind: isSpecial ? (express ? 'special' : 'eSpecial') : express ? 'general' : 'eGeneral',
    customerId: order.customerId,
    requesterId: order.ownerId,
    requestedOn: day,
    amountFen,
    buyer: profile['title'],
    buyerKind: 'enterprise',
    ...Object.fromEntries(WORDS.map((key) => [key, profile[key]])),
    officialNumber: isOut ? `2633${digits(roll, 8)}${digits(roll, 8)}` : null,
    issuedOn: isOut ? issuedOn : null,
    postedOn: status === 'posted' ? postedOn : null,
    expressNo: status === 'posted' ? express : null,
    voidReason: isVoid ? VOID_REASON : null,
    createdAt,
    updatedAt: createdAt,
  })
  lines.push({ id: context.newId(), invoiceId: id, orderId: order.id, amountFen, position: 0, createdAt })
}
