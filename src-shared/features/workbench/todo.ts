import { relatedField } from '../../kernel/filter/fields.ts'
import type { Filter, Rule } from '../../kernel/list.ts'
import { addDays, momentOf } from '../../kernel/zoned.ts'
import type { Span } from './period.ts'
import { quietSince } from './quiet.ts'

/** Whose customers: these employees', or everybody's and nobody's that one may see. */
export type Whose = readonly string[] | null

/** The counters of 今日待办, in their order; each is nothing but a filter, so the list it opens shows exactly its number. */
export const TODOS = ['dueToday', 'assigned', 'newToday', 'never', 'quiet7', 'quiet15', 'quiet30', 'poolSoon', 'noPlan'] as const
export type Todo = (typeof TODOS)[number]
/** What a counter asks by; whoever may not read it has no such counter. */
export const TODO_FIELDS: Record<Todo, readonly string[]> = {
  dueToday: ['nextFollowUpAt'],
  assigned: ['ownerSince', 'lastFollowUpAt'],
  newToday: ['createdAt'],
  never: ['lastFollowUpAt'],
  quiet7: ['lastFollowUpAt'],
  quiet15: ['lastFollowUpAt'],
  quiet30: ['lastFollowUpAt'],
  poolSoon: ['poolDueOn'],
  noPlan: ['nextFollowUpAt'],
}
/** Within so many days into the pool: time enough for a call. */
export const POOL_DAYS = 7
/** Whoever was given a customer has so many days to speak to him before this counter lets go of it. */
const NEW_DAYS = 7
export const QUIET_DAYS = { quiet7: 7, quiet15: 15, quiet30: 30 } as const
export type Day = { today: string; zone: string }

/** The first moment of a business date. */
export const startOf = (date: string, zone: string): string => new Date(momentOf({ date, minutes: 0 }, zone)).toISOString()

const rule = (field: string, operator: Rule['operator'], value?: Rule['value']): Rule =>
  value === undefined ? { field, operator } : { field, operator, value }

export const ownedBy = (whose: Whose): Rule[] => (whose === null ? [] : [rule('ownerId', 'in', [...whose])])
const all = (whose: Whose, ...rules: (Rule | Filter)[]): Filter => ({ combinator: 'and', rules: [...ownedBy(whose), ...rules] })

/** Not spoken to since so many days. */
export const quietRule = (days: number, { today, zone }: Day): Filter => quietSince(startOf(addDays(today, -days), zone))

export function todoFilter(todo: Todo, whose: Whose, day: Day): Filter {
  const { today, zone } = day
  switch (todo) {
    case 'dueToday':
      return all(whose, rule('nextFollowUpAt', '<', startOf(addDays(today, 1), zone)))
    case 'assigned': {
      const since = startOf(addDays(today, -NEW_DAYS), zone)
      const untouched: Filter = {
        combinator: 'or',
        rules: [rule('lastFollowUpAt', 'null'), rule('lastFollowUpAt', '<', since)],
      }
      return all(whose, rule('ownerSince', '>=', since), untouched)
    }
    case 'poolSoon':
      return all(whose, rule('poolDueOn', '<=', addDays(today, POOL_DAYS)))
    case 'newToday':
      return all(whose, rule('createdAt', '>=', startOf(today, zone)))
    case 'never':
      return all(whose, rule('lastFollowUpAt', 'null'))
    case 'noPlan':
      return all(whose, rule('nextFollowUpAt', 'null'))
    default:
      return all(whose, quietRule(QUIET_DAYS[todo], day))
  }
}

/** What was due before today and is still open. */
export const overdueFilter = (whose: Whose, { today, zone }: Day): Filter =>
  all(whose, rule('nextFollowUpAt', '<', startOf(today, zone)))

export const createdFilter = (whose: Whose, { from, to }: Span, zone: string): Filter =>
  all(whose, rule('createdAt', '>=', startOf(from, zone)), rule('createdAt', '<', startOf(to, zone)))

/** Of a period that runs: who was spoken to in it was last spoken to in it. */
export const contactedFilter = (whose: Whose, { from, to }: Span, zone: string): Filter =>
  all(whose, rule('lastFollowUpAt', '>=', startOf(from, zone)), rule('lastFollowUpAt', '<', startOf(to, zone)))

/** Plans between two business dates. */
export const plannedFilter = (whose: Whose, { from, to }: Span, zone: string): Filter =>
  all(whose, rule('nextFollowUpAt', '>=', startOf(from, zone)), rule('nextFollowUpAt', '<', startOf(to, zone)))

export const wonFilter = (whose: Whose, { from, to }: Span, zone: string): Filter =>
  all(whose, rule('wonAt', '>=', startOf(from, zone)), rule('wonAt', '<', startOf(to, zone)))

/** The counters of opportunities, in their order: what is to be done next, what should have come to an end, what stands too long. */
export const DEALS = ['dealSteps', 'dealsLate', 'dealsStalled'] as const
export type Deal = (typeof DEALS)[number]
/** What a counter of opportunities asks by; whoever may not read it has no such counter. */
export const DEAL_FIELDS: Record<Deal, readonly string[]> = {
  dealSteps: ['nextAt'],
  dealsLate: ['expectedOn'],
  dealsStalled: ['stageEnteredAt', 'rotsAt'],
}
/** Open opportunities whose next step has come, whose expected day has passed, or that stand in their stage for longer than it allows. */
export function dealFilter(deal: Deal, whose: Whose, { today, zone }: Day): Filter {
  const open = rule('state', '=', 'open')
  const tomorrow = startOf(addDays(today, 1), zone)
  if (deal === 'dealSteps') return all(whose, open, rule('nextAt', '<', tomorrow))
  if (deal === 'dealsLate') return all(whose, open, rule('expectedOn', '<', today))
  return all(whose, open, rule('rotsAt', '<', tomorrow))
}

/** What the counter of leads asks by. */
export const LEAD_FIELDS = ['nextFollowUpAt', 'firstFollowUpAt'] as const
/** Open leads to be contacted today: the next date has come, or nobody has answered yet. */
export function leadFilter(whose: Whose, { today, zone }: Day): Filter {
  const due = rule('nextFollowUpAt', '<', startOf(addDays(today, 1), zone))
  const unanswered: Filter = { combinator: 'and', rules: [rule('firstFollowUpAt', 'null'), rule('nextFollowUpAt', 'null')] }
  return all(whose, rule('status', 'in', ['new', 'contacted', 'qualified']), { combinator: 'or', rules: [due, unanswered] })
}

/** Orders that run and of whose plans a day has passed: the counter of money beside those of customers. */
export function lateFilter(whose: Whose): Filter {
  return all(whose, rule('status', 'in', ['confirmed', 'delivered']), rule('overdueFen', '>', 0))
}

/** Invoices that wait to be made out. */
export const invoicesAsked = (): Filter => all(null, rule('status', '=', 'requested'))

/** Ends of contracts are looked ahead for so many days. */
export const CONTRACT_DAYS = 30
/** Orders that run and whose contract ends within the next days. */
export function endingFilter(whose: Whose, { today }: Pick<Day, 'today'>): Filter {
  const near = [rule('endsOn', '>=', today), rule('endsOn', '<=', addDays(today, CONTRACT_DAYS))]
  return all(whose, rule('status', 'in', ['confirmed', 'delivered']), ...near)
}

/** Birthdays are looked ahead for so many days. */
export const BIRTHDAY_DAYS = 7
/** Contacts whose birthday is near, of whose customers: the counter of people beside those of customers. */
export function birthdayFilter(whose: Whose): Filter {
  const near = rule('birthday', 'within', `next:${BIRTHDAY_DAYS}`)
  const theirs: Rule = { field: relatedField('customer'), operator: 'notNull', of: { combinator: 'and', rules: ownedBy(whose) } }
  return { combinator: 'and', rules: whose === null ? [near] : [near, theirs] }
}
