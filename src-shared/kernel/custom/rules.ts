import { type EntityDescriptor, type FieldDescriptor, findField } from '../entity.ts'
import { rulesOf } from '../filter/fields.ts'
import type { Filter, Rule } from '../list.ts'
import { Refusal } from '../refusal.ts'
import type { Env } from './formula/program.ts'

/** A record flat: the company's fields beside the program's, values as they are stored. */
type Stored = Readonly<Record<string, unknown>>
type Scalar = string | number | boolean | null

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** The value of a field of a flat record, that of a formula computed. */
export function storedValue(field: FieldDescriptor, record: Stored, env: Env): unknown {
  if (!field.formula) return record[field.key] ?? null
  const value = field.formula.compute((key) => record[key] ?? null, env)
  return typeof value === 'object' ? null : value
}

/** What rules compare: yes and no as 1 and 0, as the database does. */
const comparable = (value: unknown): string | number | null =>
  typeof value === 'boolean' ? (value ? 1 : 0) : isEmpty(value) ? (value === '' ? '' : null) : (value as string | number)

/** A rule that names a field which is put aside, or one that no rule can ask, counts as not set. */
export const isUsable = (entity: EntityDescriptor, filter: Filter): boolean =>
  filter.rules.every((rule) => {
    if ('rules' in rule) return isUsable(entity, rule)
    const field = findField(entity, rule.field)
    return field !== undefined && isCompared(field, rule) && field.formula?.problem === undefined && isStill(rule)
  })

/** Lists ask birthdays by their place in the year and tags by their records: a rule compares neither. */
const isCompared = ({ type }: FieldDescriptor, { operator }: Rule): boolean =>
  type !== 'tags' && (type !== 'birthday' || operator === 'null' || operator === 'notNull')

/** Asks of the record alone, the same whoever looks and whenever: neither related records nor who asks nor a period that moves. */
const isStill = (rule: Rule): boolean =>
  rule.operator in TESTS &&
  rule.of === undefined &&
  (Array.isArray(rule.value) ? rule.value : [rule.value]).every((value) => typeof value !== 'string' || !value.startsWith('@'))

/** Whether a record meets a filter: the same answer as a list of that filter gives. */
export function meets(entity: EntityDescriptor, filter: Filter, record: Stored, env: Env): boolean {
  const test = (rule: Rule | Filter): boolean => {
    if ('rules' in rule) return meets(entity, rule, record, env)
    const field = findField(entity, rule.field)
    return field !== undefined && meetsRule(field, rule, storedValue(field, record, env))
  }
  if (filter.rules.length === 0) return filter.not !== true
  const found = filter.combinator === 'and' ? filter.rules.every(test) : filter.rules.some(test)
  return found !== (filter.not ?? false)
}

const scalars = (rule: Rule): Scalar[] => (Array.isArray(rule.value) ? rule.value : [rule.value ?? null])
const same = (value: string | number | null, wanted: Scalar): boolean => value === comparable(wanted)
const folded = (value: unknown): string => String(value ?? '').replace(/[A-Z]/g, (letter) => letter.toLowerCase())
const parted = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : String(value ?? '').split(','))

type Test = (value: string | number | null, rule: Rule, several: readonly string[] | null) => boolean
const against =
  (holds: (by: number) => boolean): Test =>
  (value, rule) => {
    const wanted = comparable(scalars(rule)[0])
    if (value === null || wanted === null || typeof value !== typeof wanted) return false
    return holds(value < wanted ? -1 : value > wanted ? 1 : 0)
  }
const among: Test = (value, rule, several) =>
  several
    ? scalars(rule).some((one) => one !== null && several.includes(String(one)))
    : scalars(rule).some((one) => same(value, one))
const contains: Test = (value, rule, several) =>
  several ? several.includes(String(rule.value)) : value !== null && folded(value).includes(folded(rule.value))
const equals: Test = (value, rule, several) =>
  several && rule.value !== null ? several.includes(String(rule.value)) : same(value, scalars(rule)[0] ?? null)

const TESTS: Readonly<Partial<Record<Rule['operator'], Test>>> = {
  '=': equals,
  '!=': (value, rule, several) => !equals(value, rule, several),
  contains,
  doesNotContain: (value, rule, several) => !contains(value, rule, several),
  beginsWith: (value, rule) => value !== null && folded(value).startsWith(folded(rule.value)),
  in: among,
  notIn: (value, rule, several) => !among(value, rule, several),
  null: (value) => value === null || value === '',
  notNull: (value) => value !== null && value !== '',
  '<': against((by) => by < 0),
  '<=': against((by) => by <= 0),
  '>': against((by) => by > 0),
  '>=': against((by) => by >= 0),
  between: (value, rule, several) => {
    const [from = null, to = null] = scalars(rule)
    return (
      against((by) => by >= 0)(value, { ...rule, value: from }, several) &&
      against((by) => by <= 0)(value, { ...rule, value: to }, several)
    )
  },
}
/** What the conditions of a rule may ask. */
export const RULE_OPERATORS = Object.keys(TESTS) as readonly Rule['operator'][]

function meetsRule(field: FieldDescriptor, rule: Rule, value: unknown): boolean {
  const several = field.type === 'multiSelect' && !isEmpty(value) ? parted(value) : null
  return TESTS[rule.operator]?.(several ? several.join(',') : comparable(value), rule, several) ?? false
}

/** Whether a field shows in forms and on the record: without a rule always. */
export function isVisible(entity: EntityDescriptor, field: FieldDescriptor, record: Stored, env: Env): boolean {
  const rule = field.setting?.visibleWhen
  return !rule || !isUsable(entity, rule) || meets(entity, rule, record, env)
}

/** Whether a field must be filled in now. What is not shown is not asked for. */
export function isRequired(entity: EntityDescriptor, field: FieldDescriptor, record: Stored, env: Env): boolean {
  const { setting } = field
  if (!setting || field.readOnly) return false
  const rule = setting.requiredWhen
  const asked = setting.required || (rule !== null && isUsable(entity, rule) && meets(entity, rule, record, env))
  return asked && isVisible(entity, field, record, env)
}

export const RULE_REFUSALS = ['requiredMissing', 'uniqueTaken'] as const
export type RuleRefusal = (typeof RULE_REFUSALS)[number]

/** The fields by which anything is asked: most kinds of records have none, and then nothing is looked at. */
const asking = new WeakMap<EntityDescriptor, readonly FieldDescriptor[]>()
export function askingFields(entity: EntityDescriptor): readonly FieldDescriptor[] {
  let found = asking.get(entity)
  if (!found) {
    found = entity.fields.filter(({ setting }) => setting?.required === true || Boolean(setting?.requiredWhen))
    asking.set(entity, found)
  }
  return found
}

export type Written = {
  /** The record before; null when it is made. */
  readonly before: Stored | null
  readonly after: Stored
  /** A field that whoever writes may not write he cannot fill in either. */
  readonly mayWrite: (key: string) => boolean
  readonly env: Env
}

/**
 * The fields that are to be filled in and are not. Of a record that stands, only what this edit empties, or makes necessary: who corrects a
 * phone number is not stopped by what was missing before.
 */
export function missingFields(entity: EntityDescriptor, { before, after, mayWrite, env }: Written): FieldDescriptor[] {
  return askingFields(entity).filter((field) => {
    if (!isEmpty(storedValue(field, after, env)) || !mayWrite(field.key) || !isRequired(entity, field, after, env)) return false
    return before === null || !isEmpty(storedValue(field, before, env)) || !isRequired(entity, field, before, env)
  })
}

/** Whether writing these values, the same to any record, may leave one without something it must have; false spares looking at each. */
export const mayLeaveMissing = (entity: EntityDescriptor, values: Stored): boolean =>
  askingFields(entity).some(
    ({ key, setting }) =>
      (key in values && isEmpty(values[key])) ||
      [setting?.requiredWhen, setting?.visibleWhen].some(
        (condition) =>
          condition && rulesOf(condition).some(({ field }) => field in values || findField(entity, field)?.formula !== undefined),
      ),
  )

/** The one rule for form, inline edit, import, API and bulk edit alike. @throws Refusal requiredMissing */
export function requireComplete(entity: EntityDescriptor, written: Written): void {
  const [first, ...others] = missingFields(entity, written)
  if (first)
    throw new Refusal<RuleRefusal>('requiredMissing', {
      field: first.key,
      feature: entity.feature,
      fields: [first, ...others].map(({ key }) => key),
      ...(first.label !== undefined && { label: first.label }),
    })
}

export const uniqueFields = (entity: EntityDescriptor): readonly FieldDescriptor[] =>
  entity.fields.filter(({ setting }) => setting?.unique === true)

/** What can be the same in no two records. */
export const mayBeUnique = ({ type, formula, readOnly }: FieldDescriptor): boolean =>
  !formula && !readOnly && (['text', 'phone', 'email', 'link', 'number', 'time', 'date'] as readonly string[]).includes(type)
