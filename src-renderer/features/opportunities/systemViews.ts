import { useMemo } from 'react'
import type { Rule } from '../../../src-shared/kernel/list.ts'
import { mayAskBy } from '../../components/filter/askBy.ts'
import type { SystemView } from '../../components/views/tabs.ts'
import { useMe } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

const OPEN: Rule = { field: 'state', operator: '=', value: 'open' }

/** The views that every list of opportunities begins with; none that asks by a hidden field. */
export function useOpportunityViews(): readonly SystemView[] {
  const t = useText(text)
  const me = useMe()
  return useMemo(() => {
    const asks = (field: string) => mayAskBy(me, 'opportunity', field)
    const view = (
      key: 'mine' | 'open' | 'expectedThisMonth' | 'won' | 'stalled',
      may: boolean,
      ...rules: Rule[]
    ): SystemView[] => (may ? [{ key, label: t(key), filter: { combinator: 'and', rules } }] : [])
    return [
      { key: 'all', label: t('all'), filter: null },
      ...view('mine', me.employeeId !== null && asks('ownerId'), { field: 'ownerId', operator: 'in', value: ['@me'] }),
      ...view('open', true, OPEN),
      ...view('expectedThisMonth', asks('expectedOn'), OPEN, { field: 'expectedOn', operator: 'within', value: 'thisMonth' }),
      ...view('won', true, { field: 'state', operator: '=', value: 'won' }),
      ...view('stalled', asks('stageEnteredAt') && asks('rotsAt'), { field: 'rotsAt', operator: '<=', value: '@today' }),
    ]
  }, [t, me])
}
