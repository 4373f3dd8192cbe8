import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { type Neighbours, useNeighboursIn } from '../../components/neighbours/useNeighbours.ts'
import { useApi } from '../../kernel/context.tsx'

/** The customer before and after in the list one came from. */
export function useNeighbours(id: string): Neighbours {
  const api = useApi()
  return useNeighboursIn<Customer>(id, {
    to: '/customers',
    page: (input) => api.customers.list.queryOptions({ input }),
  })
}
