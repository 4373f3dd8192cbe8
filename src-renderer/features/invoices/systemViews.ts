import { useMemo } from 'react'
import type { Rule } from '../../../src-shared/kernel/list.ts'
import { mayAskBy } from '../../components/filter/askBy.ts'
import type { SystemView } from '../../components/views/tabs.ts'
import { useMe } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

/** The views that every list of invoices begins with; none that asks by a hidden field. */
export function useInvoiceViews(): readonly SystemView[] {
  const t = useText(text)
  const me = useMe()
  return useMemo(() => {
    const view = (key: 'waiting' | 'mine' | 'thisMonth' | 'voided', may: boolean, ...rules: Rule[]): SystemView[] =>
      may ? [{ key, label: t(key), filter: { combinator: 'and', rules } }] : []
    const asks = (field: string) => mayAskBy(me, 'invoice', field)
    const hasValue: Rule = { field: 'status', operator: 'in', value: ['issued', 'posted'] }
    return [
      { key: 'all', label: t('all'), filter: null },
      ...view('waiting', true, { field: 'status', operator: '=', value: 'requested' }),
      ...view('mine', me.employeeId !== null && asks('requesterId'), { field: 'requesterId', operator: 'in', value: ['@me'] }),
      ...view('thisMonth', asks('issuedOn'), hasValue, { field: 'issuedOn', operator: 'within', value: 'thisMonth' }),
      ...view('voided', true, { field: 'status', operator: '=', value: 'void' }),
    ]
  }, [t, me])
}
