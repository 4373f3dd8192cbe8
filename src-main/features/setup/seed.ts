import { setImmediate } from 'node:timers/promises'
import { sortKey } from '../../../src-shared/kernel/pinyin/pinyin.ts'
import { nobody } from '../../kernel/pipeline.ts'
import { runCommand } from '../../kernel/commands.ts'
import type { Backend, CommandContext } from '../../kernel/context.ts'
import { bulkLoad } from '../../kernel/dialect/bulkLoad.ts'
import { derivedFrom } from '../customers/public.ts'
import { type InventedAsker, seedLeads } from '../leads/public.ts'
import { seedOpportunities } from '../opportunities/public.ts'
import { seedProducts } from '../products/public.ts'
import { seedPurchases } from '../purchases/public.ts'
import { seedSourceCosts } from '../source-costs/public.ts'
import { seedStock } from '../stock/public.ts'
import { type Invented, inventFirms, randomFrom } from './invent.ts'
import { LEAD_WORDS, SPENDING } from './seedLeadWords.ts'
import { PROJECTS } from './seedOpportunityWords.ts'
import { seedInvoices } from './seedInvoices.ts'
import { seedOrders } from './seedOrders.ts'
import { seedQuotes } from './seedQuotes.ts'
import { seedTargets } from './seedTargets.ts'
import { seedPayments } from './seedPayments.ts'
import { GOODS, LISTS, STOCK, SUPPLIERS, WORK } from './seedProductWords.ts'
import { COLLEAGUES } from './seedWords.ts'

const CHUNK = 5000

type Made = Record<
  | 'customers'
  | 'contacts'
  | 'followUps'
  | 'products'
  | 'stock'
  | 'purchases'
  | 'sourceCosts'
  | 'opportunities'
  | 'leads'
  | 'quotes'
  | 'orders'
  | 'payments'
  | 'invoices'
  | 'targets'
  | 'employees'
  | 'elapsedMs',
  number
>
/** Fills a workspace with invented customers, contacts and follow-ups; the same numbers give the same rows. @returns what was made. */
export async function seedCustomers(backend: Backend, options: { customers: number; seed: number }): Promise<Made> {
  const startedAt = performance.now()
  const random = randomFrom(options.seed)
  const ids = seededIds(options.seed)
  const batchId = backend.newId()
  const write = <Output>(work: (context: CommandContext) => Promise<Output>) =>
    runCommand(
      backend,
      {
        procedure: 'setup.addSampleData',
        actor: { ...nobody('cli'), name: 'seed' },
        key: null,
        input: null,
        options: { batchId },
      },
      work,
    )
  const owners = await write((context) => colleagues(context, ids))
  const made = { customers: 0, contacts: 0, followUps: 0 }
  const fill = async (start: number) => {
    const firms = inventFirms(random, Math.min(CHUNK, options.customers - start), { now: backend.now(), owners })
    await write(async (context) => {
      writeFirms(backend, firms, ids)
      context.record({ entity: 'customer', id: '', action: 'seeded', detail: { count: firms.length } })
    })
    made.customers += firms.length
    made.contacts += firms.reduce((sum, firm) => sum + firm.contacts.length, 0)
    made.followUps += firms.reduce((sum, firm) => sum + firm.followUps.length, 0)
    await setImmediate()
  }
  await bulkLoad(backend.database.raw, async () => {
    for (let start = 0; start < options.customers; start += CHUNK) await fill(start)
  })
  const products = await write((context) => seedProducts({ ...context, newId: ids }, { work: WORK, goods: GOODS, lists: LISTS }))
  const opportunities = await write((context) => seedOpportunities({ ...context, newId: ids }, PROJECTS, random))
  const askers = inventFirms(random, Math.min(MOST_LEADS, Math.ceil(options.customers * LEADS)), {
    now: backend.now(),
    owners,
  }).map(askerOf)
  const leads = await write((context) =>
    seedLeads({ ...context, newId: ids }, { askers, owners, words: LEAD_WORDS, roll: random }),
  )
  const quotes = await write((context) => seedQuotes({ ...context, newId: ids }, random))
  const orders = await write((context) => seedOrders({ ...context, newId: ids }, random))
  const payments = await write((context) => seedPayments({ ...context, newId: ids }, random))
  const invoices = await write((context) => seedInvoices({ ...context, newId: ids }, random))
  const stock = await write((context) => seedStock({ ...context, newId: ids }, STOCK, random))
  const purchases = await write((context) => seedPurchases({ ...context, newId: ids }, SUPPLIERS))
  const sourceCosts = await write((context) =>
    seedSourceCosts({ ...context, newId: ids }, { spending: SPENDING, times: leads / 100, roll: random }),
  )
  const targets = await write((context) => seedTargets({ ...context, newId: ids }, random))
  return {
    ...made,
    products,
    stock,
    purchases,
    sourceCosts,
    opportunities,
    leads,
    quotes,
    orders,
    payments,
    invoices,
    targets,
    employees: owners.length,
    elapsedMs: Math.round(performance.now() - startedAt),
  }
}

/** Leads a customer, and at most. */
const [LEADS, MOST_LEADS] = [0.15, 600]
const askerOf = ({ name, phone, email, province, city, industry, contacts }: Invented): InventedAsker => ({
  company: name,
  person: contacts[0]?.name ?? name,
  title: contacts[0]?.title ?? '',
  phone,
  email,
  province,
  city,
  industry,
})

/** The people who own the invented customers: those who are there, else twelve without a login. */
async function colleagues(context: CommandContext, ids: () => string): Promise<string[]> {
  const there = await context.tx.selectFrom('employee').select('id').where('leftOn', 'is', null).execute()
  if (there.length >= COLLEAGUES.length) {
    context.unchanged()
    return there.map((row) => row.id)
  }
  const at = context.now()
  const department = await context.tx.selectFrom('department').select('id').where('parentId', 'is', null).executeTakeFirst()
  const made = COLLEAGUES.map((name) => ({ id: ids(), name }))
  for (const { id, name } of made) {
    await context.tx
      .insertInto('employee')
      .values({
        id,
        name,
        nameSort: sortKey(name),
        phone: null,
        email: null,
        hiredOn: '2023-03-01',
        leftOn: null,
        createdAt: at,
        updatedAt: at,
      })
      .execute()
    await context.tx
      .insertInto('employment')
      .values({
        id: ids(),
        employeeId: id,
        departmentId: department?.id ?? null,
        managerId: null,
        rank: null,
        team: null,
        validFrom: '2023-03-01',
        validTo: null,
        createdAt: at,
      })
      .execute()
  }
  context.record({ entity: 'employee', id: made[0]?.id ?? '', action: 'seeded', detail: { count: made.length } })
  return made.map((row) => row.id)
}

/** Prepared once: a million rows through a query builder would take the longest part of a coffee break. */
function writeFirms({ database: { raw } }: Backend, firms: readonly Invented[], ids: () => string): void {
  const customer =
    raw.prepare(`insert into customer (id, name, name_sort, name_core, kind, level, status, owner_id, phone, email, industry, source, province, city, district, address, next_follow_up_at, last_follow_up_at, created_at, updated_at)
    values (?, ?, ?, ?, 'company', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const contact = raw.prepare(
    'insert into contact (id, customer_id, name, name_sort, title, phone, is_primary, created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const followUp = raw.prepare(
    'insert into follow_up (id, customer_id, contact_id, kind, text, happened_at, author_id, created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  for (const firm of firms) {
    const id = ids()
    const derived = derivedFrom({ name: firm.name })
    customer.run(
      id,
      firm.name,
      derived['nameSort'],
      derived['nameCore'],
      firm.level,
      firm.status,
      firm.ownerId,
      firm.phone,
      firm.email,
      firm.industry,
      firm.source,
      firm.province,
      firm.city,
      firm.district,
      firm.address,
      firm.nextAt,
      firm.followUps[0]?.at ?? null,
      firm.createdAt,
      firm.createdAt,
    )
    for (const [index, person] of firm.contacts.entries()) {
      const contactId = ids()
      contact.run(
        contactId,
        id,
        person.name,
        sortKey(person.name),
        person.title,
        person.phone,
        index === 0 ? 1n : 0n,
        firm.createdAt,
        firm.createdAt,
      )
      if (index > 0) continue
      for (const spoken of firm.followUps)
        followUp.run(ids(), id, contactId, spoken.kind, spoken.text, spoken.at, firm.ownerId, spoken.at, spoken.at)
    }
  }
}

/** Ids that depend on the seed alone, so that two fillings of the same kind are equal to the byte. */
function seededIds(seed: number): () => string {
  const prefix = `01SEED${(seed % 32 ** 4)
    .toString(32)
    .toUpperCase()
    .replace(/[ILOU]/g, 'Z')
    .padStart(6, '0')}`
  let next = 0
  return () => {
    next++
    return (
      prefix +
      [...next.toString(32).padStart(14, '0')]
        .map((digit) => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.charAt(Number.parseInt(digit, 32)))
        .join('')
    )
  }
}
