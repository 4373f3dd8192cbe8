import { contactEntity } from '../../../src-shared/features/contacts/entity.ts'
import type { Contact } from '../../../src-shared/features/contacts/model.ts'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { useFilterFields } from '../../components/filter/useFilterFields.ts'
import type { LayoutColumn } from '../../components/table/layout.ts'
import { useViewedList } from '../../components/views/useViewedList.ts'
import { useApi, useMe } from '../../kernel/context.tsx'
import { useEntity } from '../fields/public.ts'
import { maySortBy } from './columns.tsx'
import { useContactViews } from './systemViews.ts'

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
      system: useContactViews(),
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
