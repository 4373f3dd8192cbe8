import { todayOf } from '../../kernel/clock.ts'
import { setImmediate } from 'node:timers/promises'
import type { HandedOver, Plan, Share } from '../../../src-shared/features/handover/model.ts'
import type { GivenKind, OtherKind } from '../../../src-shared/features/handover/kinds.ts'
import { othersIn, overfull, sharer, successorsIn } from '../../../src-shared/features/handover/rules.ts'
import type { Permission } from '../../../src-shared/kernel/permissions.ts'
import type { Entity } from '../../../src-shared/kernel/procedure.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext, QueryContext, StagedContext } from '../../kernel/context.ts'
import type { ReadDb, WriteTx } from '../../kernel/database.ts'
import { Forbidden } from '../../kernel/errors.ts'
import { customerReach, reaches, reachOf } from '../../kernel/policy.ts'
import { CHUNK, rememberWhole, WHOLE } from '../../kernel/records/bulk.ts'
import { passLeads } from '../leads/public.ts'
import { leave, moveUnder } from '../people/public.ts'
import { holdingOf } from '../pools/public.ts'
import { COUNT_OF } from './others.ts'
import {
  closeAccount,
  countBinned,
  countCustomers,
  customersAfter,
  type OwnedTable,
  passDepartments,
  passOn,
  passOwned,
  passPools,
  passTeams,
  passViews,
  readLeaver,
  readSuccessors,
  reportsOf,
  type Successor,
  viewsOf,
} from './store.ts'

type Db = ReadDb | WriteTx
type Input = { plan: Plan; leftOn: string; overLimit: boolean }

/** Who would get how many, beside what he holds. */
export async function sharesOf(context: Pick<QueryContext, 'db' | 'now' | 'services'>, plan: Plan): Promise<Share[]> {
  const { db } = context
  const people = await requireSuccessors(db, plan, todayOf(context))
  const counts = new Map(successorsIn(plan.customers).map((id) => [id, 0]))
  if (plan.customers !== null) {
    const to = sharer(plan.customers)
    for await (const customer of everyCustomer(db, plan.employeeId)) {
      const id = to(customer)
      counts.set(id, (counts.get(id) ?? 0) + 1)
    }
  }
  const others = new Map<string, Share['others']>()
  for (const { kind, to } of othersIn(plan)) {
    const count = await COUNT_OF[kind](context, plan.employeeId)
    if (count === 0) continue
    others.set(to, { ...others.get(to), [kind]: count })
    counts.set(to, counts.get(to) ?? 0)
  }
  const shares: Share[] = []
  for (const [id, customers] of counts) {
    const { held, most } = await holdingOf(db, id, todayOf(context))
    shares.push({
      employeeId: id as Share['employeeId'],
      name: people.get(id)?.name ?? '',
      customers,
      others: others.get(id) ?? {},
      held,
      most,
    })
  }
  return shares
}

const READ_AT_ONCE = 2000
async function* everyCustomer(db: Db, ownerId: string) {
  let after: string | undefined = ''
  while (after !== undefined) {
    const rows = await customersAfter(db, ownerId, after, READ_AT_ONCE)
    yield* rows
    after = rows.length < READ_AT_ONCE ? undefined : rows.at(-1)?.id
  }
}

/** @throws Refusal for a successor who is nobody, has left, or is the leaver himself. */
async function requireSuccessors(db: Db, plan: Plan, today: string): Promise<Map<string, Successor>> {
  const { viewsTo } = plan
  const ids = [...successorsIn(plan.customers), ...othersIn(plan).map(({ to }) => to)]
  const people = await readSuccessors(db, ids, today)
  for (const id of ids) {
    const one = people.get(id)
    if (id === plan.employeeId) throw new Refusal('notToHimself')
    if (!one) throw new Refusal('successorUnknown')
    if (one.left) throw new Refusal('successorLeft', { name: one.name })
  }
  const keeper = viewsTo === null ? null : people.get(viewsTo)
  if (keeper && keeper.userId === null) throw new Refusal('successorNoAccount', { name: keeper.name })
  return people
}

/** Chunk by chunk under one number, the leaving itself last, so that one undo takes all of it back in the right order. */
export async function handOver(context: StagedContext, input: Input): Promise<HandedOver> {
  const answered = context.answered<HandedOver>(WHOLE)
  if (answered) return answered
  await requireSoundPlan(context, input)
  const customers = await passCustomers(context, input)
  const binned = await passCustomers(context, input, true)
  const passed = {
    customers,
    opportunities: await passAll(context, input, 'opportunities'),
    quotes: await passAll(context, input, 'quotes'),
    orders: await passAll(context, input, 'orders'),
    leads: await passAll(context, input, 'leads'),
  }
  const rest = await context.commit((command) => leaveAll(command, input, passed), {
    batchId: context.batchId,
    part: 'leaving',
  })
  return rememberWhole(context, { ...rest, ...passed, binned, batchId: context.batchId })
}

async function requireSoundPlan(context: StagedContext, { plan, overLimit }: Input): Promise<void> {
  const { db, actor } = context
  if (plan.employeeId === actor.employeeId) throw new Refusal('yourself')
  await readLeaver(db, plan.employeeId)
  const { customers: living } = await countCustomers(db, plan.employeeId)
  const customers = living + (await countBinned(db, plan.employeeId))
  if (customers > 0 && plan.customers === null) throw new Refusal('customersLeft', { n: customers })
  if (customers > 0 && !reaches(customerReach(actor, 'transfer'), plan.employeeId)) throw new Forbidden('customers.transfer')
  for (const { to, needs } of Object.values(OWNED))
    if (plan[to] !== null && !reaches(reachOf(actor, needs), plan.employeeId)) throw new Forbidden(needs)
  const full = overfull(await sharesOf(context, plan))
  if (full.length > 0 && !overLimit)
    throw new Refusal('holdingFull', {
      names: full.map(({ name, held, customers: more, most }) => `${name} ${held + more}/${most}`).join(' · '),
    })
}

type OwnedKind = {
  readonly table: OwnedTable | 'lead'
  readonly entity: Entity
  readonly to: 'opportunitiesTo' | 'quotesTo' | 'ordersTo' | 'leadsTo'
  readonly needs: Permission
}
const OWNED = {
  opportunities: { table: 'opportunity', entity: 'opportunity', to: 'opportunitiesTo', needs: 'opportunities.transfer' },
  quotes: { table: 'quote', entity: 'quote', to: 'quotesTo', needs: 'quotes.transfer' },
  orders: { table: 'sales_order', entity: 'order', to: 'ordersTo', needs: 'orders.transfer' },
  leads: { table: 'lead', entity: 'lead', to: 'leadsTo', needs: 'leads.transfer' },
} as const satisfies Record<string, OwnedKind>

type Told = { to: string; kind: GivenKind; many: number; recordId?: string | null }
/** All that somebody gets of a hand-over, kind after kind and chunk after chunk, is one notice to him. */
async function tell(command: CommandContext, { employeeId }: Plan, { to, kind, many, recordId = null }: Told): Promise<void> {
  const { name } = await readLeaver(command.tx, employeeId)
  const what = { entity: 'customer', recordId, many, parts: { [kind]: many }, detail: { from: name } } as const
  command.notify({ employeeIds: [to], kind: 'handedOver', ...what })
}

/** All of a kind that he owns goes to one colleague, chunk by chunk. */
async function passAll(context: StagedContext, { plan }: Input, owned: OtherKind & keyof typeof OWNED): Promise<number> {
  const kind: OwnedKind = OWNED[owned]
  const to = plan[kind.to]
  if (to === null) return 0
  let passed = 0
  for (let part = 0; ; part++) {
    const some = await context.commit(
      async (command) => {
        await requireSuccessors(command.tx, plan, todayOf(command))
        const from = plan.employeeId
        const { table } = kind
        const asked = { from, to, most: CHUNK }
        const ids = table === 'lead' ? await passLeads(command, asked) : await passOwned(command, { table, ...asked })
        const count = ids.length
        if (count === 0) command.unchanged()
        else {
          command.record({ entity: kind.entity, id: '', action: 'handedOver', detail: { count } })
          await tell(command, plan, { to, kind: owned, many: count })
        }
        return count
      },
      { batchId: context.batchId, part: `${kind.table}-${part}` },
    )
    passed += some
    if (some < CHUNK) return passed
    await setImmediate()
  }
}

/** `binned`: those in the recycle bin and those that were merged; nobody is told of them. */
async function passCustomers(context: StagedContext, { plan }: Input, binned = false): Promise<number> {
  if (plan.customers === null) return 0
  const to = sharer(plan.customers)
  let [passed, after]: [number, string | undefined] = [0, '']
  while (after !== undefined) {
    const rows = await customersAfter(context.db, plan.employeeId, after, CHUNK, binned)
    const groups = Map.groupBy(rows, to)
    after = rows.at(-1)?.id
    if (after === undefined) break
    passed += await context.commit((command) => passGroups(command, plan, groups, binned), {
      batchId: context.batchId,
      part: `${rows[0]?.id}-${after}${binned ? '-binned' : ''}`,
    })
    await setImmediate()
  }
  return passed
}

async function passGroups(
  command: CommandContext,
  plan: Plan,
  groups: ReadonlyMap<string, readonly { id: string }[]>,
  binned: boolean,
): Promise<number> {
  await requireSuccessors(command.tx, plan, todayOf(command))
  let passed = 0
  for (const [to, rows] of groups) {
    const ids = rows.map(({ id }) => id)
    const count = await passOn(command, ids, plan.employeeId, to)
    passed += count
    if (count > 0 && !binned)
      await tell(command, plan, { to, kind: 'customers', many: count, recordId: count === 1 ? (ids[0] ?? null) : null })
  }
  if (passed > 0) command.record({ entity: 'customer', id: '', action: 'handedOver', detail: { count: passed } })
  else command.unchanged()
  return passed
}

/** What is not a customer, the day of leaving and the account, in one transaction. */
async function leaveAll(command: CommandContext, { plan, leftOn }: Input, passed: PassedOn): Promise<Done> {
  const { employeeId } = plan
  const today = todayOf(command)
  const people = await requireSuccessors(command.tx, plan, today)
  const leaver = await readLeaver(command.tx, employeeId)
  const reports = await reportsOf(command.tx, employeeId, today)
  for (const { id } of reports) await moveUnder(command, id, plan.reportsTo, leftOn > today ? leftOn : today)
  const views = await viewsOf(command.tx, leaver.userId)
  const keeper = plan.viewsTo === null ? null : (people.get(plan.viewsTo)?.userId ?? null)
  const done = {
    departments: await passDepartments(command, employeeId, plan.departmentsTo),
    reports: reports.length,
    teams: await passTeams(command, employeeId, plan.teamsTo),
    pools: await passPools(command, employeeId, plan.poolsTo),
    views:
      keeper === null
        ? 0
        : await passViews(
            command,
            views.map(({ id }) => id),
            keeper,
          ),
  }
  await tellSuccessors(command, plan, done)
  await leave(command, employeeId, leftOn)
  if (leaver.userId !== null && leftOn <= today) await closeAccount(command, leaver.userId)
  command.record({ entity: 'employee', id: employeeId, action: 'handedOver', detail: { ...passed, ...done } })
  command.afterCommit(command.services.rightsChanged)
  return done
}

type PassedOn = Pick<HandedOver, 'customers' | 'opportunities' | 'quotes' | 'orders' | 'leads'>
type Done = Omit<HandedOver, keyof PassedOn | 'binned' | 'batchId'>
/** Who gets something of the rest hears of it, too. */
async function tellSuccessors(command: CommandContext, plan: Plan, done: Done): Promise<void> {
  for (const { kind, to } of othersIn(plan))
    if (isRest(kind, done) && done[kind] > 0) await tell(command, plan, { to, kind, many: done[kind] })
}
const isRest = (kind: OtherKind, done: Done): kind is OtherKind & keyof Done => kind in done
