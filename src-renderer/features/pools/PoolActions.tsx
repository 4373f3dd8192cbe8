import { useQuery } from '@tanstack/react-query'
import { Button, Tooltip } from 'antd'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { Chip } from '../../components/marks.tsx'
import { useApi } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'
import { useClaim } from './useClaim.ts'
import { useClaimBar } from './useClaimBar.ts'

/** On the record of a customer who lies in a pool: where, and the way to make him one's own. */
export function PoolActions({ customer, onDone = () => {} }: { customer: Customer; onDone?: () => void }) {
  const t = useText(text)
  const pools = useQuery(useApi().pools.mine.queryOptions({ input: {}, enabled: customer.poolId !== null }))
  const claim = useClaim(onDone)
  const pool = pools.data?.find(({ id }) => id === customer.poolId)
  const bar = useClaimBar(pool)(customer)
  if (!pool?.mayClaim || customer.deletedAt !== null) return null
  return (
    <Tooltip title={bar}>
      <Button
        type="primary"
        disabled={bar !== null}
        loading={claim.isPending}
        onClick={() => claim.mutate({ ids: [customer.id] })}
      >
        {t('claim')}
      </Button>
    </Tooltip>
  )
}

/** Beside the name: the pool he lies in. */
export function PoolChip({ customer }: { customer: Pick<Customer, 'poolName'> }) {
  const t = useText(text)
  return customer.poolName === null ? null : <Chip tone="info">{t('inPool', { name: customer.poolName })}</Chip>
}
