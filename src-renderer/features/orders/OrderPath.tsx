import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Order, OrderStatus } from '../../../src-shared/features/orders/model.ts'
import { ORDER_STATUSES } from '../../../src-shared/features/orders/entity.ts'
import { confirm } from '../../components/confirm.ts'
import { StatusPath } from '../../components/StatusPath.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { failureOf, failureText } from '../../kernel/errors.ts'
import { optionWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { toast } from '../../kernel/toast.tsx'
import { useUndo } from '../../kernel/undoCommand.ts'
import { BeyondStock } from './BeyondStock.tsx'
import { HandInDialog, useNeed } from './HandIn.tsx'
import { shortageText } from './shortage.ts'
import { text } from './text.ts'

/** How far an order has come; a click confirms, delivers or, asked first, cancels it. */
export function OrderPath({ row }: { row: Order }) {
  const t = useText(text)
  const api = useApi()
  const cache = useQueryClient()
  const undo = useUndo()
  const isOpen = row.deletedAt === null && row.status !== 'cancelled' && row.approval !== 'pending'
  const mayEdit = useCan('orders.edit') && row.may?.edit === true && isOpen
  const saved = {
    meta: { shown: true },
    onSuccess: (now: Order) => {
      cache.setQueryData(api.orders.get.queryKey({ input: { id: now.id } }), (old) => old && { ...old, ...now })
      const said = t('statusSaved', { name: now.name, status: optionWord('orders', 'status', now.status) })
      undo.say(`${said}${shortageText(t, now)}`, { recordId: now.id })
    },
    onError: (error: unknown) => toast(failureText(error, 'orders'), { tone: 'bad' }),
  }
  const confirming = useMutation(api.orders.confirm.mutationOptions(saved))
  const mayGoBeyond = useCan('stock.negative')
  const need = useNeed(row)
  const [handing, setHanding] = useState(false)
  const [lacking, setLacking] = useState<string | null>(null)
  const delivering = useMutation(
    api.orders.deliver.mutationOptions({
      ...saved,
      onError: (error: unknown) => {
        const told = failureOf(error)?.data as { reason?: string } | undefined
        if (told?.reason === 'notEnough' && mayGoBeyond) setLacking(failureText(error, 'orders'))
        else saved.onError(error)
      },
    }),
  )
  const cancelling = useMutation(api.orders.cancel.mutationOptions(saved))
  const isBusy = [confirming, delivering, cancelling].some(({ isPending }) => isPending)
  const seen = { id: row.id, version: row.version }
  const go = async (to: OrderStatus) => {
    if (isBusy) return
    if (to === 'confirmed' && need) setHanding(true)
    else if (to === 'confirmed') confirming.mutate(seen)
    else if (to === 'delivered') delivering.mutate(seen)
    else if (to === 'cancelled') {
      const title = t('cancelTitle', { name: row.name })
      if (await confirm({ title, body: t('cancelBody'), yes: t('cancelYes'), danger: true, undoable: true }))
        cancelling.mutate(seen)
    }
  }
  return (
    <>
      <StatusPath
        label={t('statusPath')}
        steps={ORDER_STATUSES.map((value) => ({
          value,
          label: optionWord('orders', 'status', value),
          away: value === 'cancelled',
        }))}
        now={row.status}
        {...(mayEdit && { onChange: (value: string) => void go(value as OrderStatus) })}
      />
      {handing && <HandInDialog row={row} onClose={() => setHanding(false)} />}
      {lacking !== null && (
        <BeyondStock
          said={lacking}
          onYes={(stockReason) => {
            setLacking(null)
            delivering.mutate({ ...seen, beyond: true, stockReason })
          }}
          onClose={() => setLacking(null)}
        />
      )}
    </>
  )
}
