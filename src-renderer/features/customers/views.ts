import { CHANGED_IN } from '../../../src-shared/kernel/changedIn.ts'
import type { Filter, Rule, Sort, Which } from '../../../src-shared/kernel/list.ts'
import { type Clock, businessDateOf, instantOfWall } from '../../kernel/format.ts'

/** What the address of the list says: view, words, quick filters, order. Shareable, and kept when one comes back. */
export type ListState = {
  view: ViewKey
  q: string
  level: readonly string[]
  status: readonly string[]
  owner: readonly string[]
  source: readonly string[]
  city: readonly string[]
  sort: Sort | null
  /** Rows of one import: the number of its batch, and the file's name to call it by. */
  batch: string
  file: string
}
export const VIEWS = ['all', 'mine', 'dueToday', 'quiet7', 'newThisMonth'] as const
export type ViewKey = (typeof VIEWS)[number]
export const QUICK = ['level', 'status', 'owner', 'source', 'city'] as const
export type QuickKey = (typeof QUICK)[number]
export const FIELD_OF: Record<QuickKey, 'level' | 'status' | 'ownerId' | 'source' | 'city'> = {
  level: 'level',
  status: 'status',
  owner: 'ownerId',
  source: 'source',
  city: 'city',
}

/** A value that stands for "not filled in" in a quick filter. */
export const UNSET = '-'

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.filter((v): v is string => typeof v === 'string') : [])

const textOf = (value: unknown, longest: number): string => (typeof value === 'string' ? value.slice(0, longest) : '')

/** The address as it came, made sound: it may have been typed or be years old. */
export function readState(search: Record<string, unknown>): ListState {
  const { sort } = search as { sort?: Partial<Sort> }
  return {
    view: VIEWS.find((view) => view === search['view']) ?? 'all',
    q: textOf(search['q'], 200),
    level: listOf(search['level']),
    status: listOf(search['status']),
    owner: listOf(search['owner']),
    source: listOf(search['source']),
    city: listOf(search['city']),
    batch: textOf(search['batch'], 26),
    file: textOf(search['file'], 200),
    sort: typeof sort?.field === 'string' ? { field: sort.field, direction: sort.direction === 'desc' ? 'desc' : 'asc' } : null,
  }
}

/** Only what differs from the plain list stands in the address. */
export function writeState(state: ListState): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  if (state.view !== 'all') kept['view'] = state.view
  if (state.q) kept['q'] = state.q
  for (const key of QUICK) if (state[key].length > 0) kept[key] = state[key]
  if (state.sort) kept['sort'] = state.sort
  if (state.batch) {
    kept['batch'] = state.batch
    kept['file'] = state.file
  }
  return kept
}

const WEEK = 7 * 86_400_000
function viewRules(view: ViewKey, me: string | null, clock: Clock): (Rule | Filter)[] {
  const today = businessDateOf(clock.nowMs, clock.zone)
  const startOf = (date: string) => instantOfWall(`${date}T00:00`, clock.zone)
  switch (view) {
    case 'mine':
      return [{ field: 'ownerId', operator: '=', value: me ?? UNSET }]
    case 'dueToday':
      return [{ field: 'nextFollowUpAt', operator: '<', value: startOf(businessDateOf(clock.nowMs + 86_400_000, clock.zone)) }]
    case 'quiet7': {
      const before = startOf(businessDateOf(clock.nowMs - WEEK, clock.zone))
      return [
        {
          combinator: 'or',
          rules: [
            { field: 'lastFollowUpAt', operator: '<', value: before },
            { field: 'lastFollowUpAt', operator: 'null' },
          ],
        },
      ]
    }
    case 'newThisMonth':
      return [{ field: 'createdAt', operator: '>=', value: startOf(`${today.slice(0, 8)}01`) }]
    default:
      return []
  }
}

function quickRule(field: string, values: readonly string[]): Rule | Filter {
  const set = values.filter((value) => value !== UNSET)
  const isIn: Rule = { field, operator: 'in', value: set }
  const isUnset: Rule = { field, operator: 'null' }
  if (!values.includes(UNSET)) return isIn
  return set.length === 0 ? isUnset : { combinator: 'or', rules: [isIn, isUnset] }
}

/** Which rows a state of the list means. */
export function whichOf(state: ListState, me: string | null, clock: Clock): Which {
  const rules = viewRules(state.view, me, clock)
  for (const key of QUICK) if (state[key].length > 0) rules.push(quickRule(FIELD_OF[key], state[key]))
  if (state.batch) rules.push({ field: CHANGED_IN, operator: '=', value: state.batch })
  return {
    ...(state.q.trim() && { search: state.q.trim() }),
    ...(rules.length > 0 && { filter: { combinator: 'and', rules } }),
  }
}

/** How many conditions hide rows beside the view itself. */
export const conditionsOf = (state: ListState): number =>
  QUICK.filter((key) => state[key].length > 0).length + (state.q.trim() ? 1 : 0) + (state.batch ? 1 : 0)
