import { useMemo } from 'react'
import type { MyPool } from '../../../src-shared/features/pools/model.ts'
import type { LayoutColumn } from '../../components/table/layout.ts'
import { useMe } from '../../kernel/context.tsx'
import { quickOf, useListOfCustomers } from '../customers/public.ts'
import { usePoolViews } from './systemViews.ts'
import { OWNED } from './usePoolColumns.tsx'

/** What a pool keeps back, and what is only said of somebody's customers. */
const useHides = ({ hides }: MyPool) =>
  useMemo(() => {
    const kept = new Set(hides)
    return (entity: string, field: string): boolean =>
      kept.has(`${entity}.${field}`) || (entity === 'customer' && (OWNED.has(field) || field === 'poolId'))
  }, [hides])

/** The customers of a pool as the address says: the views are those of all pools, the fields those that this one shows. */
export function usePoolList(pool: MyPool, columns: readonly LayoutColumn[]) {
  const hides = useHides(pool)
  const list = useListOfCustomers(columns, {
    entity: 'pool',
    to: '/pools',
    pool: pool.id,
    system: usePoolViews(hides),
    hides,
  })
  return { list, quick: quickOf(useMe()).filter((field) => !hides('customer', field)) }
}
