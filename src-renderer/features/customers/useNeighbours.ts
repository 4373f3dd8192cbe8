import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { useApi } from '../../kernel/context.tsx'
import { type ListPlace, placeOf, rememberPlace } from './listMemory.ts'

/** The record before and after in the list one came from. */
export function useNeighbours(id: string): {
  position: { index: number; total: number | undefined } | null
  previous: (() => Promise<void>) | undefined
  next: (() => Promise<void>) | undefined
} {
  const navigate = useNavigate()
  const cache = useQueryClient()
  const place = placeOf(id)
  const from = Math.max(0, (place?.index ?? 0) - 1)
  const options = useApi().customers.list.queryOptions({
    input: { ...place?.which, ...(place?.sort && { sort: [...place.sort] }), offset: from, limit: 3 },
    enabled: place !== null,
    meta: { shown: true },
  })
  const rows = useQuery(options).data?.rows
  const beside = (found: readonly Customer[], by: number): Customer | undefined => {
    const at = found.findIndex((row) => row.id === id)
    return at < 0 ? undefined : found[at + by]
  }
  const go = (by: number) => {
    if (!place || (rows ? !beside(rows, by) : !mayHave(place, by))) return undefined
    // The key may be pressed before the neighbours are known: the step then waits for them.
    return async () => {
      const row = beside(rows ?? (await cache.ensureQueryData(options)).rows, by)
      if (!row) return
      rememberPlace({ ...place, id: row.id, index: place.index + by })
      await navigate({ to: `/customers/${row.id}` })
    }
  }
  return { position: place && { index: place.index, total: place.total }, previous: go(-1), next: go(1) }
}

const mayHave = ({ index, total }: ListPlace, by: number): boolean => index + by >= 0 && index + by < (total ?? Infinity)
