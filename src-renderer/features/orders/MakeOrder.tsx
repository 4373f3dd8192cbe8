import { FileDoneOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import type { Opportunity } from '../../../src-shared/features/opportunities/model.ts'
import type { Order } from '../../../src-shared/features/orders/model.ts'
import type { Quote } from '../../../src-shared/features/quotes/model.ts'
import { useApi, useCan } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { useText } from '../../kernel/text.ts'
import { toast } from '../../kernel/toast.tsx'
import { useUndo } from '../../kernel/undoCommand.ts'
import { useCreate } from '../../kernel/useCreate.ts'
import { text } from './text.ts'

/** What every order made in one click does: it is said, can be taken back, and opens. */
function useMade() {
  const t = useText(text)
  const undo = useUndo()
  const navigate = useNavigate()
  return {
    meta: { shown: true },
    onSuccess: (made: Order) => {
      undo.say(t('created', { name: made.name }), { recordId: made.id })
      void navigate({ to: `/orders/${made.id}` })
    },
    onError: (error: unknown) => toast(failureText(error, 'orders'), { tone: 'bad' }),
  }
}

/** A won opportunity becomes an order in one click. */
export function MakeOrder({ row }: { row: Opportunity }) {
  const t = useText(text)
  const api = useApi()
  const made = useMade()
  const mayCreate = useCan('orders.create') && row.state === 'won' && row.deletedAt === null && row.customerName !== null
  const { create, isPending } = useCreate((context) => api.orders.fromOpportunity.mutationOptions({ context, ...made }))
  if (!mayCreate) return null
  return (
    <Button icon={<FileDoneOutlined />} loading={isPending} onClick={() => void create({ opportunityId: row.id })}>
      {t('makeOrder')}
    </Button>
  )
}

/** An accepted quote becomes an order in one click; where it is one, that opens. */
export function OrderOfQuote({ row }: { row: Quote }) {
  const t = useText(text)
  const api = useApi()
  const made = useMade()
  const maySee = useCan('orders.read')
  const mayCreate = useCan('orders.create') && row.customerName !== null
  const isAccepted = row.status === 'accepted' && row.deletedAt === null
  const found = useQuery(
    api.orders.ofQuote.queryOptions({ input: { quoteId: row.id }, enabled: isAccepted && maySee, meta: { shown: true } }),
  )
  const { create, isPending } = useCreate((context) => api.orders.fromQuote.mutationOptions({ context, ...made }))
  if (!isAccepted || (maySee && found.isPending)) return null
  const [order] = found.data ?? []
  if (order)
    return (
      <Link to="/orders/$id" params={{ id: order.id }}>
        <Button icon={<FileDoneOutlined />}>{t('openOrder')}</Button>
      </Link>
    )
  if (!mayCreate) return null
  return (
    <Button type="primary" icon={<FileDoneOutlined />} loading={isPending} onClick={() => void create({ quoteId: row.id })}>
      {t('makeOrder')}
    </Button>
  )
}
