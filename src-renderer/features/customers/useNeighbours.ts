import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { type Neighbours, type PlaceMemory, useNeighboursIn } from '../../components/neighbours/useNeighbours.ts'
import { useApi } from '../../kernel/context.tsx'
import { placeOf, rememberPlace } from './listMemory.ts'

const MEMORY: PlaceMemory = { of: placeOf, remember: rememberPlace }

/** The customer before and after in the list one came from. */
export function useNeighbours(id: string): Neighbours {
  const api = useApi()
  return useNeighboursIn<Customer>(id, {
    to: '/customers',
    memory: MEMORY,
    page: (input) => api.customers.list.queryOptions({ input }),
  })
}
