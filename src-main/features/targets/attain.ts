import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { KIND_RIGHTS } from '../../../src-shared/features/targets/keys.ts'
import type { Aim, Attained, Reached, TargetKind, Together } from '../../../src-shared/features/targets/model.ts'
import { attainmentOf, ranked, targetFor } from '../../../src-shared/features/targets/rules.ts'
import { type Actor, may } from '../../../src-shared/kernel/actor.ts'
import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import { hasLeft } from '../../../src-shared/kernel/leaving.ts'
import type { Days } from '../../../src-shared/kernel/periods.ts'
import type { Entity } from '../../../src-shared/kernel/procedure.ts'
import { plain, type ReadDb } from '../../kernel/database.ts'
import { Forbidden } from '../../kernel/errors.ts'
import { mayAskBy, reachOf, rowsFor } from '../../kernel/policy.ts'
import { hasShared, onTheWay } from '../../kernel/records/path.ts'
import { peopleUnder, type Staff, staffOf } from '../people/public.ts'
import { inReach, people, storedTargets } from './store.ts'

type Condition = RawBuilder<SqlBool>
export type Attaining = {
  readonly db: ReadDb
  readonly actor: Actor
  readonly entities: ReadonlyMap<Entity, EntityDescriptor>
  readonly today: string
}
export type AttainAsked = {
  readonly period: string
  readonly days: Days
  readonly kind: TargetKind
  readonly whose: readonly string[] | null
}

const entityOf = ({ entities }: Attaining, name: Entity): EntityDescriptor => {
  const found = entities.get(name)
  if (!found) throw new Error(`no entity ${name}`)
  return found
}

/** What counts towards a kind of target: rows `t` of an entity with owners, within days, each with an amount. */
type Source = {
  readonly entity: EntityDescriptor
  readonly from: RawBuilder<unknown>
  readonly key: RawBuilder<unknown>
  readonly on: RawBuilder<unknown>
  readonly amount: RawBuilder<unknown>
  readonly where: Condition
}
const FIELDS = {
  won: ['opportunity', ['amount', 'ownerId', 'closedOn']],
  contract: ['order', ['totalFen', 'ownerId', 'signedOn']],
  received: ['order', ['receivedFen', 'ownerId']],
} as const

const SOURCES: Readonly<Record<TargetKind, (days: Days) => Omit<Source, 'entity'>>> = {
  won: ({ from, to }) => ({
    from: sql`opportunity t`,
    key: sql`t.id`,
    on: sql`t.closed_on`,
    amount: sql`t.amount`,
    where: sql<SqlBool>`t.closed_on between ${from} and ${to} and t.state = 'won' and t.deleted_at is null and t.owner_id is not null`,
  }),
  contract: ({ from, to }) => ({
    from: sql`sales_order t`,
    key: sql`t.id`,
    on: sql`t.signed_on`,
    amount: sql`t.total_fen`,
    where: sql<SqlBool>`t.signed_on between ${from} and ${to} and t.status in ('confirmed', 'delivered') and t.deleted_at is null and t.owner_id is not null`,
  }),
  received: ({ from, to }) => ({
    from: sql`payment p cross join payment_allocation a on a.payment_id = p.id cross join sales_order t on t.id = a.order_id`,
    key: sql`a.id`,
    on: sql`p.received_on`,
    amount: sql`a.amount_fen`,
    where: sql<SqlBool>`p.received_on between ${from} and ${to} and p.deleted_at is null and t.deleted_at is null and t.owner_id is not null`,
  }),
}

/** @throws Forbidden for who may not read what is counted, or by whom and when */
async function sourceOf(attaining: Attaining, { kind, days }: AttainAsked): Promise<Source> {
  const { db, actor } = attaining
  const [name, keys] = FIELDS[kind]
  const missing = KIND_RIGHTS[kind].find((right) => !may(actor, right))
  if (missing) throw new Forbidden(missing)
  const entity = entityOf(attaining, name)
  const hidden = keys.filter((key) => !mayAskBy(actor, entity, key))
  if (hidden.length > 0) throw new Forbidden(`${entity.feature}.fields`, hidden)
  if (kind === 'received' && !mayAskBy(actor, entityOf(attaining, 'payment'), 'receivedOn'))
    throw new Forbidden('payments.fields', ['receivedOn'])
  const source = SOURCES[kind](days)
  const seen = onTheWay(rowsFor(actor, entity, 't', 'read', { pool: null, shared: await hasShared(db, actor, entity) }))
  return { ...source, entity, where: sql<SqlBool>`${source.where} and ${seen}` }
}

type Sum = { readonly id: string; readonly count: number; readonly amount: number }
/** What was reached in the days, by owner, of the rows that the actor sees. */
async function byOwner({ db }: Attaining, { from, amount, where }: Source): Promise<Map<string, Sum>> {
  const { rows } = await sql<Sum>`
    select t.owner_id as id, count(*) as count, coalesce(sum(${amount}), 0) as amount from ${from} where ${where} group by 1`.execute(
    plain(db),
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** Whose figures are told: only people of whom the actor sees both the target and all they reached, so no figure is smaller than it is. */
function sightOf({ actor }: Attaining, staff: Staff, { kind, whose }: AttainAsked): (aim: Aim) => boolean {
  const [mine, theirs] = [reachOf(actor, 'targets.read'), reachOf(actor, KIND_RIGHTS[kind][0])]
  const asked = whose && new Set(whose)
  return (aim) =>
    inReach(staff, mine, aim) && inReach(staff, theirs, aim) && (asked === null || (aim.of === 'employee' && asked.has(aim.id)))
}

export type Attainment = { people: Attained[]; departments: Attained[]; together: Together }
/**
 * Who reached what, the furthest first, and all of them together.
 * @throws Forbidden as `sourceOf`
 */
export async function readAttainment(attaining: Attaining, asked: AttainAsked): Promise<Attainment> {
  const { db, today } = attaining
  const { period, kind } = asked
  const source = await sourceOf(attaining, asked)
  const staff = await staffOf(db, today)
  const sees = sightOf(attaining, staff, asked)
  const stored = await storedTargets(db, kind, sql`substr(period, 1, 4) = ${period.slice(0, 4)}`)
  const target = (aim: Aim): number | null =>
    targetFor(new Map(stored.flatMap((one) => (one.aim.id === aim.id ? [[one.period, one.amount] as const] : []))), period)
  const found = await byOwner(attaining, source)
  const line = (aim: Aim, name: string, ids: readonly string[]) => {
    const sums = ids.flatMap((id) => found.get(id) ?? [])
    const sum = (key: 'amount' | 'count') => sums.reduce((all, one) => all + one[key], 0)
    return { aim, name, target: target(aim), achieved: sum('amount'), count: sum('count') }
  }
  const everybody = (await people(db)).filter(({ id }) => sees({ of: 'employee', id }))
  const here = everybody.filter(
    ({ id, leftOn }) =>
      found.has(id) || target({ of: 'employee', id }) !== null || (!hasLeft(leftOn, today) && staff.departmentOf.get(id) != null),
  )
  const lines = here.map(({ id, name }) => line({ of: 'employee', id }, name, [id]))
  const departments = staff.departments.filter(({ id }) => sees({ of: 'department', id }))
  return {
    people: ranked(lines).filter((one) => one.target !== null || one.count > 0),
    departments: ranked(departments.map(({ id, name }) => line({ of: 'department', id }, name, peopleUnder(staff, id)))).flatMap(
      (one) => (one.target === null ? [] : [{ ...one, rank: null }]),
    ),
    together: togetherOf(
      lines,
      unitOf(
        attaining,
        staff,
        everybody.map(({ id }) => id),
      ),
      target,
    ),
  }
}

/** The department that exactly those who are looked at are, if there is one whose target the actor may know. */
function unitOf({ actor }: Attaining, staff: Staff, ids: readonly string[]): string | null {
  const reach = reachOf(actor, 'targets.read')
  const set = new Set(ids.filter((id) => staff.departmentOf.get(id) != null))
  const same = (id: string): boolean => {
    const under = peopleUnder(staff, id)
    return under.length > 0 && under.length === set.size && under.every((one) => set.has(one))
  }
  return staff.departments.find(({ id }) => same(id) && inReach(staff, reach, { of: 'department', id }))?.id ?? null
}

type Line = { readonly target: number | null; readonly achieved: number; readonly count: number }
function togetherOf(lines: readonly Line[], unit: string | null, target: (aim: Aim) => number | null): Together {
  const set = lines.flatMap((one) => one.target ?? [])
  const own = unit === null ? null : target({ of: 'department', id: unit })
  const whole = own ?? (set.length === 0 ? null : set.reduce((sum, one) => sum + one, 0))
  const achieved = lines.reduce((sum, one) => sum + one.achieved, 0)
  const count = lines.reduce((sum, one) => sum + one.count, 0)
  return { target: whole, achieved, count, attainment: attainmentOf(achieved, whole) }
}

type Page = { readonly offset: number; readonly limit: number }
/** The rows behind a number: of one aim, or of everybody it counts. */
export async function readReached(
  attaining: Attaining,
  asked: AttainAsked,
  { aim, offset, limit }: Page & { aim: Aim | null },
): Promise<{ rows: Reached[]; count: number; amount: number; hasMore: boolean }> {
  const { db, actor, today } = attaining
  const { entity, from, key, on, amount, where } = await sourceOf(attaining, asked)
  const staff = await staffOf(db, today)
  const sees = sightOf(attaining, staff, asked)
  const mine = (await people(db)).flatMap(({ id }) => (sees({ of: 'employee', id }) ? [id] : []))
  const wanted = aim === null ? mine : aim.of === 'department' ? peopleUnder(staff, aim.id) : [aim.id]
  if (aim !== null && !sees(aim)) throw new Forbidden('targets.read')
  const customer = entityOf(attaining, 'customer')
  const seenName = sql`iif(${rowsFor(actor, customer, 'c', 'read', { pool: null })}, c.name, null)`
  const theirs = sql<SqlBool>`${where} and +t.owner_id in (select value from json_each(${JSON.stringify(wanted)}))`
  const { rows: sums } = await sql<{ count: number; amount: number }>`
    select count(*) as count, coalesce(sum(${amount}), 0) as amount from ${from} where ${theirs}`.execute(plain(db))
  const { rows } = await sql<Reached>`
    select ${key} as key, ${sql.lit(entity.name)} as entity, t.id, t.name, ${seenName} as "customerName", e.name as "ownerName", ${on} as "on",
      coalesce(${amount}, 0) as amount
    from ${from} join employee e on e.id = t.owner_id left join customer c on c.id = t.customer_id where ${theirs}
    order by coalesce(${amount}, 0) desc, ${key} desc limit ${BigInt(limit + 1)} offset ${BigInt(offset)}`.execute(plain(db))
  return { rows: rows.slice(0, limit), count: sums[0]?.count ?? 0, amount: sums[0]?.amount ?? 0, hasMore: rows.length > limit }
}
