import { DeleteOutlined, ExportOutlined, SwapOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { BulkResult, Selection, Which } from '../../../src-shared/kernel/list.ts'
import { confirm } from '../../components/confirm.ts'
import type { BulkAction } from '../../components/table/BulkBar.tsx'
import { countSelected, type RowSelection, selectionInput } from '../../components/table/selection.ts'
import { useCan, useClient } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { longCall } from '../../kernel/longCall.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { useExport } from '../exports/public.ts'
import { text } from './text.ts'

/** What can be done with many orders at once; each ends in a toast with counts and a way back. */
export function useBulk(selection: RowSelection, which: Which, total: number | undefined, onDone: () => void) {
  const t = useText(text)
  const exporting = useExport()
  const [isGiving, setGiving] = useState(false)
  const mayTransfer = useCan('orders.transfer')
  const mayRemove = useCan('orders.delete')
  const mayExport = [useCan('orders.export'), useCan('customers.export')].every(Boolean)
  const n = countSelected(selection, total) ?? 0
  const input = (): Selection => selectionInput(selection, which)
  const { transfer, remove, askRemove } = useCalls(n, input, onDone)
  const actions: BulkAction[] = [
    ...(mayTransfer ? [{ key: 'transfer', icon: <SwapOutlined />, label: t('transfer'), onClick: () => setGiving(true) }] : []),
    ...(mayExport
      ? [
          {
            key: 'export',
            icon: <ExportOutlined />,
            label: t('export'),
            onClick: () => exporting.start({ entity: 'order', selection: input(), format: 'xlsx' }),
            disabled: exporting.isRunning,
          },
        ]
      : []),
    ...(mayRemove
      ? [
          {
            key: 'remove',
            icon: <DeleteOutlined />,
            label: t('remove'),
            onClick: () => void askRemove(),
            danger: true,
            disabled: remove.isPending,
          },
        ]
      : []),
  ]
  return {
    n,
    actions,
    isGiving,
    close: () => setGiving(false),
    transfer: (ownerId: string) => {
      setGiving(false)
      transfer.mutate(ownerId)
    },
  }
}

/** The calls behind them, with how far they are while they last. */
function useCalls(n: number, input: () => Selection, onDone: () => void) {
  const t = useText(text)
  const client = useClient()
  const say = useResult(onDone)
  const look = (key: string) => client.orders.progress({ key })
  const transfer = useMutation({
    mutationFn: (ownerId: string) =>
      longCall({
        label: t('bulkWorking'),
        total: n,
        look,
        call: (options) => client.orders.editMany({ selection: input(), values: { ownerId } }, options),
      }),
    onSuccess: (result) => say('transferred', result),
  })
  const remove = useMutation({
    mutationFn: (chosen: Selection) =>
      longCall({
        label: t('bulkRemoving'),
        total: n,
        look,
        call: (options) => client.orders.removeMany({ selection: chosen }, options),
      }),
    onSuccess: (result) => say('removed', result),
  })
  const askRemove = async () => {
    const chosen = input()
    const { changed } = await client.orders.previewMany({ act: 'remove', selection: chosen })
    const count = { n: formatNumber(changed) }
    const asked = { title: t('removeTitle', count), body: t('removeBody'), yes: t('removeYes', count) }
    if (await confirm({ ...asked, danger: true, undoable: true })) remove.mutate(chosen)
  }
  return { transfer, remove, askRemove }
}

/** "已删除 12 个订单，2 个还有回款没退 · 撤销" */
function useResult(onDone: () => void) {
  const t = useText(text)
  const undo = useUndo()
  return (word: 'transferred' | 'removed', { changed, refused, unchanged, because = {}, batchId }: BulkResult) => {
    onDone()
    const [paid, invoiced, out] = [because['moneyAllocated'] ?? 0, because['invoiceLiving'] ?? 0, because['goodsOut'] ?? 0]
    const part = (key: 'refusedRows' | 'paidRows' | 'invoicedRows' | 'outRows' | 'unchangedRows', n: number) =>
      n > 0 ? t(key, { n: formatNumber(n) }) : ''
    const stay = `${part('paidRows', paid)}${part('invoicedRows', invoiced)}${part('outRows', out)}`
    const rest = `${part('refusedRows', refused - paid - invoiced - out)}${stay}${part('unchangedRows', unchanged)}`
    undo.say(`${t(word, { n: formatNumber(changed) })}${rest}`, { batchId: changed > 0 ? batchId : null })
  }
}
