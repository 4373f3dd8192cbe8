import { useMemo } from 'react'
import { relatedField } from '../../../src-shared/kernel/filter/fields.ts'
import type { Rule } from '../../../src-shared/kernel/list.ts'
import { mayAskBy } from '../../components/filter/askBy.ts'
import type { SystemView } from '../../components/views/tabs.ts'
import { useMe } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

const OF_MINE: Rule = {
  field: relatedField('customer'),
  operator: 'notNull',
  of: { combinator: 'and', rules: [{ field: 'ownerId', operator: 'in', value: ['@me'] }] },
}

/** The views that every list of contacts begins with; none that asks by a hidden field. */
export function useContactViews(): readonly SystemView[] {
  const t = useText(text)
  const me = useMe()
  return useMemo(() => {
    const view = (key: 'mine' | 'main' | 'noPhone' | 'newThisMonth', may: boolean, ...rules: Rule[]): SystemView[] =>
      may ? [{ key, label: t(key), filter: { combinator: 'and', rules } }] : []
    const asks = (field: string) => mayAskBy(me, 'contact', field)
    return [
      { key: 'all', label: t('all'), filter: null },
      ...view('mine', me.employeeId !== null && mayAskBy(me, 'customer', 'ownerId'), OF_MINE),
      ...view('main', true, { field: 'isPrimary', operator: '=', value: true }),
      ...view(
        'noPhone',
        asks('phone') && asks('phone2'),
        { field: 'phone', operator: 'null' },
        { field: 'phone2', operator: 'null' },
      ),
      ...view('newThisMonth', true, { field: 'createdAt', operator: 'within', value: 'thisMonth' }),
    ]
  }, [t, me])
}
