import { sql } from 'kysely'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import { type EntityDescriptor, type FieldDescriptor, findField } from '../../../src-shared/kernel/entity.ts'
import {
  type Asker,
  isAsker,
  isGroup,
  OPENED_BY_ME,
  OWNER_DEPARTMENT,
  relatedOf,
} from '../../../src-shared/kernel/filter/fields.ts'
import { type Days, daysOf, movedDay } from '../../../src-shared/kernel/filter/relative.ts'
import { FILTER_DEPTH, FILTER_RULES } from '../../../src-shared/kernel/filter/limits.ts'
import type { Filter, Rule, Which } from '../../../src-shared/kernel/list.ts'
import { monthDaysIn } from '../../../src-shared/kernel/birthday.ts'
import { isDay } from '../../../src-shared/kernel/day.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import { addDays, momentOf } from '../../../src-shared/kernel/zoned.ts'
import { systemNow } from '../clock.ts'
import type { QueryContext } from '../context.ts'
import { plain, type ReadDb, type WriteTx } from '../database.ts'
import { BadInput } from '../errors.ts'
import { relatedEntity } from '../livingEntities.ts'

type Db = ReadDb | WriteTx
/** When something is asked, and in whose days. */
export type Moment = { readonly now: string; readonly zone: string }
type Asking = { readonly db: Db; readonly actor: Actor; readonly moment: () => Promise<Moment> }
type Value = Rule['value']

const done = new WeakSet<Which>()

/**
 * The same rows said without anything that moves or depends on who asks: periods become ranges of instants or days, `@me` and
 * departments become employees. What is settled once is handed back as it is, so the conditions keep their identity.
 */
export async function settled(db: Db, actor: Actor, entity: EntityDescriptor, which: Which, moment?: Moment): Promise<Which> {
  if (!which.filter || done.has(which)) return which
  requireSmall(which.filter)
  let known: Promise<Moment> | undefined
  const asking = { db, actor, moment: () => (known ??= moment ? Promise.resolve(moment) : momentNow(db)) }
  const result = { ...which, filter: await groupOf(asking, entity, which.filter) }
  done.add(result)
  return result
}

async function momentNow(db: Db): Promise<Moment> {
  const { rows } = await sql<{ timeZone: string }>`select time_zone as "timeZone" from workspace limit 1`.execute(plain(db))
  return { now: systemNow(), zone: rows[0]?.timeZone ?? 'Asia/Shanghai' }
}

function requireSmall(filter: Filter): void {
  let rules = 0
  const count = (part: Filter, depth: number): void => {
    if (depth > FILTER_DEPTH) throw new BadInput('filterTooDeep', ['filter'])
    for (const rule of part.rules) {
      if (isGroup(rule)) count(rule, depth + 1)
      else {
        rules++
        if (rule.of) count(rule.of, depth)
      }
    }
  }
  count(filter, 0)
  if (rules > FILTER_RULES) throw new BadInput('filterTooLarge', ['filter'])
}

/** Groups of "all of" within "all of" are one: each condition may then lead to its index. */
async function groupOf(asking: Asking, entity: EntityDescriptor, filter: Filter): Promise<Filter> {
  const rules: (Rule | Filter)[] = []
  for (const part of filter.rules) {
    const settledPart = isGroup(part) ? await groupOf(asking, entity, part) : await ruleOf(asking, entity, part)
    if (isGroup(settledPart) && settledPart.combinator === 'and' && !settledPart.not && filter.combinator === 'and')
      rules.push(...settledPart.rules)
    else rules.push(settledPart)
  }
  return { ...filter, rules }
}

async function ruleOf(asking: Asking, entity: EntityDescriptor, rule: Rule): Promise<Rule | Filter> {
  if (rule.of) {
    const related = relatedOf(entity, rule.field)
    if (!related) throw new BadInput('unknownField', ['filter', rule.field])
    return { ...rule, of: (await groupOf(asking, relatedEntity(entity, related), rule.of)) as NonNullable<Rule['of']> }
  }
  if (rule.field === OWNER_DEPARTMENT && entity.ownerKey) return ofDepartment(asking, entity.ownerKey, rule)
  const field = rule.field === OPENED_BY_ME ? OPENED : findField(entity, rule.field)
  if (!field) return rule
  if (field.type === 'instant' || field.type === 'date') return timeRule(await asking.moment(), field, rule)
  if (field.type === 'birthday') return birthdayRule(asking, rule)
  if (field.reference === 'employee') return peopleRule(rule, (asker) => peopleOf(asking.actor, asker))
  if (field.reference === 'user') return accountRule(asking, rule)
  if (rule.operator === 'under' && field.reference && TREES[field.reference])
    return belowRule(asking, TREES[field.reference] ?? '', rule)
  return rule
}

// ── time ──
const OPENED: FieldDescriptor = { key: OPENED_BY_ME, type: 'instant' }
const instantAt = (day: string, zone: string): string => new Date(momentOf({ date: day, minutes: 0 }, zone)).toISOString()
const startOf = (day: string, zone: string, field: FieldDescriptor): string =>
  field.type === 'date' ? day : instantAt(day, zone)
/** The last millisecond of a day is the last that a stored instant can say. */
const endOf = (day: string, zone: string, field: FieldDescriptor): string =>
  field.type === 'date' ? day : new Date(Date.parse(instantAt(addDays(day, 1), zone)) - 1).toISOString()

function timeRule({ now, zone }: Moment, field: FieldDescriptor, rule: Rule): Rule {
  const today = dateIn(now, zone)
  // A range was settled before, on another thread.
  if (rule.operator === 'notWithin' && Array.isArray(rule.value)) return rule
  if (rule.operator === 'within' || rule.operator === 'notWithin') {
    const days = typeof rule.value === 'string' ? daysOf(rule.value, today) : null
    if (!days) throw new BadInput('valueDoesNotFit', ['filter', rule.field])
    return rangeOf(days, { zone, field, rule, outside: rule.operator === 'notWithin' })
  }
  if (rule.operator === 'between' && Array.isArray(rule.value)) {
    const [from, to] = rule.value.map((value) => dayOf(value, today, rule.field))
    return {
      ...rule,
      value: [from ? startOf(from, zone, field) : (rule.value[0] ?? null), to ? endOf(to, zone, field) : (rule.value[1] ?? null)],
    }
  }
  const day = Array.isArray(rule.value) ? null : dayOf(rule.value, today, rule.field)
  if (!day) return rule
  const ends = { '<': startOf, '<=': endOf, '>': endOf, '>=': startOf } as const
  if (rule.operator in ends) return { ...rule, value: ends[rule.operator as keyof typeof ends](day, zone, field) }
  if (rule.operator === '=' || rule.operator === '!=')
    return rangeOf({ from: day, to: day }, { zone, field, rule, outside: rule.operator === '!=' })
  return rule
}

const LIKE_DAY = /^\d{4}-\d\d-\d\d$/
const dayOf = (value: unknown, today: string, field: string): string | null => {
  if (typeof value !== 'string') return null
  if (!LIKE_DAY.test(value)) return movedDay(value, today)
  if (!isDay(value)) throw new BadInput('notADate', ['filter', field])
  return value
}

/** What has no time at all is outside of every period. */
function rangeOf(
  days: Days,
  { zone, field, rule, outside }: { zone: string; field: FieldDescriptor; rule: Rule; outside: boolean },
): Rule {
  const value = [startOf(days.from, zone, field), endOf(days.to, zone, field)]
  return { ...rule, operator: outside ? 'notWithin' : 'between', value }
}

/** Birthdays come round every year: whatever is asked becomes the months and days it has. */
async function birthdayRule(asking: Asking, rule: Rule): Promise<Rule> {
  if (!ROUND.includes(rule.operator)) return rule
  const { now, zone } = await asking.moment()
  const today = dateIn(now, zone)
  const days = birthdayDays(rule, today)
  if (!days) throw new BadInput('valueDoesNotFit', ['filter', rule.field])
  const negative = rule.operator === 'notWithin' || rule.operator === '!='
  return { ...rule, operator: negative ? 'notIn' : 'in', value: monthDaysIn(days) }
}
const ROUND: readonly Rule['operator'][] = ['within', 'notWithin', 'between', '=', '!=']

function birthdayDays({ operator, value, field }: Rule, today: string): Days | null {
  if (operator === 'within' || operator === 'notWithin') return typeof value === 'string' ? daysOf(value, today) : null
  const [from, to] = (Array.isArray(value) ? value : [value, value]).map((one) => dayOf(one, today, field))
  return from && to && from <= to ? { from, to } : null
}

// ── people ──
const peopleOf = (actor: Actor, asker: Asker): readonly string[] => {
  if (asker === '@department') return actor.owners.department
  if (asker === '@below') return actor.owners.below
  return actor.employeeId === null ? [] : [actor.employeeId]
}

type One = string | number | boolean | null
const listOf = (value: Value): readonly One[] => (Array.isArray(value) ? value : [value ?? null])

function peopleRule(rule: Rule, peopleFor: (asker: Asker) => readonly string[]): Rule {
  const asked = listOf(rule.value)
  if (!asked.some(isAsker)) return rule
  const negative = rule.operator === '!=' || rule.operator === 'notIn'
  const value = [...new Set(asked.flatMap((one): readonly One[] => (isAsker(one) ? peopleFor(one) : [one])))]
  const [only] = value
  // One owner alone leads along an index that several do not.
  if (value.length === 1 && only !== undefined) return { ...rule, operator: negative ? '!=' : '=', value: only }
  return { ...rule, operator: negative ? 'notIn' : 'in', value }
}

/** Accounts are named by the people they belong to: those who filter know colleagues, not accounts. */
async function accountRule(asking: Asking, rule: Rule): Promise<Rule> {
  const { rows } = await sql<{ id: string; employeeId: string }>`
    select id, employee_id as "employeeId" from user_account where employee_id is not null`.execute(plain(asking.db))
  const accounts = new Map(rows.map((row) => [row.employeeId, row.id]))
  const account = (value: One): One => (typeof value === 'string' ? (accounts.get(value) ?? value) : value)
  const known = peopleRule(rule, (asker) =>
    asker === '@me' ? [asking.actor.userId] : peopleOf(asking.actor, asker).flatMap((id) => accounts.get(id) ?? []),
  )
  if (known.value === undefined) return known
  return { ...known, value: Array.isArray(known.value) ? known.value.map(account) : account(known.value) }
}

/** What lies in trees, by the table of the tree: `under` asks for what stands in one of these or below it. */
const TREES: Partial<Record<string, string>> = { productCategory: 'product_category' }

async function belowRule({ db }: Asking, table: string, rule: Rule): Promise<Rule> {
  const ids = listOf(rule.value).filter((one) => typeof one === 'string')
  const { rows } = await sql<{ id: string }>`
    with recursive d (id) as (select value from json_each(${JSON.stringify(ids)})
      union select x.id from ${sql.table(table)} x join d on x.parent_id = d.id) select id from d`.execute(plain(db))
  return { ...rule, operator: 'in', value: rows.map(({ id }) => id) }
}

/** As `settled`, by the clock and the zone that the program gives a call. */
export const settledFor = (
  { db, actor, now, services }: Pick<QueryContext, 'db' | 'actor' | 'now' | 'services'>,
  entity: EntityDescriptor,
  which: Which,
): Promise<Which> =>
  which.filter ? settled(db, actor, entity, which, { now: now(), zone: services.timeZone() }) : Promise.resolve(which)

/** Departments as the people who stand in them today: of who has left, where he stood last. */
async function ofDepartment(asking: Asking, ownerKey: string, rule: Rule): Promise<Rule> {
  if (rule.operator === 'null' || rule.operator === 'notNull') return { ...rule, field: ownerKey }
  if (!['=', '!=', 'in', 'notIn', 'under'].includes(rule.operator))
    throw new BadInput('operatorDoesNotFit', ['filter', rule.field])
  const asked = listOf(rule.value)
  const ids = asked.filter((one): one is string => typeof one === 'string' && !isAsker(one))
  const { now, zone } = await asking.moment()
  const { rows } =
    ids.length === 0 ? { rows: [] } : await standingIn(asking.db, ids, dateIn(now, zone), rule.operator === 'under')
  const people = [...asked.filter(isAsker).flatMap((asker) => peopleOf(asking.actor, asker)), ...rows.map(({ id }) => id)]
  const negative = rule.operator === '!=' || rule.operator === 'notIn'
  return { field: ownerKey, operator: negative ? 'notIn' : 'in', value: [...new Set(people)] }
}

function standingIn(db: Db, ids: readonly string[], today: string, below: boolean) {
  const wanted = below
    ? sql`(with recursive d (id) as (select value from json_each(${JSON.stringify(ids)})
        union select x.id from department x join d on x.parent_id = d.id) select id from d)`
    : sql`(select value from json_each(${JSON.stringify(ids)}))`
  return sql<{ id: string }>`
    select e.id from employee e where (select m.department_id from employment m where m.employee_id = e.id and m.valid_from <= ${today}
      order by m.valid_from desc limit 1) in ${wanted}`.execute(plain(db))
}
