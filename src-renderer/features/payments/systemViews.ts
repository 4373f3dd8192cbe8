import { useMemo } from 'react'
import type { Rule } from '../../../src-shared/kernel/list.ts'
import { mayAskBy } from '../../components/filter/askBy.ts'
import type { SystemView } from '../../components/views/tabs.ts'
import { useMe } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

/** The views that every list of payments begins with; none that asks by a hidden field. */
export function usePaymentViews(): readonly SystemView[] {
  const t = useText(text)
  const me = useMe()
  return useMemo(() => {
    const asks = (field: string) => mayAskBy(me, 'payment', field)
    const view = (key: 'thisMonth' | 'refunds' | 'unallocated', may: boolean, ...rules: Rule[]): SystemView[] =>
      may ? [{ key, label: t(key), filter: { combinator: 'and', rules } }] : []
    return [
      { key: 'all', label: t('all'), filter: null },
      ...view('thisMonth', asks('receivedOn'), { field: 'receivedOn', operator: 'within', value: 'thisMonth' }),
      ...view('unallocated', asks('restFen'), { field: 'restFen', operator: '>', value: 0 }),
      ...view('refunds', true, { field: 'kind', operator: '=', value: 'refund' }),
    ]
  }, [t, me])
}
