import { useMemo } from 'react'
import type { Rule } from '../../../src-shared/kernel/list.ts'
import { mayAskBy } from '../../components/filter/askBy.ts'
import type { SystemView } from '../../components/views/tabs.ts'
import { useMe } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

/** The views that every list of products begins with; none that asks by a hidden field. */
export function useProductViews(): readonly SystemView[] {
  const t = useText(text)
  const me = useMe()
  return useMemo(() => {
    const view = (key: 'onSale' | 'offSale' | 'noPrice' | 'newThisMonth', may: boolean, rule: Rule): SystemView[] =>
      may ? [{ key, label: t(key), filter: { combinator: 'and', rules: [rule] } }] : []
    const asks = (field: string) => mayAskBy(me, 'product', field)
    return [
      { key: 'all', label: t('all'), filter: null },
      ...view('onSale', asks('status'), { field: 'status', operator: '=', value: 'onSale' }),
      ...view('offSale', asks('status'), { field: 'status', operator: '=', value: 'offSale' }),
      ...view('noPrice', asks('priceFen'), { field: 'priceFen', operator: 'null' }),
      ...view('newThisMonth', true, { field: 'createdAt', operator: 'within', value: 'thisMonth' }),
    ]
  }, [t, me])
}
