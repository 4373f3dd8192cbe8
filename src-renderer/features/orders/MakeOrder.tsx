import { FileTextOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import type { Opportunity } from '../../../src-shared/features/opportunities/model.ts'
import { useApi, useCan } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { useText } from '../../kernel/text.ts'
import { toast } from '../../kernel/toast.tsx'
import { useUndo } from '../../kernel/undoCommand.ts'
import { useCreate } from '../../kernel/useCreate.ts'
import { text } from './text.ts'

/** A won opportunity becomes an order in one click. */
export function MakeOrder({ row }: { row: Opportunity }) {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const navigate = useNavigate()
  const mayCreate = useCan('orders.create') && row.state === 'won' && row.deletedAt === null && row.customerName !== null
  const { create, isPending } = useCreate((context) =>
    api.orders.fromOpportunity.mutationOptions({
      context,
      meta: { shown: true },
      onSuccess: (made) => {
        undo.say(t('created', { name: made.name }), { recordId: made.id })
        void navigate({ to: `/orders/${made.id}` })
      },
      onError: (error: unknown) => toast(failureText(error, 'orders'), { tone: 'bad' }),
    }),
  )
  if (!mayCreate) return null
  return (
    <Button icon={<FileTextOutlined />} loading={isPending} onClick={() => void create({ opportunityId: row.id })}>
      {t('makeOrder')}
    </Button>
  )
}
