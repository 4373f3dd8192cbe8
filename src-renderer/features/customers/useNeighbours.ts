import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { useApi } from '../../kernel/context.tsx'
import { type ListPlace, placeOf, rememberPlace } from './listMemory.ts'
import { AROUND, besideOf, firstAround } from './neighbours.ts'

type Neighbours = {
  position: { index: number; total: number | undefined } | null
  previous: (() => Promise<void>) | undefined
  next: (() => Promise<void>) | undefined
}

/** The record before and after in the list one came from. */
export function useNeighbours(id: string): Neighbours {
  const navigate = useNavigate()
  const cache = useQueryClient()
  const place = placeOf(id)
  const first = firstAround(place?.index ?? 0)
  const options = useApi().customers.list.queryOptions({
    input: { ...place?.which, ...(place?.sort && { sort: [...place.sort] }), offset: first, limit: AROUND },
    enabled: place !== null,
    meta: { shown: true },
  })
  const rows = useQuery(options).data?.rows
  const now = place && rows ? besideOf<Customer>(rows, first, place) : null
  const index = now?.index ?? null
  useEffect(() => {
    const old = placeOf(id)
    // The next look is taken around where it stands now, or it would drift out of reach.
    if (old && index !== null && index !== old.index) rememberPlace({ ...old, index })
  }, [id, index])

  const go = (side: 'previous' | 'next') => {
    const by = side === 'next' ? 1 : -1
    if (!place || (now ? !now[side] : !mayHave(place, by))) return undefined
    // The key may be pressed before the neighbours are known: the step then waits for them.
    return async () => {
      const beside = now ?? besideOf<Customer>((await cache.ensureQueryData(options)).rows, first, place)
      const row = beside[side]
      if (!row) return
      // Out of a gap, the next one already stands at the index of the one that left.
      const from = beside.index ?? (side === 'next' ? place.index - 1 : place.index)
      rememberPlace({ ...place, id: row.id, index: from + by })
      await navigate({ to: `/customers/${row.id}` })
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
