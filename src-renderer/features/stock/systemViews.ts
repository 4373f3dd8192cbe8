import { useMemo } from 'react'
import type { Rule } from '../../../src-shared/kernel/list.ts'
import { mayAskBy } from '../../components/filter/askBy.ts'
import type { SystemView } from '../../components/views/tabs.ts'
import { useMe } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

/** The views that every list of stock begins with; none that asks by a hidden field. */
export function useStockViews(): readonly SystemView[] {
  const t = useText(text)
  const me = useMe()
  return useMemo(() => {
    const view = (key: 'there' | 'lacking' | 'coming' | 'below', rule: Rule): SystemView[] =>
      mayAskBy(me, 'stock', rule.field) ? [{ key, label: t(key), filter: { combinator: 'and', rules: [rule] } }] : []
    return [
      { key: 'all', label: t('all'), filter: null },
      ...view('there', { field: 'onHand', operator: '>', value: 0 }),
      ...view('lacking', { field: 'waiting', operator: '>', value: 0 }),
      ...view('coming', { field: 'incoming', operator: '>', value: 0 }),
      ...view('below', { field: 'onHand', operator: '<', value: 0 }),
    ]
  }, [t, me])
}
