import './pools.css'
import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { Button } from 'antd'
import { Suspense, useState } from 'react'
import type { MyPool } from '../../../src-shared/features/pools/model.ts'
import { PageHead } from '../../components/page.tsx'
import { EmptyState, LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

const PoolList = later(() => import('./PoolList.tsx').then((module) => module.PoolList))

/** 公海: the pools one belongs to, and in each the customers that nobody owns. */
export function PoolsPage() {
  const t = useText(text)
  const pools = useQuery(useApi().pools.mine.queryOptions({ input: {}, meta: { shown: true } }))
  const { pool: wanted } = useSearch({ strict: false }) as { pool?: unknown }
  // Which one a bare address means is settled once: counts that change must not swap the list.
  const [first, setFirst] = useState<MyPool['id'] | null>(null)
  if (pools.error && !pools.data) return <LoadFailed error={pools.error} feature="pools" onRetry={() => void pools.refetch()} />
  if (!pools.data)
    return (
      <main className="page">
        <PageHead title={t('pool')} />
        <SkeletonRows rows={16} />
      </main>
    )
  const pool = pools.data.find(({ id }) => id === wanted) ?? pools.data.find(({ id }) => id === first) ?? pools.data[0]
  if (!pool) return <NoPool />
  if (pool.id !== first && wanted === undefined) setFirst(pool.id)
  return (
    <main className="page">
      <Suspense fallback={<SkeletonRows rows={16} />}>
        <PoolList key={pool.id} pool={pool} pools={pools.data} />
      </Suspense>
    </main>
  )
}

function NoPool() {
  const t = useText(text)
  const manages = useCan('pools.manage')
  return (
    <main className="page">
      <PageHead title={t('pool')} />
      <EmptyState title={t('none')} hint={t(manages ? 'noneManage' : 'noneHint')}>
        {manages && (
          <Link to="/settings/pools">
            <Button type="primary">{t('toSettings')}</Button>
          </Link>
        )}
      </EmptyState>
    </main>
  )
}
