import { DeleteOutlined, SwapOutlined } from '@ant-design/icons'
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
import { text } from './text.ts'

/** What can be done with many quotes at once; each ends in a toast with counts and a way back. */
export function useBulk(selection: RowSelection, which: Which, total: number | undefined, onDone: () => void) {
  const t = useText(text)
  const client = useClient()
  const [isAsking, setAsking] = useState(false)
  const may = { transfer: useCan('quotes.transfer'), remove: useCan('quotes.delete') }
  const n = countSelected(selection, total) ?? 0
  const input = (): Selection => selectionInput(selection, which)
  const say = useBulkResult(onDone)
  const long = (label: string) => ({ label, total: n, look: (key: string) => client.quotes.progress({ key }) })
  const transfer = useMutation({
    mutationFn: (ownerId: string) =>
      longCall({
        ...long(t('bulkWorking')),
        call: (options) => client.quotes.transferMany({ selection: input(), ownerId }, options),
      }),
    onSuccess: (result) => say('transferred', result),
  })
  const remove = useMutation({
    mutationFn: (chosen: Selection) =>
      longCall({ ...long(t('bulkRemoving')), call: (options) => client.quotes.removeMany({ selection: chosen }, options) }),
    onSuccess: (result) => say('removed', result),
  })
  const askRemove = async () => {
    const chosen = input()
    const { changed } = await client.quotes.previewMany({ act: 'remove', selection: chosen })
    const count = { n: formatNumber(changed) }
    const asked = { title: t('removeTitle', count), body: t('removeBody'), yes: t('removeYes', count) }
    if (await confirm({ ...asked, danger: true, undoable: true })) remove.mutate(chosen)
  }
  const actions: BulkAction[] = [
    ...(may.transfer ? [{ key: 'transfer', icon: <SwapOutlined />, label: t('transfer'), onClick: () => setAsking(true) }] : []),
    ...(may.remove
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
    isAsking,
    close: () => setAsking(false),
    transfer: (ownerId: string) => {
      setAsking(false)
      transfer.mutate(ownerId)
    },
  }
}

/** "已删除 12 份报价，2 份正在审批，没有删除 · 撤销" */
export function useBulkResult(onDone: () => void) {
  const t = useText(text)
  const undo = useUndo()
  return (word: 'transferred' | 'removed', { changed, refused, unchanged, because = {}, batchId }: BulkResult) => {
    onDone()
    const waiting = because['pendingApproval'] ?? 0
    const part = (key: 'refusedRows' | 'pendingRows' | 'unchangedRows', n: number) =>
      n > 0 ? t(key, { n: formatNumber(n) }) : ''
    const rest = `${part('refusedRows', refused - waiting)}${part('pendingRows', waiting)}${part('unchangedRows', unchanged)}`
    undo.say(`${t(word, { n: formatNumber(changed) })}${rest}`, { batchId: changed > 0 ? batchId : null })
  }
}
