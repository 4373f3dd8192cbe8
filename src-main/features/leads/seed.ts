import { sql } from 'kysely'
import { sortKey } from '../../../src-shared/kernel/pinyin/pinyin.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { Values } from '../../kernel/importer.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { takeNumber } from '../../kernel/records/numbers.ts'
import { insertMany } from '../customers/public.ts'

/** Somebody who might ask: what he writes down of himself. */
export type InventedAsker = {
  readonly company: string
  readonly person: string
  readonly title: string
  readonly phone: string
  readonly email: string
  readonly province: string
  readonly city: string
  readonly industry: string
}
export type LeadWords = {
  readonly pool: string
  readonly campaigns: readonly (string | null)[]
  readonly wishes: readonly (string | null)[]
  readonly said: readonly string[]
}

const MINUTE = 60_000
const DAY = 1440 * MINUTE
const DAYS_BACK = 60
const KEYS = [
  'id',
  'number',
  'name',
  'nameSort',
  'company',
  'person',
  'title',
  'phone',
  'email',
  'province',
  'city',
  'industry',
  'campaign',
  'note',
  'sourceId',
  'poolId',
  'homePoolId',
  'ownerId',
  'status',
  'arrivedAt',
  'assignedAt',
  'firstFollowUpAt',
  'lastFollowUpAt',
  'nextFollowUpAt',
  'invalidReasonId',
  'invalidAt',
  'convertedAt',
  'convertedCustomerId',
  'createdAt',
  'updatedAt',
]
const SAID_KEYS = ['id', 'leadId', 'kind', 'text', 'happenedAt', 'nextAt', 'authorId', 'createdAt', 'updatedAt']
const MOVE_KEYS = ['id', 'leadId', 'kind', 'employeeId', 'poolId', 'createdAt']

type Roll = () => number
const pick = <Item>(roll: Roll, items: readonly Item[]): Item => items[Math.floor(roll() * items.length)] as Item
const iso = (at: number): string => new Date(at).toISOString()

type World = {
  readonly roll: Roll
  readonly words: LeadWords
  readonly today: number
  readonly owners: readonly string[]
  readonly poolId: string
  readonly sources: readonly string[]
  readonly reasons: readonly string[]
  /** Customers that leads may have become. */
  readonly customers: string[]
}
type Tables = Record<'leads' | 'said' | 'moves', Values[]>

/**
 * Invented leads of the two months before today: some in a pool, some nobody's yet, the others with their owners, answered soon or late,
 * a few of them invalid or customers by now; nothing where there are leads already. @returns how many
 */
export async function seedLeads(
  context: CommandContext,
  { askers, owners, words, roll }: { askers: readonly InventedAsker[]; owners: readonly string[]; words: LeadWords; roll: Roll },
): Promise<number> {
  const ids = async (table: 'lead_source' | 'lead_invalid_reason' | 'customer', where = sql`1`): Promise<string[]> => {
    const { rows } = await sql<{ id: string }>`
      select id from ${sql.table(table)} where ${where} order by id limit ${BigInt(askers.length + 50)}`.execute(context.tx)
    return rows.map(({ id }) => id)
  }
  const sources = await ids('lead_source', sql`archived_at is null`)
  if (askers.length === 0 || owners.length === 0 || sources.length === 0 || (await anyLead(context))) {
    context.unchanged()
    return 0
  }
  const world: World = {
    roll,
    words,
    owners,
    sources,
    // Whole days, so that two fillings on one day are equal.
    today: Math.floor(Date.parse(context.now()) / DAY) * DAY,
    poolId: await seedPool(context, words.pool, owners),
    reasons: await ids('lead_invalid_reason', sql`archived_at is null`),
    customers: await ids('customer', sql`owner_id is not null and deleted_at is null`),
  }
  const tables: Tables = { leads: [], said: [], moves: [] }
  for (const asker of askers) await invent(context, tables, asker, world)
  await insertMany(context, 'lead', KEYS, tables.leads)
  await insertMany(context, 'lead_follow_up', SAID_KEYS, tables.said)
  await insertMany(context, 'lead_move', MOVE_KEYS, tables.moves)
  context.record({ entity: 'lead', id: '', action: 'seeded', detail: { count: tables.leads.length } })
  return tables.leads.length
}

const anyLead = async ({ tx }: CommandContext): Promise<boolean> =>
  (await tx.selectFrom('lead').select('id').limit(1).executeTakeFirst()) !== undefined

async function seedPool(context: CommandContext, name: string, owners: readonly string[]): Promise<string> {
  const id = context.newId()
  const at = context.now()
  await insertMany(
    context,
    'lead_pool',
    ['id', 'name', 'nameKey', 'cap', 'recycleDays', 'createdAt', 'updatedAt'],
    [{ id, name, nameKey: name, cap: 30, recycleDays: 7, createdAt: at, updatedAt: at }],
  )
  const members = owners.map((employeeId) => ({ id: context.newId(), poolId: id, employeeId, createdAt: at }))
  await insertMany(context, 'lead_pool_member', ['id', 'poolId', 'employeeId', 'createdAt'], members)
  return id
}

async function invent(context: CommandContext, tables: Tables, asker: InventedAsker, world: World): Promise<void> {
  const { roll, words, today } = world
  const id = context.newId()
  // On some day, while people write: between half past eight and half past six in China.
  const back = roll() ** 2 * DAYS_BACK
  const day = Math.floor(back)
  const arrived = today - (2 + day) * DAY + (30 + Math.floor((back - day) * 600)) * MINUTE
  const place = roll()
  const ownerId = place < 0.82 ? pick(roll, world.owners) : null
  const poolId = ownerId === null && place < 0.93 ? world.poolId : null
  tables.leads.push({
    ...asker,
    ...(ownerId === null ? { status: 'new', updatedAt: iso(arrived) } : lived(context, tables, { id, ownerId, arrived }, world)),
    id,
    number: await takeNumber(context, entityIn(context, 'lead')),
    name: asker.person,
    nameSort: sortKey(asker.person),
    campaign: pick(roll, words.campaigns),
    note: pick(roll, words.wishes),
    sourceId: pick(roll, world.sources),
    poolId,
    homePoolId: poolId,
    ownerId,
    arrivedAt: iso(arrived),
    createdAt: iso(arrived),
  })
}

type Given = { id: string; ownerId: string; arrived: number }
/** What became of a lead that was given to somebody: it waits, was answered once or twice, is invalid, or a customer. */
function lived(context: CommandContext, tables: Tables, { id, ownerId, arrived }: Given, world: World): Values {
  const { roll, words, today } = world
  const assigned = arrived + Math.floor(roll() * 30) * MINUTE
  tables.moves.push({ id: context.newId(), leadId: id, kind: 'assign', employeeId: ownerId, createdAt: iso(assigned) })
  const given = { assignedAt: iso(assigned) }
  const fate = roll()
  if (fate < 0.2) return { ...given, status: 'new', updatedAt: iso(assigned) }
  // Most are answered within the hour, some the next day.
  const first = assigned + Math.floor(5 + roll() ** 3 * 1500) * MINUTE
  const last = roll() < 0.5 ? Math.min(today, first + Math.floor(1 + roll() * 6) * DAY) : first
  const isOpen = fate < 0.78
  const nextAt = isOpen && roll() < 0.6 ? iso(today + Math.floor(roll() * 9 - 1) * DAY + 9 * 60 * MINUTE) : null
  for (const at of last > first ? [first, last] : [first])
    tables.said.push({
      id: context.newId(),
      leadId: id,
      kind: pick(roll, ['call', 'call', 'wechat', 'visit', 'email']),
      text: pick(roll, words.said),
      happenedAt: iso(at),
      nextAt: at === Math.max(first, last) ? nextAt : null,
      authorId: ownerId,
      createdAt: iso(at),
      updatedAt: iso(at),
    })
  const answered = {
    ...given,
    firstFollowUpAt: iso(first),
    lastFollowUpAt: iso(Math.max(first, last)),
    nextFollowUpAt: nextAt,
    updatedAt: iso(Math.max(first, last)),
  }
  if (isOpen) return { ...answered, status: fate < 0.55 ? 'contacted' : 'qualified' }
  const ended = answered.updatedAt
  const became = fate < 0.9 ? world.customers.shift() : undefined
  return became === undefined
    ? { ...answered, status: 'invalid', invalidReasonId: pick(roll, world.reasons), invalidAt: ended }
    : { ...answered, status: 'converted', convertedAt: ended, convertedCustomerId: became }
}
