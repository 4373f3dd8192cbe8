import { useMemo } from 'react'
import type { Rule } from '../../../src-shared/kernel/list.ts'
import { mayAskBy } from '../../components/filter/askBy.ts'
import type { SystemView } from '../../components/views/tabs.ts'
import { useMe } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

const OPEN: Rule = { field: 'status', operator: 'in', value: ['new', 'contacted', 'qualified'] }
const is = (status: string): Rule => ({ field: 'status', operator: '=', value: status })

/** The views that every list of leads begins with; none that asks by a hidden field. */
export function useLeadViews(): readonly SystemView[] {
  const t = useText(text)
  const me = useMe()
  return useMemo(() => {
    const asks = (field: string) => mayAskBy(me, 'lead', field)
    const view = (
      key: 'mine' | 'free' | 'today' | 'unanswered' | 'converted' | 'invalid',
      may: boolean,
      ...rules: Rule[]
    ): SystemView[] => (may ? [{ key, label: t(key), filter: { combinator: 'and', rules } }] : [])
    const mine: Rule = { field: 'ownerId', operator: 'in', value: ['@me'] }
    return [
      { key: 'all', label: t('all'), filter: null },
      ...view('mine', me.employeeId !== null && asks('ownerId'), mine, OPEN),
      ...view('free', asks('ownerId'), { field: 'ownerId', operator: 'null' }, OPEN),
      ...view('today', asks('nextFollowUpAt'), { field: 'nextFollowUpAt', operator: '<=', value: '@today' }, OPEN),
      ...view('unanswered', asks('firstFollowUpAt'), { field: 'firstFollowUpAt', operator: 'null' }, OPEN),
      ...view('converted', true, is('converted')),
      ...view('invalid', true, is('invalid')),
    ]
  }, [t, me])
}
