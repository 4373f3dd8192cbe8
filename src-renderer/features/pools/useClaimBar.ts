import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { claimBar } from '../../../src-shared/features/pools/limits.ts'
import type { MyPool } from '../../../src-shared/features/pools/model.ts'
import { useApi } from '../../kernel/context.tsx'
import { refusalText } from '../../kernel/errors.ts'

export type ClaimBarOf = (customer: Pick<Customer, 'level' | 'status'> | null) => string | null

/** Why a customer of this pool, or any of several, cannot be claimed now, in words: the day's claims are used up, or there is no room. */
export function useClaimBar(pool: MyPool | undefined): ClaimBarOf {
  const enabled = pool?.mayClaim === true
  const { data: holding } = useQuery(useApi().pools.holding.queryOptions({ input: {}, enabled }))
  return useCallback(
    (customer) => {
      const bar = pool && claimBar(pool, holding, customer)
      return bar ? refusalText('pools', bar.reason, bar.detail) : null
    },
    [pool, holding],
  )
}
