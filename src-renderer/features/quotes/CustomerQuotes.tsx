import './quotes.css'
import { FileTextOutlined, PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { Suspense, useState } from 'react'
import type { Quote } from '../../../src-shared/features/quotes/model.ts'
import { LoadFailed, Nothing, SkeletonRows } from '../../components/states.tsx'
import { Money } from '../../components/values.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { useText } from '../../kernel/text.ts'
import { useCreate } from '../../kernel/useCreate.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { StatusText } from './columns.tsx'
import { text } from './text.ts'

const QuoteDrawer = later(() => import('./QuoteDrawer.tsx').then((module) => module.QuoteDrawer))
type CustomerId = NonNullable<Quote['customerId']>
type OpportunityId = NonNullable<Quote['opportunityId']>

const useOfCustomer = (customerId: CustomerId, enabled = true) =>
  useQuery(useApi().quotes.ofCustomer.queryOptions({ input: { customerId }, enabled, meta: { shown: true } }))

/** How many a customer has, for the head of a tab. */
export const useQuoteCount = (customerId: CustomerId): number | undefined =>
  useOfCustomer(customerId, useCan('quotes.read')).data?.length

/** 报价 of a customer, the newest first, and the way to a new one. */
export function CustomerQuotes({ customerId, mayAdd }: { customerId: CustomerId; mayAdd: boolean }) {
  const t = useText(text)
  const navigate = useNavigate()
  const [creating, setCreating] = useState(false)
  const mayCreate = useCan('quotes.create') && mayAdd
  const found = useOfCustomer(customerId)
  if (!found.data)
    return found.error ? (
      <LoadFailed error={found.error} feature="quotes" onRetry={() => void found.refetch()} />
    ) : (
      <SkeletonRows rows={3} height={44} />
    )
  return (
    <div>
      <div className="row g8 gap-below">
        <span className="grow" />
        {mayCreate && (
          <Button size="small" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
            {t('newQuote')}
          </Button>
        )}
      </div>
      {found.data.length === 0 && <Nothing>{t('noneHere')}</Nothing>}
      <QuoteLines rows={found.data} />
      <Suspense>
        {creating && (
          <QuoteDrawer
            customerId={customerId}
            onClose={() => setCreating(false)}
            onCreated={({ id }) => void navigate({ to: `/quotes/${id}` })}
          />
        )}
      </Suspense>
    </div>
  )
}

/** Quotes one below the other, each with its number, its state and its total. */
function QuoteLines({ rows }: { rows: readonly Quote[] }) {
  return rows.map((row) => (
    <Link key={row.id} to="/quotes/$id" params={{ id: row.id }} className="quote-line">
      <span className="grow el t1">
        <span className="b">{row.name}</span>
        <span className="t3 s12 num"> {row.number}</span>
      </span>
      {row.validUntil && <span className="t3 s12 num">{row.validUntil}</span>}
      <StatusText row={row} />
      <Money fen={row.totalFen} />
    </Link>
  ))
}

/** 做报价: a draft for the customer of an opportunity, opened at once. */
export function MakeQuote({ opportunityId }: { opportunityId: OpportunityId }) {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const navigate = useNavigate()
  const mayCreate = useCan('quotes.create')
  const { create, isPending } = useCreate((context) =>
    api.quotes.create.mutationOptions({
      context,
      onSuccess: (row) => {
        undo.say(t('created', { name: row.name }), { recordId: row.id })
        void navigate({ to: `/quotes/${row.id}` })
      },
    }),
  )
  if (!mayCreate) return null
  return (
    <Button icon={<FileTextOutlined />} loading={isPending} onClick={() => void create({ opportunityId })}>
      {t('makeQuote')}
    </Button>
  )
}
