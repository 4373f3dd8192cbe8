import { UnorderedListOutlined } from '@ant-design/icons'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect } from 'react'
import type { Viewed } from '../../src-shared/features/views/plain.ts'
import type { SystemView } from '../components/views/tabs.ts'
import { useContactViews } from '../features/contacts/systemViews.ts'
import { useSystemViews as useCustomerViews } from '../features/customers/systemViews.ts'
import { useLeadViews } from '../features/leads/systemViews.ts'
import { useOpportunityViews } from '../features/opportunities/systemViews.ts'
import { useQuoteViews } from '../features/quotes/systemViews.ts'
import { useOrderViews } from '../features/orders/systemViews.ts'
import { useInvoiceViews } from '../features/invoices/systemViews.ts'
import { usePaymentViews } from '../features/payments/systemViews.ts'
import { usePoolViews } from '../features/pools/systemViews.ts'
import { usePurchaseViews } from '../features/purchases/systemViews.ts'
import { useStockViews } from '../features/stock/systemViews.ts'
import { useProductViews } from '../features/products/systemViews.ts'
import { useApi } from '../kernel/context.tsx'
import { useText } from '../kernel/text.ts'
import { useTyped } from '../kernel/typed.ts'
import type { NavItem } from './navigation.tsx'
import type { Entry } from './paletteEntries.tsx'
import { text } from './text.ts'

const LISTS: Readonly<Record<Viewed, string>> = {
  customer: '/customers',
  contact: '/contacts',
  pool: '/pools',
  product: '/products',
  opportunity: '/opportunities',
  quote: '/quotes',
  order: '/orders',
  payment: '/payments',
  invoice: '/invoices',
  lead: '/leads',
  stock: '/stock',
  purchase: '/purchases',
}

/** The program's own views of each list; of pools where there is one, those that some pool can answer. */
function useOwnViews(hasPools: boolean): Readonly<Record<Viewed, readonly SystemView[]>> {
  const customer = useCustomerViews()
  const contact = useContactViews()
  const product = useProductViews()
  const opportunity = useOpportunityViews()
  const quote = useQuoteViews()
  const order = useOrderViews()
  const payment = usePaymentViews()
  const invoice = useInvoiceViews()
  const lead = useLeadViews()
  const stock = useStockViews()
  const purchase = usePurchaseViews()
  const { data: pools = NONE } = useQuery(
    useApi().pools.mine.queryOptions({ input: {}, staleTime: 60_000, enabled: hasPools, meta: { shown: true } }),
  )
  const hides = useCallback(
    (entity: string, field: string) => pools.every((pool) => pool.hides.includes(`${entity}.${field}`)),
    [pools],
  )
  const pool = usePoolViews(hides)
  return {
    customer,
    contact,
    product,
    opportunity,
    quote,
    order,
    payment,
    invoice,
    lead,
    stock,
    purchase,
    pool: pools.length > 0 ? pool : [],
  }
}
const NONE: never[] = []

/**
 * Views of every list that one may open, the program's own and stored ones, with the name of the list; by name, with that of the list or
 * without, and by pinyin as soon as its tables are there.
 */
export function useViews(typed: string, items: readonly NavItem[]): Entry[] {
  const t = useText(text)
  const api = useApi()
  const navigate = useNavigate()
  const { load, matches } = useTyped()
  useEffect(load, [load])
  const lists = (Object.keys(LISTS) as Viewed[]).flatMap((entity) => {
    const item = items.find(({ to }) => to === LISTS[entity])
    return item ? [{ entity, item }] : []
  })
  const found = useQueries({
    queries: lists.map(({ entity }) =>
      api.views.list.queryOptions({ input: { entity }, staleTime: 60_000, meta: { shown: true } }),
    ),
  })
  const own = useOwnViews(lists.some(({ entity }) => entity === 'pool'))
  if (typed.trim() === '') return []
  return lists.flatMap(({ entity, item }, at) => {
    const list = t(item.word)
    const stored = (found[at]?.data?.views ?? []).filter(({ isForMe }) => isForMe)
    return [...own[entity].map(({ key, label }) => ({ id: key, name: label })), ...stored]
      .filter(({ name }) => matches(name, typed) || (matches(`${name}${list}`, typed) && !matches(list, typed)))
      .map(
        ({ id, name }): Entry => ({
          id: `view ${entity} ${id}`,
          group: t('groupViews'),
          icon: <UnorderedListOutlined />,
          title: name,
          note: list,
          run: () => void navigate({ to: item.to, search: { view: id } as never }),
        }),
      )
  })
}
