import './favourites.css'
import { StarFilled, UnorderedListOutlined } from '@ant-design/icons'
import { useQueries } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type DragEvent, type KeyboardEvent, useState } from 'react'
import type { Shown } from '../../../src-shared/features/favourites/contract.ts'
import type { Viewed } from '../../../src-shared/features/views/plain.ts'
import { useApi } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { keyOf, useFavourites } from './Favourites.tsx'
import { moved } from './order.ts'
import { isNamedView, text } from './text.ts'

export type Entry = { key: string; row: Shown; title: string; to: string; search: Record<string, unknown> }

/** What is kept, by the name it has today; a view that was taken away is left out. */
export function useEntries(): readonly Entry[] {
  const { rows } = useFavourites()
  const t = useText(text)
  const stored = useStoredViews(rows)
  return rows.flatMap((row): Entry[] => {
    const key = keyOf(row)
    const place =
      row.entity === 'opportunity' || row.entity === 'order' || row.entity === 'lead' ? PLACES[row.entity] : '/customers'
    if (row.entity !== 'view') return [{ key, row, title: row.title ?? '', to: `${place}/${row.opensId}`, search: {} }]
    const view = stored.find(({ id }) => id === row.id) ?? systemView(row.id, t)
    return view ? [{ key, row, title: view.name, to: PLACES[view.entity], search: { view: view.id } }] : []
  })
}

type KeptView = { id: string; name: string; entity: Viewed }
const PLACES: Readonly<Record<Viewed, string>> = {
  customer: '/customers',
  contact: '/contacts',
  pool: '/pools',
  product: '/products',
  opportunity: '/opportunities',
  order: '/orders',
  payment: '/payments',
  invoice: '/invoices',
  stock: '/stock',
  purchase: '/purchases',
  quote: '/quotes',
  lead: '/leads',
}

function useStoredViews(rows: readonly Shown[]): readonly KeptView[] {
  const api = useApi()
  const areKept = rows.some(({ entity, id }) => entity === 'view' && !id.includes(':'))
  return useQueries({
    queries: (Object.keys(PLACES) as Viewed[]).map((entity) =>
      api.views.list.queryOptions({ input: { entity }, enabled: areKept, meta: { shown: true } }),
    ),
    combine: (found) => found.flatMap(({ data }) => data?.views ?? []),
  })
}

/** One of the program's own, kept as `customer:mine`. */
function systemView(kept: string, t: ReturnType<typeof useText<keyof (typeof text)['zh-CN']>>): KeptView | null {
  if (!isNamedView(kept)) return null
  const [entity = '', id = ''] = kept.split(':')
  return { id, name: t(kept), entity: entity as Viewed }
}

const CARRIED = 'text/x-kezhan-favourite'

/** 收藏, in one's own order. */
export function NavFavourites() {
  const t = useText(text)
  const entries = useEntries()
  const { arrange } = useFavourites()
  const [over, setOver] = useState<string | null>(null)
  if (entries.length === 0) return null
  const put = (key: string, to: number) =>
    arrange(
      moved(
        entries.map(({ row }) => row),
        entries.findIndex((entry) => entry.key === key),
        to,
      ),
    )
  return (
    <section className="favs" aria-label={t('favourites')}>
      <div className="gt">{t('favourites')}</div>
      <ul>
        {entries.map((entry, index) => (
          <li key={entry.key}>
            <Link
              to={entry.to}
              search={entry.search as never}
              title={`${entry.title}\n${t('order')}`}
              className={`fav${over === entry.key ? ' over' : ''}`}
              draggable
              onDragStart={(event: DragEvent) => event.dataTransfer.setData(CARRIED, entry.key)}
              onDragOver={(event: DragEvent) => {
                if (!event.dataTransfer.types.includes(CARRIED)) return
                event.preventDefault()
                setOver(entry.key)
              }}
              onDragLeave={() => setOver(null)}
              onDrop={(event: DragEvent) => {
                event.preventDefault()
                setOver(null)
                put(event.dataTransfer.getData(CARRIED), index)
              }}
              onKeyDown={(event: KeyboardEvent) => {
                if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
                event.preventDefault()
                put(entry.key, index + (event.key === 'ArrowUp' ? -1 : 1))
              }}
            >
              {entry.row.entity === 'view' ? <UnorderedListOutlined /> : <StarFilled className="fav-star" />}
              <span className="el">{entry.title}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
