import { DeleteOutlined, ExportOutlined, RightSquareOutlined, SwapOutlined } from '@ant-design/icons'
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

export type BulkDialog = 'transfer' | 'move'
export type Into = { stageId: string; reasonId: string | null }

/** What can be done with many opportunities at once; each ends in a toast with counts and a way back. */
export function useBulk(selection: RowSelection, which: Which, total: number | undefined, onDone: () => void) {
  const t = useText(text)
  const exporting = useExport()
  const [dialog, setDialog] = useState<BulkDialog | null>(null)
  const may = {
    edit: useCan('opportunities.edit'),
    transfer: useCan('opportunities.transfer'),
    remove: useCan('opportunities.delete'),
  }
  const mayExport = [useCan('opportunities.export'), useCan('customers.export')].every(Boolean)
  const n = countSelected(selection, total) ?? 0
  const input = (): Selection => selectionInput(selection, which)
  const { transfer, move, remove, askRemove } = useCalls(n, input, onDone)
  const action = (key: string, icon: BulkAction['icon'], label: string, onClick: () => void, more: Partial<BulkAction> = {}) => ({
    key,
    icon,
    label,
    onClick,
    ...more,
  })
  const start = () => exporting.start({ entity: 'opportunity', selection: input(), format: 'xlsx' })
  const actions: BulkAction[] = [
    ...(may.edit ? [action('move', <RightSquareOutlined />, t('move'), () => setDialog('move'))] : []),
    ...(may.transfer ? [action('transfer', <SwapOutlined />, t('transfer'), () => setDialog('transfer'))] : []),
    ...(mayExport ? [action('export', <ExportOutlined />, t('export'), start, { disabled: exporting.isRunning })] : []),
    ...(may.remove
      ? [action('remove', <DeleteOutlined />, t('remove'), () => void askRemove(), { danger: true, disabled: remove.isPending })]
      : []),
  ]
  const done = (work: () => void) => {
    setDialog(null)
    work()
  }
  return {
    n,
    actions,
    dialog,
    close: () => setDialog(null),
    transfer: (ownerId: string) => done(() => transfer.mutate(ownerId)),
    move: (into: Into) => done(() => move.mutate(into)),
  }
}

/** The calls behind them, with how far they are while they last. */
function useCalls(n: number, input: () => Selection, onDone: () => void) {
  const t = useText(text)
  const client = useClient()
  const say = useResult(onDone)
  const look = (key: string) => client.opportunities.progress({ key })
  const long = (label: string) => ({ label, total: n, look })
  const transfer = useMutation({
    mutationFn: (ownerId: string) =>
      longCall({
        ...long(t('bulkWorking')),
        call: (options) => client.opportunities.editMany({ selection: input(), values: { ownerId } }, options),
      }),
    onSuccess: (result) => say('transferred', result),
  })
  const move = useMutation({
    mutationFn: ({ stageId, reasonId }: Into) =>
      longCall({
        ...long(t('bulkWorking')),
        call: (options) =>
          client.opportunities.moveMany(
            {
              selection: input(),
              stageId: stageId as never,
              ...(reasonId !== null && { lost: { reasonId: reasonId as never } }),
            },
            options,
          ),
      }),
    onSuccess: (result) => say('movedMany', result),
  })
  const remove = useMutation({
    mutationFn: (chosen: Selection) =>
      longCall({
        ...long(t('bulkRemoving')),
        call: (options) => client.opportunities.removeMany({ selection: chosen }, options),
      }),
    onSuccess: (result) => say('removed', result),
  })
  const askRemove = async () => {
    const chosen = input()
    const { changed } = await client.opportunities.previewMany({ act: 'remove', selection: chosen })
    const count = { n: formatNumber(changed) }
    const asked = { title: t('removeTitle', count), body: t('removeBody'), yes: t('removeYes', count) }
    if (await confirm({ ...asked, danger: true, undoable: true })) remove.mutate(chosen)
  }
  return { transfer, move, remove, askRemove }
}

/** "已移动 12 个商机，2 个没有权限 · 撤销" */
function useResult(onDone: () => void) {
  const t = useText(text)
  const undo = useUndo()
  return (word: 'transferred' | 'movedMany' | 'removed', { changed, refused, unchanged, because = {}, batchId }: BulkResult) => {
    onDone()
    const [lack, incomplete] = [because['fieldsMissing'] ?? 0, because['requiredMissing'] ?? 0]
    const part = (key: 'refusedRows' | 'lackRows' | 'incompleteRows' | 'unchangedRows', n: number) =>
      n > 0 ? t(key, { n: formatNumber(n) }) : ''
    const rest = `${part('refusedRows', refused - lack - incomplete)}${part('lackRows', lack)}${part('incompleteRows', incomplete)}${part('unchangedRows', unchanged)}`
    undo.say(`${t(word, { n: formatNumber(changed) })}${rest}`, { batchId: changed > 0 ? batchId : null })
  }
}
