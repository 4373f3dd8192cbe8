import { useQuery } from '@tanstack/react-query'
import { customerEntity } from '../../src-shared/features/customers/entity.ts'
import type { CustomerId } from '../../src-shared/features/customers/model.ts'
import { useEntity } from '../features/fields/public.ts'
import { fieldRightOf, useApi, useCan, useMe } from '../kernel/context.tsx'

const ID = /^[0-9A-HJKMNP-TV-Z]{26}$/i
/** Where a company numbers its customers, they go by that number. */
const NUMBER = 'number'

type Numbered = { rows: readonly { id: string; name: string; number?: string | null }[]; isPending: boolean; error: unknown }

/** `#` and a number, or the id out of an address: one record and no search. */
export function useNumbered(wanted: string): Numbered {
  const api = useApi()
  const me = useMe()
  const mayRead = useCan('customers.read')
  const hasNumbers =
    useEntity(customerEntity).fields.some(({ key }) => key === NUMBER) &&
    ['read', 'write'].includes(fieldRightOf(me, 'customer', NUMBER))
  const isId = ID.test(wanted)
  const one = useQuery(
    api.customers.get.queryOptions({
      input: { id: wanted.toUpperCase() as CustomerId },
      enabled: mayRead && isId,
      retry: false,
      meta: { shown: true },
    }),
  )
  const isNumber = mayRead && hasNumbers && wanted !== '' && !isId
  const many = useQuery(
    api.numbers.customers.queryOptions({ input: { number: wanted.slice(0, 40) }, enabled: isNumber, meta: { shown: true } }),
  )
  if (isId) return { rows: one.data ? [one.data] : [], isPending: one.isPending && mayRead, error: null }
  return { rows: many.data ?? [], isPending: isNumber && many.isPending, error: many.error }
}
