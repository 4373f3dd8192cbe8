import './opportunities.css'
import { PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { Suspense, useState } from 'react'
import type { Opportunity } from '../../../src-shared/features/opportunities/model.ts'
import { LoadFailed, Nothing, SkeletonRows } from '../../components/states.tsx'
import { Money } from '../../components/values.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { formatMoneyShort, formatNumber } from '../../kernel/format.ts'
import { later } from '../../kernel/later.ts'
import { useText } from '../../kernel/text.ts'
import { StageText } from './columns.tsx'
import { text } from './text.ts'

const OpportunityDrawer = later(() => import('./OpportunityDrawer.tsx').then((module) => module.OpportunityDrawer))
type CustomerId = NonNullable<Opportunity['customerId']>

const useOfCustomer = (customerId: CustomerId, enabled = true) =>
  useQuery(useApi().opportunities.ofCustomer.queryOptions({ input: { customerId }, enabled, meta: { shown: true } }))

/** How many a customer has, for the head of a tab. */
export const useOpportunityCount = (customerId: CustomerId): number | undefined =>
  useOfCustomer(customerId, useCan('opportunities.read')).data?.length

/** 商机 of a customer, open ones first, and the way to a new one. */
export function CustomerOpportunities({ customerId, mayAdd }: { customerId: CustomerId; mayAdd: boolean }) {
  const t = useText(text)
  const [creating, setCreating] = useState(false)
  const mayCreate = useCan('opportunities.create') && mayAdd
  const found = useOfCustomer(customerId)
  if (!found.data)
    return found.error ? (
      <LoadFailed error={found.error} feature="opportunities" onRetry={() => void found.refetch()} />
    ) : (
      <SkeletonRows rows={3} height={44} />
    )
  const open = found.data.filter(({ state }) => state === 'open')
  const sum = open.reduce((all, { amount }) => all + (amount ?? 0), 0)
  return (
    <div>
      <div className="row g8 gap-below">
        <span className="grow t3 s12">
          {open.length > 0 && t('total', { n: formatNumber(open.length), sum: formatMoneyShort(sum) })}
        </span>
        {mayCreate && (
          <Button size="small" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
            {t('newOpportunity')}
          </Button>
        )}
      </div>
      {found.data.length === 0 && <Nothing>{t('noneHere')}</Nothing>}
      {found.data.map((row) => (
        <Link key={row.id} to="/opportunities/$id" params={{ id: row.id }} className="opp-line">
          <span className="grow el t1">
            <span className="b">{row.name}</span>
            {row.ownerName && <span className="t3 s12"> {row.ownerName}</span>}
          </span>
          {row.expectedOn && row.state === 'open' && <span className="t3 s12 num">{row.expectedOn}</span>}
          <StageText row={row} />
          <Money fen={row.amount} short />
        </Link>
      ))}
      <Suspense>{creating && <OpportunityDrawer customerId={customerId} onClose={() => setCreating(false)} />}</Suspense>
    </div>
  )
}
