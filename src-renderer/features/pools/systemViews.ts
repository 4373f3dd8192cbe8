import { useMemo } from 'react'
import { OPENED_BY_ME } from '../../../src-shared/kernel/filter/fields.ts'
import type { Rule, Sort } from '../../../src-shared/kernel/list.ts'
import type { SystemView } from '../../components/views/tabs.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

const NEWEST: readonly Sort[] = [{ field: 'poolEnteredAt', direction: 'desc' }]

/** The views that every pool begins with; none that asks by what it keeps back. */
export function usePoolViews(hides: (entity: string, field: string) => boolean): readonly SystemView[] {
  const t = useText(text)
  return useMemo(() => {
    const view = (key: 'all' | 'entered7' | 'neverSpoken' | 'recentlyOpened', rule: Rule | null, sorts = NEWEST): SystemView[] =>
      rule && hides('customer', rule.field)
        ? []
        : [{ key, label: t(key), filter: rule && { combinator: 'and', rules: [rule] }, sorts }]
    return [
      ...view('all', null),
      ...view('entered7', { field: 'poolEnteredAt', operator: 'within', value: 'last:7' }),
      ...view('neverSpoken', { field: 'lastFollowUpAt', operator: 'null' }),
      ...view('recentlyOpened', { field: OPENED_BY_ME, operator: 'notNull' }, [{ field: OPENED_BY_ME, direction: 'desc' }]),
    ]
  }, [t, hides])
}
