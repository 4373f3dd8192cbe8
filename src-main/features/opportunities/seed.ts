import { sql } from 'kysely'
import { historyOf, type StageEntry } from '../../../src-shared/features/opportunities/history.ts'
import { amountOf, sumOf } from '../../../src-shared/features/opportunities/lines.ts'
import { sortKey } from '../../../src-shared/kernel/pinyin/pinyin.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { Values } from '../../kernel/importer.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { takeNumber } from '../../kernel/records/numbers.ts'
import { insertMany } from '../customers/public.ts'
import { KEYS, LINE_KEYS, STAGE_KEYS, stagesOf } from './importRows.ts'
import { importStages, type ImportStage } from './store.ts'

export type InventedProjects = {
  readonly topics: readonly string[]
  readonly sources: readonly string[]
  readonly steps: readonly string[]
  readonly competitors: readonly (string | null)[]
  readonly losses: readonly string[]
  readonly notes: readonly (string | null)[]
}
export type Roll = () => number

const HOUR = 3_600_000
const DAY = 24 * HOUR
const MOST = 1500
const SHARE = 0.4
const DAYS_BACK = 360
const DEAR_FEN = 50_000

type Firm = { id: string; name: string; ownerId: string; contactId: string | null; createdAt: string }
type Good = { id: string; name: string; unit: string | null; priceFen: number }
type World = {
  readonly roll: Roll
  readonly words: InventedProjects
  readonly today: number
  readonly stages: readonly ImportStage[]
  readonly reasons: readonly string[]
  readonly goods: readonly Good[]
}
type Tables = Record<'opportunities' | 'stages' | 'lines', Values[]>

const pick = <Item>(roll: Roll, items: readonly Item[]): Item => items[Math.floor(roll() * items.length)] as Item
const iso = (at: number): string => new Date(at).toISOString()

/**
 * Invented opportunities of the customers that are there, over the year before today: some won, some lost with their reasons, the others
 * where they have got to; nothing where there are opportunities already. @returns how many
 */
export async function seedOpportunities(context: CommandContext, words: InventedProjects, roll: Roll): Promise<number> {
  if (await context.tx.selectFrom('opportunity').select('id').limit(1).executeTakeFirst()) {
    context.unchanged()
    return 0
  }
  const { stages } = await importStages(context.tx)
  const [first] = stages.values()
  if (!first) {
    context.unchanged()
    return 0
  }
  const reasons = await context.tx
    .selectFrom('lostReason')
    .select('id')
    .where('archivedAt', 'is', null)
    .orderBy('position')
    .execute()
  const world: World = {
    roll,
    words,
    // Whole days, so that two fillings on one day are equal.
    today: Math.floor(Date.parse(context.now()) / DAY) * DAY,
    stages: [...stages.values()].filter(({ pipelineId }) => pipelineId === first.pipelineId),
    reasons: reasons.map(({ id }) => id),
    goods: await goodsOnSale(context),
  }
  const tables: Tables = { opportunities: [], stages: [], lines: [] }
  for (const firm of await firmsWithOwners(context)) if (roll() < SHARE) await invent(context, tables, firm, world)
  await insertMany(context, 'opportunity', [...KEYS, 'amountByHand'], tables.opportunities)
  await insertMany(context, 'opportunity_stage', STAGE_KEYS, tables.stages)
  await insertMany(context, 'opportunity_line', LINE_KEYS, tables.lines)
  const count = tables.opportunities.length
  if (count === 0) context.unchanged()
  else context.record({ entity: 'opportunity', id: '', action: 'seeded', detail: { count } })
  return count
}

async function firmsWithOwners(context: CommandContext): Promise<Firm[]> {
  const { rows } = await sql<Firm>`
    select c.id, c.name, c.owner_id as "ownerId", c.created_at as "createdAt",
      (select t.id from contact t where t.customer_id = c.id and t.is_primary = 1 and t.deleted_at is null order by t.id limit 1) as "contactId"
    from customer c where c.owner_id is not null and c.deleted_at is null order by c.id limit ${Math.floor(MOST / SHARE)}`.execute(
    context.tx,
  )
  return rows
}

async function goodsOnSale(context: CommandContext): Promise<Good[]> {
  const { rows } = await sql<Good>`
    select id, name || iif(spec is null, '', ' ' || spec) as name, unit, price_fen as "priceFen" from product
    where deleted_at is null and status = 'onSale' and price_fen > 0 order by id limit 500`.execute(context.tx)
  return rows
}

type Lived = { own: ImportStage; history: readonly StageEntry[]; at: string }

async function invent(context: CommandContext, tables: Tables, firm: Firm, world: World): Promise<void> {
  const { roll, today } = world
  const id = context.newId()
  const since = Math.max(Date.parse(firm.createdAt), today - Math.floor(roll() * DAYS_BACK) * DAY) + Math.floor(roll() * 8) * HOUR
  const { own, history } = lived(world, Math.min(since, today - DAY))
  const at = history.at(-1)?.enteredAt ?? iso(today)
  const born = history[0]?.enteredAt ?? at
  const lines = roll() < 0.85 ? linesOf(context, id, world, born) : []
  const sum = sumOf(lines.map(({ amountFen }) => amountFen))
  const guess = roll() < 0.8 ? Math.round(5 + roll() * 195) * 100_000 : null
  tables.opportunities.push({
    ...saidOf(world, firm),
    ...endOf(world, { own, history, at }, context.services.timeZone()),
    id,
    number: await takeNumber(context, entityIn(context, 'opportunity')),
    amount: sum ?? guess,
    amountByHand: 0,
    createdAt: born,
    createdBy: null,
    updatedAt: at,
  })
  const moved = { id, by: firm.ownerId }
  tables.stages.push(...history.map((_, n) => stageRow(context, history, n, moved)))
  tables.lines.push(...lines)
}

/** What people wrote of it. */
function saidOf({ roll, words }: World, firm: Firm): Values {
  const name = `${firm.name.slice(0, 6)}${pick(roll, words.topics)}`
  return {
    name,
    nameSort: sortKey(name),
    customerId: firm.id,
    contactId: firm.contactId,
    ownerId: firm.ownerId,
    source: pick(roll, words.sources),
    competitor: pick(roll, words.competitors),
    note: pick(roll, words.notes),
  }
}

/** Where it stands: what is next of an open one, why another was lost. */
function endOf({ roll, words, today, reasons }: World, { own, at }: Lived, zone: string): Values {
  const shared = { pipelineId: own.pipelineId, stageId: own.id, state: own.kind, stageEnteredAt: at }
  if (own.kind === 'open')
    return {
      ...shared,
      expectedOn: dateIn(iso(today + Math.floor(roll() * 75 - 10) * DAY), zone),
      nextStep: pick(roll, words.steps),
      nextAt: roll() < 0.8 ? iso(today + Math.floor(roll() * 14 - 3) * DAY + 3 * HOUR) : null,
    }
  const ended = { ...shared, expectedOn: dateIn(at, zone), closedAt: at, closedOn: dateIn(at, zone) }
  if (own.kind === 'won') return ended
  return { ...ended, lostReasonId: reasons.length > 0 ? pick(roll, reasons) : null, lostNote: pick(roll, words.losses) }
}

const stageRow = (
  context: CommandContext,
  history: readonly StageEntry[],
  n: number,
  { id, by }: { id: string; by: string },
): Values => ({
  id: context.newId(),
  opportunityId: id,
  stageId: history[n]?.stageId,
  fromStageId: history[n - 1]?.stageId ?? null,
  enteredAt: history[n]?.enteredAt,
  leftAt: history[n + 1]?.enteredAt ?? null,
  byEmployeeId: by,
  createdAt: history[n]?.enteredAt,
})

/** Stage by stage, some days each, until it is won or lost or today has come. */
function lived({ roll, stages, today }: World, since: number): { own: ImportStage; history: StageEntry[] } {
  const open = stages.filter(({ kind }) => kind === 'open')
  const [begin] = open
  const won = stages.find(({ kind }) => kind === 'won')
  const lost = stages.find(({ kind }) => kind === 'lost')
  if (!begin || !won || !lost) throw new Error('a pipeline has a first, a won and a lost stage')
  const history: StageEntry[] = historyOf(
    stagesOf(begin),
    { createdAt: iso(since), engagedAt: null, enteredAt: null, closedAt: null },
    iso(since),
  )
  const wins = roll() < 0.55
  const lastOpen = wins ? open.length - 1 : Math.floor(roll() * open.length)
  let at = since
  let own = begin
  for (const next of [...open.slice(1, lastOpen + 1), wins ? won : lost]) {
    at += (2 + Math.floor(roll() * 26)) * DAY + Math.floor(roll() * 6) * HOUR
    if (at > today) break
    own = next
    history.push({ stageId: next.id, enteredAt: iso(at) })
  }
  return { own, history }
}

type Line = Values & { amountFen: number | null }
function linesOf(context: CommandContext, opportunityId: string, { roll, goods }: World, at: string): Line[] {
  if (goods.length === 0) return []
  return Array.from({ length: 1 + Math.floor(roll() * 3) }, (_, position) => {
    const { id: productId, name, unit, priceFen } = pick(roll, goods)
    const line = {
      // What costs little is ordered by the hundred.
      quantity: String(pick(roll, [1, 2, 4, 5, 10, 20, 50]) * (priceFen < DEAR_FEN ? 100 : 1)),
      priceFen,
      discount: pick(roll, ['0', '0', '0', '3', '5', '8', '12.5']),
    }
    const counted = { ...line, amountFen: amountOf(line) }
    return {
      id: context.newId(),
      opportunityId,
      productId,
      name,
      unit,
      ...counted,
      position,
      createdAt: at,
      createdBy: null,
      updatedAt: at,
    }
  })
}
