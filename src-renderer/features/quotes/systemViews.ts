import { useMemo } from 'react'
import type { Rule } from '../../../src-shared/kernel/list.ts'
import { mayAskBy } from '../../components/filter/askBy.ts'
import type { SystemView } from '../../components/views/tabs.ts'
import { useMe } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

/** Versions whose place another took are left out of every view of the program. */
const LAST: Rule = { field: 'superseded', operator: '=', value: false }
const is = (...status: string[]): Rule => ({ field: 'status', operator: 'in', value: status })

/** The views that every list of quotes begins with; none that asks by a hidden field. */
export function useQuoteViews(): readonly SystemView[] {
  const t = useText(text)
  const me = useMe()
  return useMemo(() => {
    const asks = (field: string) => mayAskBy(me, 'quote', field)
    const view = (key: 'all' | 'mine' | 'pending' | 'soonOver' | 'accepted', may: boolean, ...rules: Rule[]): SystemView[] =>
      may ? [{ key, label: t(key), filter: { combinator: 'and', rules: [LAST, ...rules] } }] : []
    return [
      ...view('all', true),
      ...view('mine', me.employeeId !== null && asks('ownerId'), { field: 'ownerId', operator: 'in', value: ['@me'] }),
      ...view('pending', true, is('pending')),
      ...view(
        'soonOver',
        asks('validUntil'),
        is('draft', 'approved', 'sent'),
        { field: 'validUntil', operator: '>=', value: '@today' },
        { field: 'validUntil', operator: '<=', value: '@today+7' },
      ),
      ...view('accepted', true, is('accepted')),
    ]
  }, [t, me])
}
