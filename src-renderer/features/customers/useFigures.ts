import { useQuery } from '@tanstack/react-query'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { fieldRightOf, mayDo, useApi, useMe } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { recordFigures } from './figures.tsx'
import { text } from './text.ts'
import { seesFigure } from './useSight.ts'

/** The figures of a record that one may see, and the contacts behind one of them. */
export function useFigures(customer: Customer) {
  const t = useText(text)
  const me = useMe()
  const api = useApi()
  const input = { customerId: customer.id }
  const count = useQuery(
    api.followUps.ofCustomer.queryOptions({
      input: { ...input, limit: 1 },
      enabled: mayDo(me, 'followUps.read'),
      meta: { shown: true },
    }),
  )
  const contacts = useQuery(
    api.contacts.ofCustomer.queryOptions({ input, enabled: mayDo(me, 'contacts.read'), meta: { shown: true } }),
  )
  const figures = recordFigures(
    t,
    customer,
    count.data?.count,
    contacts.data,
    (field) => fieldRightOf(me, 'customer', field) !== 'hidden',
  )
  return { figures: figures.filter((figure) => seesFigure(me, figure.key)), contacts: contacts.data }
}
