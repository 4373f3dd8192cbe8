import {
  AccountBookOutlined,
  AimOutlined,
  AppstoreOutlined,
  BankOutlined,
  ContactsOutlined,
  FileDoneOutlined,
  FileProtectOutlined,
  FileTextOutlined,
  FunnelPlotOutlined,
  HistoryOutlined,
  NumberOutlined,
  RightOutlined,
  StarFilled,
} from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useDeferredValue } from 'react'
import type { SearchHit } from '../../src-shared/features/search/contract.ts'
import { useEntries as useFavourites } from '../features/favourites/public.ts'
import { matches } from '../kernel/actions.ts'
import { useApi } from '../kernel/context.tsx'
import { useText } from '../kernel/text.ts'
import type { NavItem } from './navigation.tsx'
import type { PageWord } from './pages.ts'
import { useAllActions } from './paletteActions.ts'
import { useNumbered } from './paletteNumber.ts'
import { useViews } from './paletteViews.tsx'
import { text } from './text.ts'

export type Entry = {
  id: string
  group: string
  icon: ReactNode
  title: string
  note?: string | null
  /** Found for the words; what one can do is known without asking. */
  isHit?: boolean
  keys?: string | undefined
  run: () => void
}
/** `isOld`: the records are those of words typed before. */
type Found = { entries: Entry[]; isOld: boolean; failed: unknown }

const ICONS: Record<string, ReactNode> = {
  customer: <BankOutlined />,
  contact: <ContactsOutlined />,
  product: <AppstoreOutlined />,
  lead: <AimOutlined />,
  opportunity: <FunnelPlotOutlined />,
  quote: <FileTextOutlined />,
  order: <FileDoneOutlined />,
  payment: <AccountBookOutlined />,
  invoice: <FileProtectOutlined />,
}
/** So much may stand above the records: what one looks for by name is not pushed out of sight by what one might do. */
const ACTIONS_BEFORE_RECORDS = 6

/** What can be done first, then records by their kind; with nothing typed the last opened and one's favourites. */
export function useEntries(typed: string, items: readonly NavItem[], onShortcuts: () => void): Found {
  const t = useText(text)
  const navigate = useNavigate()
  const actions = useAllActions(items, onShortcuts)
  const words = useDeferredValue(typed.trim())
  const isNumber = words.startsWith('#')
  const kept = useKept()
  const views = useViews(typed, items)
  const numbered = useNumbered(isNumber ? words.slice(1).trim() : '')
  const found = useQuery(
    useApi().search.records.queryOptions({
      input: { text: words, limit: 16 },
      enabled: words !== '' && !isNumber,
      placeholderData: keepPreviousData,
      meta: { shown: true },
    }),
  )
  const open = (to: string) => () => void navigate({ to })
  if (isNumber) {
    const entries = numbered.rows.map(
      (row): Entry => ({
        id: row.id,
        isHit: true,
        group: t('customers'),
        icon: <NumberOutlined />,
        title: row.name,
        note: row.number ?? null,
        run: open(`/customers/${row.id}`),
      }),
    )
    return { entries, isOld: words !== typed.trim() || numbered.isPending, failed: numbered.error }
  }
  const acting = actions
    .filter((action) => matches(action, typed))
    .map(({ id, label, keys, run }): Entry => ({ id, group: t('groupAct'), icon: <RightOutlined />, title: label, keys, run }))
  if (words === '') return { entries: [...kept, ...acting], isOld: words !== typed.trim(), failed: null }
  const hits = (found.data?.hits ?? []).map(
    (hit): Entry => ({
      id: hit.id,
      isHit: true,
      group: t(GROUPS[hit.entity] ?? 'customers'),
      icon: ICONS[hit.entity],
      title: hit.title,
      note: hit.subtitle,
      run: () => {
        const to = LISTS[hit.entity]
        void navigate(to ? { to, search: { q: hit.title } as never } : { to: addressOf(hit) })
      },
    }),
  )
  // Customers first, then kind by kind as the best of each comes.
  const groups = new Set([t('customers'), ...hits.map(({ group }) => group)])
  const byKind = [...groups].flatMap((group) => hits.filter((hit) => hit.group === group))
  const isOld = words !== typed.trim() || found.isPlaceholderData || found.isPending
  const shown = byKind.length > 0 ? acting.slice(0, ACTIONS_BEFORE_RECORDS) : acting
  return { entries: [...shown, ...views, ...byKind], isOld, failed: found.error }
}

/** Kinds with pages of their own; a contact stands on its customer's. */
const PLACES: Readonly<Record<string, string>> = {
  opportunity: '/opportunities',
  lead: '/leads',
  quote: '/quotes',
  order: '/orders',
  invoice: '/invoices',
}
/** Kinds without: found in their list. */
const LISTS: Readonly<Record<string, string>> = { product: '/products', payment: '/payments' }
const GROUPS: Readonly<Record<string, PageWord>> = {
  contact: 'contacts',
  product: 'products',
  lead: 'leads',
  opportunity: 'opportunities',
  quote: 'quotes',
  order: 'orders',
  payment: 'payments',
  invoice: 'invoices',
}
const addressOf = ({ entity, id, customerId }: SearchHit): string =>
  PLACES[entity] ? `${PLACES[entity]}/${id}` : `/customers/${customerId ?? id}`

/** The records opened last, on whatever device, and what one has starred. */
function useKept(): Entry[] {
  const t = useText(text)
  const navigate = useNavigate()
  const recent = useQuery(useApi().favourites.recent.queryOptions({ input: {}, meta: { shown: true } })).data ?? []
  const favourites = useFavourites()
  return [
    ...recent.map(
      (row): Entry => ({
        id: `recent ${row.id}`,
        group: t('groupRecent'),
        icon: <HistoryOutlined />,
        title: row.title ?? '',
        run: () => void navigate({ to: `${PLACES[row.entity] ?? '/customers'}/${row.opensId}` }),
      }),
    ),
    ...favourites.map(
      ({ key, title, to, search }): Entry => ({
        id: `kept ${key}`,
        group: t('groupFavourites'),
        icon: <StarFilled />,
        title,
        run: () => void navigate({ to, search: search as never }),
      }),
    ),
  ]
}
