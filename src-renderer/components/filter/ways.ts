import { countedDays, isMovedDay, isPeriod, PERIODS } from '../../../src-shared/kernel/filter/relative.ts'
import type { Operator, Rule } from '../../../src-shared/kernel/list.ts'
import type { FilterType } from './filterField.ts'
import type { FilterWord } from './text.ts'

type Value = Rule['value']
/** The editor of a value: none, words, a figure, two figures, days back, a period, a day, two days, some of the options. */
export type Asked = 'nothing' | 'text' | 'number' | 'numbers' | 'count' | 'days' | 'period' | 'day' | 'range' | 'options' | 'yes'

/** One way to compare: a word of the page for an operator with a certain kind of value. */
export type Way = {
  readonly key: FilterWord
  readonly operator: Operator
  readonly asks: Asked
  /** What stands in the rule for what stands in the editor. */
  readonly write?: (value: Value) => Value
  readonly read?: (value: Value) => Value
  /** Whether a stored rule was written this way; of several the first is taken. */
  readonly is?: (value: Value) => boolean
  readonly first?: Value
}

const NOTHING: readonly Way[] = [
  { key: 'isEmpty', operator: 'null', asks: 'nothing' },
  { key: 'isFilled', operator: 'notNull', asks: 'nothing' },
]

const TEXT: readonly Way[] = [
  { key: 'contains', operator: 'contains', asks: 'text' },
  { key: 'doesNotContain', operator: 'doesNotContain', asks: 'text' },
  { key: 'equals', operator: '=', asks: 'text' },
  { key: 'differs', operator: '!=', asks: 'text' },
  { key: 'beginsWith', operator: 'beginsWith', asks: 'text' },
  ...NOTHING,
  { key: 'isIn', operator: 'in', asks: 'options' },
]

const NUMBER: readonly Way[] = [
  { key: 'equals', operator: '=', asks: 'number' },
  { key: 'more', operator: '>', asks: 'number' },
  { key: 'atLeast', operator: '>=', asks: 'number' },
  { key: 'less', operator: '<', asks: 'number' },
  { key: 'atMost', operator: '<=', asks: 'number' },
  { key: 'between', operator: 'between', asks: 'numbers' },
  { key: 'differs', operator: '!=', asks: 'number' },
  ...NOTHING,
]

const daysIn = (pattern: RegExp) => ({
  read: (value: Value): Value => Number(pattern.exec(String(value))?.[1] ?? 7),
  is: (value: Value): boolean => typeof value === 'string' && pattern.test(value),
})
const isCounted = (direction: 'last' | 'next') => (value: Value) =>
  typeof value === 'string' && countedDays(value)?.direction === direction
const counted = (direction: 'last' | 'next') => ({
  write: (value: Value): Value => `${direction}:${Number(value)}`,
  read: (value: Value): Value => countedDays(String(value))?.days ?? 7,
  is: isCounted(direction),
  first: 7,
})
const isNamedPeriod = (value: Value): boolean => (PERIODS as readonly unknown[]).includes(value)

const TIME: readonly Way[] = [
  { key: 'inPeriod', operator: 'within', asks: 'period', is: isNamedPeriod, first: 'today' },
  { key: 'lastDays', operator: 'within', asks: 'days', ...counted('last') },
  { key: 'nextDays', operator: 'within', asks: 'days', ...counted('next') },
  {
    key: 'olderThan',
    operator: '<',
    asks: 'days',
    write: (value) => `@today-${Number(value)}`,
    ...daysIn(/^@today-(\d+)$/),
    first: 7,
  },
  { key: 'noneFor', operator: 'notWithin', asks: 'days', ...counted('last') },
  { key: 'noneAhead', operator: 'notWithin', asks: 'days', ...counted('next') },
  { key: 'onDay', operator: '=', asks: 'day' },
  { key: 'before', operator: '<', asks: 'day' },
  { key: 'upTo', operator: '<=', asks: 'day' },
  { key: 'since', operator: '>=', asks: 'day' },
  { key: 'after', operator: '>', asks: 'day' },
  { key: 'between', operator: 'between', asks: 'range' },
  { key: 'notInPeriod', operator: 'notWithin', asks: 'period', is: isNamedPeriod, first: 'today' },
  ...NOTHING,
]

/** A birthday comes round every year: it lies in days and periods, never before or after them. */
const BIRTHDAY: readonly Way[] = [
  ...TIME.filter(({ key }) => key === 'nextDays'),
  ...TIME.filter(({ key }) => ['inPeriod', 'lastDays', 'onDay', 'between', 'notInPeriod'].includes(key)),
  ...NOTHING,
]

const CHOICE: readonly Way[] = [
  { key: 'isIn', operator: 'in', asks: 'options' },
  { key: 'isNotIn', operator: 'notIn', asks: 'options' },
  ...NOTHING,
]

const WAYS: Readonly<Record<FilterType, readonly Way[]>> = {
  text: TEXT,
  number: NUMBER,
  money: NUMBER,
  date: TIME,
  instant: TIME,
  opened: [...TIME.filter(({ operator }) => operator === 'within' || operator === 'between'), ...NOTHING],
  birthday: BIRTHDAY,
  select: CHOICE,
  people: CHOICE,
  tags: CHOICE,
  department: [
    { key: 'isIn', operator: 'in', asks: 'options' },
    { key: 'isUnder', operator: 'under', asks: 'options' },
    { key: 'isNotIn', operator: 'notIn', asks: 'options' },
    { key: 'isEmpty', operator: 'null', asks: 'nothing' },
  ],
  boolean: [
    { key: 'isYes', operator: '=', asks: 'yes', is: (value) => value === true, first: true },
    { key: 'isNo', operator: '=', asks: 'yes', is: (value) => value === false, first: false },
  ],
  related: [
    { key: 'has', operator: 'notNull', asks: 'nothing' },
    { key: 'hasNot', operator: 'null', asks: 'nothing' },
    { key: 'hasAtLeast', operator: '>=', asks: 'count', first: 2 },
    { key: 'hasAtMost', operator: '<=', asks: 'count', first: 1 },
  ],
}

/** One value in an old filter, or in a link somebody wrote, says the same as a list of one. */
const SAME: Partial<Record<Operator, Operator>> = { '=': 'in', '!=': 'notIn' }

export const waysOf = (type: FilterType, rule?: Rule): readonly Way[] =>
  // A list of words is only offered where one stands already.
  type === 'text' && rule?.operator !== 'in' ? WAYS.text.filter(({ key }) => key !== 'isIn') : WAYS[type]

/** The way a rule was written, or null when this page has no such way. */
export function wayOf(type: FilterType, rule: Rule): Way | null {
  const fits = (operator: Operator) => WAYS[type].find((way) => way.operator === operator && (way.is?.(rule.value) ?? true))
  const other = SAME[rule.operator]
  return fits(rule.operator) ?? (other ? (fits(other) ?? null) : null)
}

export const valueOf = (way: Way, rule: Rule): Value => {
  if (way.asks === 'options') return Array.isArray(rule.value) ? rule.value : rule.value === undefined ? [] : [rule.value]
  return way.read && rule.value !== undefined ? way.read(rule.value) : rule.value
}

const first = (way: Way): Value => (way.first !== undefined && way.write ? way.write(way.first) : way.first)
const TAKES_OVER: readonly (readonly Asked[])[] = [
  ['text'],
  ['number'],
  ['options'],
  ['days'],
  ['day'],
  ['period'],
  ['range'],
  ['numbers'],
]

/** The rule in another way: what was filled in stays where both ask for the same. */
export function inWay(rule: Rule, from: Way | null, to: Way): Rule {
  const { value, ...rest } = rule
  const stays = from !== null && TAKES_OVER.some((kind) => kind.includes(from.asks) && kind.includes(to.asks))
  const kept = stays && value !== undefined ? written(to, valueOf(from, rule)) : first(to)
  return { ...rest, operator: to.operator, ...(kept !== undefined && { value: kept }) }
}

export const written = (way: Way, value: Value): Value => (way.write && value !== undefined ? way.write(value) : value)

const filledDay = (value: unknown): boolean => typeof value === 'string' && (isMovedDay(value) || /^\d{4}-\d\d-\d\d/.test(value))

/** Whether a rule says something: one without its value is still being written and hides nothing. */
export function isComplete(rule: Rule, way: Way | null): boolean {
  if (!way) return true
  const { value } = rule
  switch (way.asks) {
    case 'nothing':
    case 'yes':
      return true
    case 'text':
      return typeof value === 'string' && value.trim() !== ''
    case 'number':
    case 'count':
      return typeof value === 'number'
    case 'options':
      return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== ''
    case 'numbers':
      return Array.isArray(value) && value.length === 2 && value.every((one) => typeof one === 'number')
    case 'range':
      return Array.isArray(value) && value.length === 2 && value.every(filledDay)
    case 'day':
      return filledDay(value)
    default:
      return isPeriod(value) || isMovedDay(value)
  }
}
