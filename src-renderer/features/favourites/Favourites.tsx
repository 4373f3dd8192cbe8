import { useMutation, useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from 'react'
import type { Kept, Shown } from '../../../src-shared/features/favourites/contract.ts'
import { useApi } from '../../kernel/context.tsx'
import { useRecent } from '../../kernel/recent.ts'

export const keyOf = ({ entity, id }: Kept): string => `${entity} ${id}`

type Favourites = {
  readonly rows: readonly Shown[]
  readonly keys: ReadonlySet<string>
  readonly toggle: (one: Kept) => void
  readonly arrange: (order: readonly Kept[]) => void
}
const NONE: Favourites = { rows: [], keys: new Set(), toggle: () => undefined, arrange: () => undefined }
const FavouritesContext = createContext<Favourites>(NONE)
export const useFavourites = (): Favourites => useContext(FavouritesContext)

/** One question for the whole window: a list draws a star in every row. */
export function FavouritesProvider({ children }: { children: ReactNode }) {
  const api = useApi()
  const rows = useQuery(api.favourites.list.queryOptions({ input: {} })).data
  const { mutate: set } = useMutation(api.favourites.set.mutationOptions())
  const { mutate: arrange } = useMutation(api.favourites.arrange.mutationOptions())
  useTellOpened()
  const value = useMemo((): Favourites => {
    const keys = new Set((rows ?? []).map(keyOf))
    return {
      rows: rows ?? [],
      keys,
      toggle: ({ entity, id }) => set({ entity, id, on: !keys.has(keyOf({ entity, id })) }),
      arrange: (order) => arrange({ order: order.map(({ entity, id }) => ({ entity, id })) }),
    }
  }, [rows, set, arrange])
  return <FavouritesContext value={value}>{children}</FavouritesContext>
}

/** What is opened on this device is remembered for all of them. */
function useTellOpened(): void {
  const { mutate } = useMutation(useApi().favourites.opened.mutationOptions({ meta: { shown: true } }))
  const [newest] = useRecent()
  const told = useRef('')
  useEffect(() => {
    const id = /^\/customers\/([0-9A-Z]{26})$/.exec(newest?.to ?? '')?.[1]
    if (!id || told.current === id) return
    told.current = id
    mutate({ entity: 'customer', id })
  }, [newest, mutate])
}
