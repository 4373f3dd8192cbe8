import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useApi } from '../../kernel/context.tsx'
import { placeOf, rememberPlace } from './listMemory.ts'

/** The record before and after in the list one came from. */
export function useNeighbours(id: string): {
  position: { index: number; total: number | undefined } | null
  previous: (() => void) | undefined
  next: (() => void) | undefined
} {
  const navigate = useNavigate()
  const place = placeOf(id)
  const from = Math.max(0, (place?.index ?? 0) - 1)
  const around = useQuery(
    useApi().customers.list.queryOptions({
      input: { ...place?.which, ...(place?.sort && { sort: [...place.sort] }), offset: from, limit: 3 },
      enabled: place !== null,
      meta: { shown: true },
    }),
  )
  const rows = around.data?.rows ?? []
  const at = rows.findIndex((row) => row.id === id)
  const go = (by: number) => {
    const row = at < 0 ? undefined : rows[at + by]
    if (!row || !place) return undefined
    return () => {
      rememberPlace({ ...place, id: row.id, index: place.index + by })
      void navigate({ to: `/customers/${row.id}` })
    }
  }
  return { position: place && { index: place.index, total: place.total }, previous: go(-1), next: go(1) }
}
