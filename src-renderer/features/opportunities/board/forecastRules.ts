import { type ColumnOf, monthLater } from '../../../../src-shared/features/opportunities/board.ts'
import type { Filter, Rule } from '../../../../src-shared/kernel/list.ts'

const OPEN: Rule = { field: 'state', operator: '=', value: 'open' }
const first = (month: string): string => `${month}-01`

/** The open ones of a column of the forecast as the list asks for them: they are those that its figures count. */
export function openRules(of: ColumnOf, today: string): Rule[] {
  if ('stageId' in of) return [{ field: 'stageId', operator: 'in', value: [of.stageId] }]
  if ('month' in of) {
    const from = first(of.month) < today ? today : first(of.month)
    return [
      OPEN,
      { field: 'expectedOn', operator: '>=', value: from },
      { field: 'expectedOn', operator: '<', value: first(monthLater(of.month, 1)) },
    ]
  }
  if (!('after' in of))
    return [
      OPEN,
      of.due === 'none' ? { field: 'expectedOn', operator: 'null' } : { field: 'expectedOn', operator: '<', value: today },
    ]
  const end = first(monthLater(of.after, 1))
  return [OPEN, { field: 'expectedOn', operator: '>=', value: end < today ? today : end }]
}

/** Those that were won in a month. */
export const wonRules = (month: string): Rule[] => [
  { field: 'state', operator: '=', value: 'won' },
  { field: 'closedOn', operator: '>=', value: first(month) },
  { field: 'closedOn', operator: '<', value: first(monthLater(month, 1)) },
]

/** All that stands in a column. */
export function columnRules(of: ColumnOf, today: string): (Rule | Filter)[] {
  if (!('month' in of)) return openRules(of, today)
  const either: Filter[] = [openRules(of, today), wonRules(of.month)].map((rules) => ({ combinator: 'and', rules }))
  return [{ combinator: 'or', rules: either }]
}
