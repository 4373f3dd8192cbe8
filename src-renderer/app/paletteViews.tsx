import { UnorderedListOutlined } from '@ant-design/icons'
import { useQueries } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { Viewed } from '../../src-shared/features/views/plain.ts'
import { useApi } from '../kernel/context.tsx'
import { useText } from '../kernel/text.ts'
import { useTyped } from '../kernel/typed.ts'
import type { NavItem } from './navigation.tsx'
import type { Entry } from './paletteEntries.tsx'
import { text } from './text.ts'

const LISTS: Readonly<Record<Viewed, string>> = { customer: '/customers', contact: '/contacts', pool: '/pools' }

/** Views of every list that one may open, with the name of the list; by name, by pinyin as soon as its tables are there. */
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
  if (typed.trim() === '') return []
  return lists.flatMap(({ item }, at) =>
    (found[at]?.data?.views ?? [])
      .filter(({ name, isForMe }) => isForMe && matches(name, typed))
      .map(
        ({ id, name }): Entry => ({
          id: `view ${id}`,
          group: t('groupViews'),
          icon: <UnorderedListOutlined />,
          title: name,
          note: t(item.word),
          run: () => void navigate({ to: item.to, search: { view: id } as never }),
        }),
      ),
  )
}
