import { useMemo, useState } from 'react'
import { contactEntity } from '../../../src-shared/features/contacts/entity.ts'
import type { Contact } from '../../../src-shared/features/contacts/model.ts'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { relatedField } from '../../../src-shared/kernel/filter/fields.ts'
import type { Rule } from '../../../src-shared/kernel/list.ts'
import { mayAskBy } from '../../components/filter/askBy.ts'
import { useFilterFields } from '../../components/filter/useFilterFields.ts'
import type { LayoutColumn } from '../../components/table/layout.ts'
import type { SystemView } from '../../components/views/tabs.ts'
import { useViewedList } from '../../components/views/useViewedList.ts'
import { useApi, useMe } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { useEntity } from '../fields/public.ts'
import { maySortBy } from './columns.tsx'
import { text } from './text.ts'

/** The list of contacts as its address says. */
export function useContactList(columns: readonly LayoutColumn[]) {
  const me = useMe()
  const api = useApi()
  const entity = useEntity(contactEntity)
  const customers = useEntity(customerEntity)
  return useViewedList<Contact>(
    {
      entity: 'contact',
      to: '/contacts',
      system: useSystemViews(),
      columns,
      fields: useFilterFields(entity, [customers]),
      sortable: (key) => entity.fields.some((field) => field.key === key && maySortBy(me, field)),
    },
    {
      count: (input) => api.contacts.count.queryOptions({ input }),
      list: (input) => api.contacts.list.queryOptions({ input }),
      sums: (input) => api.contacts.sums.queryOptions({ input }),
    },
  )
}
export type ContactList = ReturnType<typeof useContactList>

const OF_MINE: Rule = {
  field: relatedField('customer'),
  operator: 'notNull',
  of: { combinator: 'and', rules: [{ field: 'ownerId', operator: 'in', value: ['@me'] }] },
}

/** The views that every list of contacts begins with; none that asks by a hidden field. */
function useSystemViews(): readonly SystemView[] {
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

type Opened = { readonly row: Contact; readonly index: number; readonly result: string }
export function useOpenedContact({ resultKey, total }: Pick<ContactList, 'resultKey' | 'total'>) {
  const [opened, setOpened] = useState<Opened | null>(null)
  const [step, setStep] = useState<{ index: number; by: number } | null>(null)
  const isPlaced = opened?.result === resultKey
  return {
    opened,
    step,
    position: opened && isPlaced ? { index: opened.index, total } : null,
    open: (row: Contact, index: number) => setOpened({ row, index, result: resultKey }),
    placed: (index: number) =>
      setOpened((old) => (old && (old.index !== index || old.result !== resultKey) ? { ...old, index, result: resultKey } : old)),
    close: () => setOpened(null),
    stepBy: (by: number) => {
      if (opened && isPlaced) setStep({ index: opened.index, by })
    },
  }
}
