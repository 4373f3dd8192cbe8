import { DeleteOutlined, EditOutlined, ExportOutlined, SwapOutlined, TagOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { BulkEdit } from '../../../src-shared/features/customers/contract.ts'
import type { BulkResult, Selection, Which } from '../../../src-shared/kernel/list.ts'
import { confirm } from '../../components/confirm.ts'
import type { BulkAction } from '../../components/table/BulkBar.tsx'
import { countSelected, type RowSelection, selectionInput } from '../../components/table/selection.ts'
import { useCan, useClient } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { longCall } from '../../kernel/longCall.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { useMergeAction } from '../merges/public.ts'
import { useRelease } from '../pools/public.ts'
import { useExport } from '../exports/public.ts'
import { previewText } from './BulkPreview.tsx'
import { type CustomerWord, text } from './text.ts'

export type BulkDialog = 'edit' | 'transfer' | 'tags'

/** What can be done with many customers at once; each ends in a toast with counts and a way back. */
export function useBulk(selection: RowSelection, which: Which, total: number | undefined, onDone: () => void) {
  const t = useText(text)
  const [dialog, setDialog] = useState<BulkDialog | null>(null)
  const mayEdit = useCan('customers.edit')
  const mayTransfer = useCan('customers.transfer')
  const mayDelete = useCan('customers.delete')
  const mayExport = useCan('customers.export')
  const n = countSelected(selection, total) ?? 0
  const input = (): Selection => selectionInput(selection, which)
  const releasing = useRelease(n, input, onDone)
  const merging = useMergeAction(selectionInput(selection, which))
  const { edit, remove, askRemove } = useBulkCalls(n, input, onDone)
  const exporting = useExport()
  const actions: BulkAction[] = [
    ...(mayTransfer
      ? [{ key: 'transfer', icon: <SwapOutlined />, label: t('transfer'), onClick: () => setDialog('transfer') }]
      : []),
    ...(mayEdit ? [{ key: 'edit', icon: <EditOutlined />, label: t('edit'), onClick: () => setDialog('edit') }] : []),
    ...(mayEdit ? [{ key: 'tags', icon: <TagOutlined />, label: t('tag'), onClick: () => setDialog('tags') }] : []),
    ...merging,
    ...releasing.actions,
    ...(mayExport
      ? [
          {
            key: 'export',
            icon: <ExportOutlined />,
            label: t('export'),
            disabled: exporting.isRunning,
            onClick: () => exporting.start({ entity: 'customer', selection: input(), format: 'xlsx' }),
          },
        ]
      : []),
    ...(mayDelete
      ? [
          {
            key: 'remove',
            icon: <DeleteOutlined />,
            label: t('remove'),
            danger: true,
            disabled: remove.isPending,
            onClick: () => void askRemove(),
          },
        ]
      : []),
  ]
  return {
    n,
    actions,
    dialog,
    selection: input,
    ownDialogs: releasing.dialog,
    close: () => setDialog(null),
    apply: (values: BulkEdit) => {
      setDialog(null)
      edit.mutate({ selection: input(), values })
    },
  }
}

/** Editing and deleting, with how far they are while they last. */
function useBulkCalls(n: number, input: () => Selection, onDone: () => void) {
  const t = useText(text)
  const say = useBulkResult(onDone)
  const client = useClient()
  const look = (key: string) => client.customers.progress({ key })
  const edit = useMutation({
    mutationFn: (given: { selection: Selection; values: BulkEdit }) =>
      longCall({ label: t('bulkWorking'), total: n, look, call: (options) => client.customers.editMany(given, options) }),
    onSuccess: (result, { values }) => say(values.ownerId === undefined ? 'edited' : 'transferred', result),
  })
  const remove = useMutation({
    mutationFn: (selection: Selection) =>
      longCall({
        label: t('bulkRemoving'),
        total: n,
        look,
        call: (options) => client.customers.removeMany({ selection }, options),
      }),
    onSuccess: (result) => say('removed', result),
  })
  const askRemove = async () => {
    const selection = input()
    const preview = await client.customers.previewMany({ act: 'remove', selection })
    const sure = await confirm({
      title: t('removeTitle', { n: formatNumber(preview.changed) }),
      body: preview.refused > 0 ? `${t('removeBody')} ${previewText(t, preview)}` : t('removeBody'),
      yes: t('removeYes', { n: formatNumber(preview.changed) }),
      danger: true,
      undoable: true,
    })
    if (sure) remove.mutate(selection)
  }
  return { edit, remove, askRemove }
}

/** "已更新 126 个客户，2 个没有权限 · 撤销" */
export function useBulkResult(onDone: () => void) {
  const t = useText(text)
  const undo = useUndo()
  return (word: Extract<CustomerWord, 'edited' | 'transferred' | 'removed' | 'restored'>, result: BulkResult) => {
    onDone()
    const tooMany = result.because?.['holdingFull'] ?? 0
    const incomplete = result.because?.['requiredMissing'] ?? 0
    const withoutRight = result.refused - tooMany - incomplete
    const refused = withoutRight > 0 ? t('refusedRows', { n: formatNumber(withoutRight) }) : ''
    const full = tooMany > 0 ? t('fullRows', { n: formatNumber(tooMany) }) : ''
    const lacking = incomplete > 0 ? t('incompleteRows', { n: formatNumber(incomplete) }) : ''
    const unchanged = result.unchanged > 0 ? t('unchangedRows', { n: formatNumber(result.unchanged) }) : ''
    undo.say(`${t(word, { n: formatNumber(result.changed) })}${refused}${full}${lacking}${unchanged}`, {
      batchId: result.changed > 0 ? result.batchId : null,
    })
  }
}
