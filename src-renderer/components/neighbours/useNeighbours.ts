import { type QueryKey, type UseQueryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { ListInput } from '../../../src-shared/kernel/list.ts'
import type { PageOf } from '../table/columns.ts'
import { AROUND, besideOf, firstAround } from './neighbours.ts'
import { type ListPlace, placeOf, rememberPlace } from './place.ts'

type Asked<Row> = UseQueryOptions<PageOf<Row>, Error, PageOf<Row>, QueryKey>
type Source<Row> = {
  /** The address of the list; a record's page lies under it by its id. */
  to: string
  /** Asks for a part of the list. */
  page: (input: ListInput) => Asked<Row>
}
export type Neighbours = {
  position: { index: number; total: number | undefined } | null
  previous: (() => Promise<void>) | undefined
  next: (() => Promise<void>) | undefined
}

/** The record before and after in the list one came from. */
export function useNeighboursIn<Row extends { readonly id: string }>(id: string, { to, page }: Source<Row>): Neighbours {
  const navigate = useNavigate()
  const cache = useQueryClient()
  const place = placeOf(to, id)
  const first = firstAround(place?.index ?? 0)
  const options = page({ ...place?.which, ...(place?.sort && { sort: [...place.sort] }), offset: first, limit: AROUND })
  const rows = useQuery({ ...options, enabled: place !== null, meta: { shown: true } }).data?.rows
  const now = place && rows ? besideOf(rows, first, place) : null
  const index = now?.index ?? null
  useEffect(() => {
    const old = placeOf(to, id)
    // The next look is taken around where it stands now, or it would drift out of reach.
    if (old && index !== null && index !== old.index) rememberPlace(to, { ...old, index })
  }, [id, index, to])

  const go = (side: 'previous' | 'next') => {
    const by = side === 'next' ? 1 : -1
    if (!place || (now ? !now[side] : !mayHave(place, by))) return undefined
    // The key may be pressed before the neighbours are known: the step then waits for them.
    return async () => {
      const beside = now ?? besideOf((await cache.ensureQueryData(options)).rows, first, place)
      const row = beside[side]
      if (!row) return
      // Out of a gap, the next one already stands at the index of the one that left.
      const from = beside.index ?? (side === 'next' ? place.index - 1 : place.index)
      rememberPlace(to, { ...place, id: row.id, index: from + by })
      await navigate({ to: `${to}/${row.id}` })
    }
  }
  // Before its neighbours are known, a record stands where it stood; one that has left its list stands nowhere in it.
  const at = now ? now.index : (place?.index ?? null)
  return {
    position: place && at !== null ? { index: at, total: place.total } : null,
    previous: go('previous'),
    next: go('next'),
  }
}

const mayHave = ({ index, total }: ListPlace, by: number): boolean => index + by >= 0 && index + by < (total ?? Infinity)
