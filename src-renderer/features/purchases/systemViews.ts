import { useMemo } from 'react'
import type { Rule } from '../../../src-shared/kernel/list.ts'
import { mayAskBy } from '../../components/filter/askBy.ts'
import type { SystemView } from '../../components/views/tabs.ts'
import { useMe } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

const ARRIVING: Rule = { field: 'state', operator: 'in', value: ['approved', 'partial'] }

/** The views that every list of purchases begins with; none that asks by a hidden field. */
export function usePurchaseViews(): readonly SystemView[] {
  const t = useText(text)
  const me = useMe()
  return useMemo(() => {
    const view = (key: 'drafts' | 'pending' | 'arriving' | 'late', ...rules: Rule[]): SystemView[] =>
      rules.every(({ field }) => mayAskBy(me, 'purchase', field))
        ? [{ key, label: t(key), filter: { combinator: 'and', rules } }]
        : []
    return [
      { key: 'all', label: t('all'), filter: null },
      ...view('drafts', { field: 'state', operator: '=', value: 'draft' }),
      ...view('pending', { field: 'state', operator: '=', value: 'pending' }),
      ...view('arriving', ARRIVING),
      ...view('late', ARRIVING, { field: 'expectedOn', operator: '<', value: '@today' }),
    ]
  }, [t, me])
}
