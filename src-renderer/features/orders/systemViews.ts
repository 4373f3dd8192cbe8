import { useMemo } from 'react'
import type { Rule } from '../../../src-shared/kernel/list.ts'
import { mayAskBy } from '../../components/filter/askBy.ts'
import type { SystemView } from '../../components/views/tabs.ts'
import { useMe } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

const RUNNING: Rule = { field: 'status', operator: 'in', value: ['confirmed', 'delivered'] }

/** The views that every list of orders begins with; none that asks by a hidden field. */
export function useOrderViews(): readonly SystemView[] {
  const t = useText(text)
  const me = useMe()
  return useMemo(() => {
    const asks = (field: string) => mayAskBy(me, 'order', field)
    const view = (
      key: 'mine' | 'drafts' | 'signedThisMonth' | 'owing' | 'overdue',
      may: boolean,
      ...rules: Rule[]
    ): SystemView[] => (may ? [{ key, label: t(key), filter: { combinator: 'and', rules } }] : [])
    return [
      { key: 'all', label: t('all'), filter: null },
      ...view('mine', me.employeeId !== null && asks('ownerId'), { field: 'ownerId', operator: 'in', value: ['@me'] }),
      ...view('drafts', true, { field: 'status', operator: '=', value: 'draft' }),
      ...view('signedThisMonth', asks('signedOn'), RUNNING, { field: 'signedOn', operator: 'within', value: 'thisMonth' }),
      ...view('owing', asks('dueFen'), RUNNING, { field: 'dueFen', operator: '>', value: 0 }),
      ...view('overdue', asks('overdueFen'), RUNNING, { field: 'overdueFen', operator: '>', value: 0 }),
    ]
  }, [t, me])
}
