import { add, remove, update } from 'react-querybuilder'
import type { Filter, Rule } from '../../../src-shared/kernel/list.ts'
import { isGroup } from '../../../src-shared/kernel/filter/fields.ts'
import type { FilterField } from './filterField.ts'
import { inWay, isComplete, wayOf, waysOf } from './ways.ts'

/** A filter while it is being written: every part has an id, so that editors keep their place when others go. */
export type DraftRule = Omit<Rule, 'of'> & {
  readonly id: string
  /** What the related records must meet; it says nothing until one of it is complete, but stays in sight. */
  readonly inner?: Draft
}
export type Draft = { readonly id: string; combinator: 'and' | 'or'; not?: boolean | undefined; rules: (DraftRule | Draft)[] }
export type Mode = 'all' | 'any' | 'none' | 'notAll'
/** Where a part stands: the index in each group on the way to it. */
export type Path = number[]

let count = 0
const newId = (): string => `part-${++count}`
export const isDraftGroup = (part: DraftRule | Draft): part is Draft => 'rules' in part

export const EMPTY: Filter = { combinator: 'and', rules: [] }

export const draftOf = (filter: Filter | null): Draft => {
  const { rules, ...group } = filter ?? EMPTY
  return { ...group, id: newId(), rules: rules.map((part) => (isGroup(part) ? draftOf(part) : draftRuleOf(part))) }
}
const draftRuleOf = ({ of, ...rule }: Rule): DraftRule => ({ ...rule, id: newId(), ...(of && { inner: draftOf(of) }) })

export const modeOf = ({ combinator, not }: Pick<Draft, 'combinator' | 'not'>): Mode =>
  combinator === 'and' ? (not ? 'notAll' : 'all') : not ? 'none' : 'any'

// The library knows its own shape of a group, which ours is.
type Query = Parameters<typeof add>[0]
const asQuery = (draft: Draft): Query => draft as unknown as Query
const asDraft = (query: Query): Draft => query as unknown as Draft

export const ruleFor = (field: FilterField): DraftRule => {
  const [way] = waysOf(field.type)
  const rule: Rule = { field: field.key, operator: way?.operator ?? '=' }
  return { ...(way ? inWay(rule, null, way) : rule), id: newId() }
}

export const addRule = (draft: Draft, path: Path, field: FilterField): Draft =>
  asDraft(add(asQuery(draft), ruleFor(field) as never, path))
export const addGroup = (draft: Draft, path: Path, field: FilterField): Draft =>
  // A group begins as the other kind than the one around it: the same would say nothing new.
  asDraft(
    add(
      asQuery(draft),
      { id: newId(), combinator: groupAt(draft, path).combinator === 'and' ? 'or' : 'and', rules: [ruleFor(field)] } as never,
      path,
    ),
  )
export const removeAt = (draft: Draft, path: Path): Draft => asDraft(remove(asQuery(draft), path))
export function setMode(draft: Draft, path: Path, mode: Mode): Draft {
  const combined = asDraft(update(asQuery(draft), 'combinator', mode === 'all' || mode === 'notAll' ? 'and' : 'or', path))
  return asDraft(update(asQuery(combined), 'not', mode === 'none' || mode === 'notAll', path))
}

export function setRule(draft: Draft, path: Path, rule: DraftRule): Draft {
  const [at, ...rest] = path
  if (at === undefined) return draft
  return {
    ...draft,
    rules: draft.rules.map((part, index) => {
      if (index !== at) return part
      return rest.length === 0 || !isDraftGroup(part) ? rule : setRule(part, rest, rule)
    }),
  }
}

function groupAt(draft: Draft, path: Path): Draft {
  const [at, ...rest] = path
  const part = at === undefined ? undefined : draft.rules[at]
  return part && isDraftGroup(part) ? groupAt(part, rest) : draft
}

/** How deep the deepest group stands: the outermost is 0. */
export const depthOf = (draft: Draft): number =>
  Math.max(0, ...draft.rules.map((part) => (isDraftGroup(part) ? 1 + depthOf(part) : 0)))

/** What the draft says so far: rules without their value, and groups without a rule, are left out. Null when it says nothing. */
export function filterOf(draft: Draft, fields: readonly FilterField[]): Filter | null {
  const rules = draft.rules.flatMap((part): (Rule | Filter)[] => {
    if (isDraftGroup(part)) {
      const inner = filterOf(part, fields)
      return inner ? [inner] : []
    }
    return finished(part, fields)
  })
  if (rules.length === 0) return null
  return { combinator: draft.combinator, ...(draft.not && { not: true }), rules }
}

function finished({ id: _id, inner, ...rule }: DraftRule, fields: readonly FilterField[]): Rule[] {
  const field = fields.find(({ key }) => key === rule.field)
  if (field && !isComplete(rule, wayOf(field.type, rule))) return []
  const of = inner ? filterOf(inner, field?.fields ?? []) : null
  return [of ? { ...rule, of: of as NonNullable<Rule['of']> } : rule]
}

/** How many conditions are still without their value and so left out, those on related records too. */
export const waitingIn = (draft: Draft, fields: readonly FilterField[]): number =>
  draft.rules.reduce((sum, part) => sum + (isDraftGroup(part) ? waitingIn(part, fields) : waitingOf(part, fields)), 0)

function waitingOf(rule: DraftRule, fields: readonly FilterField[]): number {
  const field = fields.find(({ key }) => key === rule.field)
  if (!field) return 0
  return (isComplete(rule, wayOf(field.type, rule)) ? 0 : 1) + (rule.inner ? waitingIn(rule.inner, field.fields ?? []) : 0)
}
