import { DeleteOutlined, EditOutlined, ExportOutlined, SwapOutlined, TagOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { BulkEdit } from '../../../src-shared/features/customers/contract.ts'
import type { BulkResult, Selection, Which } from '../../../src-shared/kernel/list.ts'
import { confirm } from '../../components/confirm.tsx'
import type { BulkAction } from '../../components/table/BulkBar.tsx'
import { countSelected, type RowSelection, selectionInput } from '../../components/table/selection.ts'
import { useApi, useCan } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { useExport } from '../exports/public.ts'
import { type CustomerWord, text } from './text.ts'

export type BulkDialog = 'edit' | 'transfer' | 'tags'

/** What can be done with many customers at once; each ends in a toast with counts and a way back. */
export function useBulk(selection: RowSelection, which: Which, total: number | undefined, onDone: () => void) {
  const t = useText(text)
  const api = useApi()
  const say = useBulkResult(onDone)
  const [dialog, setDialog] = useState<BulkDialog | null>(null)
  const mayEdit = useCan('customers.edit')
  const mayTransfer = useCan('customers.transfer')
  const mayDelete = useCan('customers.delete')
  const mayExport = useCan('customers.export')
  const exporting = useExport()
  const n = countSelected(selection, total) ?? 0
  const input = (): Selection => selectionInput(selection, which)
  const edit = useMutation(
    api.customers.editMany.mutationOptions({
      onSuccess: (result, { values }) => say(values.ownerId === undefined ? 'edited' : 'transferred', result),
    }),
  )
  const remove = useMutation(api.customers.removeMany.mutationOptions({ onSuccess: (result) => say('removed', result) }))
  const askRemove = async () => {
    const sure = await confirm({
      title: t('removeTitle', { n: formatNumber(n) }),
      body: t('removeBody'),
      yes: t('removeYes', { n: formatNumber(n) }),
      danger: true,
      undoable: true,
    })
    if (sure) remove.mutate({ selection: input() })
  }
  const actions: BulkAction[] = [
    ...(mayTransfer
      ? [{ key: 'transfer', icon: <SwapOutlined />, label: t('transfer'), onClick: () => setDialog('transfer') }]
      : []),
    ...(mayEdit ? [{ key: 'edit', icon: <EditOutlined />, label: t('edit'), onClick: () => setDialog('edit') }] : []),
    ...(mayEdit ? [{ key: 'tags', icon: <TagOutlined />, label: t('tag'), onClick: () => setDialog('tags') }] : []),
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
    close: () => setDialog(null),
    apply: (values: BulkEdit) => {
      setDialog(null)
      edit.mutate({ selection: input(), values })
    },
  }
}

/** "已更新 126 个客户，2 个没有权限 · 撤销" */
export function useBulkResult(onDone: () => void) {
  const t = useText(text)
  const undo = useUndo()
  return (word: Extract<CustomerWord, 'edited' | 'transferred' | 'removed' | 'restored' | 'purged'>, result: BulkResult) => {
    onDone()
    const refused = result.refused > 0 ? t('refusedRows', { n: formatNumber(result.refused) }) : ''
    const unchanged = result.unchanged > 0 ? t('unchangedRows', { n: formatNumber(result.unchanged) }) : ''
    undo.say(`${t(word, { n: formatNumber(result.changed) })}${refused}${unchanged}`, {
      batchId: result.changed > 0 && word !== 'purged' ? result.batchId : null,
    })
  }
}
