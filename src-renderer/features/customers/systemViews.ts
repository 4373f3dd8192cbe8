import { POOL_DAYS } from '../../../src-shared/features/workbench/todo.ts'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Me } from '../../../src-shared/features/session/contract.ts'
import { quietSince } from '../../../src-shared/features/workbench/quiet.ts'
import { OPENED_BY_ME } from '../../../src-shared/kernel/filter/fields.ts'
import type { Filter, Rule, Sort } from '../../../src-shared/kernel/list.ts'
import type { SystemView } from '../../components/views/tabs.ts'
import { useApi, useMe } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { type CustomerWord, text } from './text.ts'
import { mayAskBy } from './useSight.ts'

type Seeded = {
  key: string
  word: CustomerWord
  rule: Rule | Filter | null
  sorts?: readonly Sort[]
  shows?: readonly string[]
  needsEmployee?: true
  needsPools?: true
}

/** The views that every list of customers begins with; periods and "me" are meant as of whoever looks, whenever he does. */
export const SYSTEM_VIEWS: readonly Seeded[] = [
  { key: 'all', word: 'all', rule: null },
  { key: 'mine', word: 'mine', rule: { field: 'ownerId', operator: 'in', value: ['@me'] }, needsEmployee: true },
  {
    key: 'department',
    word: 'department',
    rule: { field: 'ownerId', operator: 'in', value: ['@department'] },
    needsEmployee: true,
  },
  { key: 'dueToday', word: 'dueToday', rule: { field: 'nextFollowUpAt', operator: '<=', value: '@today' } },
  { key: 'quiet7', word: 'quiet7', rule: quietSince('@today-7') },
  {
    key: 'poolSoon',
    word: 'poolSoon',
    rule: { field: 'poolDueOn', operator: '<=', value: `@today+${POOL_DAYS}` },
    sorts: [{ field: 'poolDueOn', direction: 'asc' }],
    shows: ['poolDueOn'],
    needsPools: true,
  },
  { key: 'newThisMonth', word: 'newThisMonth', rule: { field: 'createdAt', operator: 'within', value: 'thisMonth' } },
  {
    key: 'recent',
    word: 'recentlyOpened',
    rule: { field: OPENED_BY_ME, operator: 'notNull' },
    sorts: [{ field: OPENED_BY_ME, direction: 'desc' }],
  },
]

const isGroup = (part: Rule | Filter): part is Filter => 'rules' in part
const fieldsOf = (part: Rule | Filter): string[] => (isGroup(part) ? part.rules.flatMap(fieldsOf) : [part.field])
const filterOf = (part: Rule | Filter): Filter => (isGroup(part) ? part : { combinator: 'and', rules: [part] })

/** Those that make sense for somebody: no 我的 without an employee, none that asks by a hidden field, no 我部门的 for who sees only his own. */
export const viewsFor = (me: Me, hasPools: boolean): readonly Seeded[] =>
  SYSTEM_VIEWS.filter(({ key, rule, needsEmployee, needsPools }) => {
    if ((needsEmployee && me.employeeId === null) || (needsPools && !hasPools)) return false
    if (key === 'department' && me.permissions['customers.read'] === 'own') return false
    return rule === null || fieldsOf(rule).every((field) => field === OPENED_BY_ME || mayAskBy(me, field))
  })

export function useSystemViews(): readonly SystemView[] {
  const t = useText(text)
  const me = useMe()
  // Known a moment later; until then the view is simply not among the tabs.
  const pools = useQuery(useApi().pools.choices.queryOptions({ input: {}, staleTime: 300_000, meta: { shown: true } }))
  const hasPools = (pools.data?.length ?? 0) > 0
  return useMemo(
    () =>
      viewsFor(me, hasPools).map(({ key, word, rule, sorts, shows }) => ({
        key,
        label: t(word),
        filter: rule && filterOf(rule),
        ...(sorts && { sorts }),
        ...(shows && { shows }),
      })),
    [t, me, hasPools],
  )
}
