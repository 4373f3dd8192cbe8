import { contactEntity } from '../../../src-shared/features/contacts/entity.ts'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { fileEntity } from '../../../src-shared/features/files/entity.ts'
import { followUpEntity } from '../../../src-shared/features/follow-ups/entity.ts'
import { opportunityEntity } from '../../../src-shared/features/opportunities/entity.ts'
import { orderEntity } from '../../../src-shared/features/orders/entity.ts'
import { quoteEntity } from '../../../src-shared/features/quotes/entity.ts'
import type { ViewKind } from '../../../src-shared/features/views/plain.ts'
import { findField } from '../../../src-shared/kernel/entity.ts'
import { OPENED_BY_ME } from '../../../src-shared/kernel/filter/fields.ts'
import { useFilterFields } from '../../components/filter/useFilterFields.ts'
import type { LayoutColumn } from '../../components/table/layout.ts'
import type { SystemView } from '../../components/views/tabs.ts'
import { useViewedList } from '../../components/views/useViewedList.ts'
import { useApi, useMe } from '../../kernel/context.tsx'
import { useEntities, useEntity } from '../fields/public.ts'
import { useSystemViews } from './systemViews.ts'
import { mayAskBy, QUICK } from './useSight.ts'

/** What conditions of a list of customers may be about beside their own fields. */
export const RELATED_TO_CUSTOMERS = [contactEntity, followUpEntity, fileEntity, opportunityEntity, quoteEntity, orderEntity]

/** A list of customers: all of them, or those of one pool, of whom some fields are kept back. */
export function useListOfCustomers(
  columns: readonly LayoutColumn[],
  where: {
    entity: 'customer' | 'pool'
    to: string
    system: readonly SystemView[]
    pool?: string
    hides?: (entity: string, field: string) => boolean
    kinds?: readonly ViewKind[]
  },
) {
  const me = useMe()
  const api = useApi()
  const entity = useEntity(customerEntity)
  const { hides, ...rest } = where
  const fields = useFilterFields(entity, useEntities(RELATED_TO_CUSTOMERS), hides)
  return useViewedList<Customer>(
    {
      ...rest,
      columns,
      fields,
      sortable: (key) => {
        if (key === OPENED_BY_ME) return true
        const field = findField(entity, key)
        return field !== undefined && field.type !== 'tags' && mayAskBy(me, key) && !hides?.('customer', key)
      },
      quick: QUICK,
    },
    {
      count: (input) => api.customers.count.queryOptions({ input }),
      list: (input) => api.customers.list.queryOptions({ input }),
      sums: (input) => api.customers.sums.queryOptions({ input }),
    },
  )
}
export type CustomerList = ReturnType<typeof useListOfCustomers>

const KINDS: readonly ViewKind[] = ['table', 'calendar']
/** A calendar goes by a day that one must be allowed to ask by. */
export function useCustomerList(columns: readonly LayoutColumn[]): CustomerList {
  const kinds = mayAskBy(useMe(), 'nextFollowUpAt') ? { kinds: KINDS } : {}
  return useListOfCustomers(columns, { entity: 'customer', to: '/customers', system: useSystemViews(), ...kinds })
}
