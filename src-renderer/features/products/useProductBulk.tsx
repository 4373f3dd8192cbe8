import { DeleteOutlined, ExportOutlined, PauseCircleOutlined, PlayCircleOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import type { BulkResult } from '../../../src-shared/kernel/list.ts'
import { confirm } from '../../components/confirm.ts'
import type { BulkAction } from '../../components/table/BulkBar.tsx'
import { type RowSelection, selectionInput } from '../../components/table/selection.ts'
import { useApi, useCan, useClient } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { useExport } from '../exports/public.ts'
import { text } from './text.ts'
import type { ProductList } from './useProductList.ts'

/** What can be done with many products at once; null where there is nothing to do. */
export function useProductBulk(list: ProductList, selection: RowSelection, onDone: () => void): readonly BulkAction[] | null {
  const t = useText(text)
  const api = useApi()
  const client = useClient()
  const undo = useUndo()
  const exporting = useExport()
  const mayExport = useCan('customers.export')
  const mayWrite = useCan('products.write')
  const input = () => selectionInput(selection, list.which)
  const say = (word: 'changed' | 'removed', result: BulkResult) => {
    onDone()
    const n = (count: number) => ({ n: formatNumber(count) })
    const rest = `${result.refused > 0 ? t('refused', n(result.refused)) : ''}${result.unchanged > 0 ? t('unchanged', n(result.unchanged)) : ''}`
    undo.say(`${t(word, n(result.changed))}${rest}`, { batchId: result.changed > 0 ? result.batchId : null })
  }
  const edit = useMutation(api.products.editMany.mutationOptions({ onSuccess: (result) => say('changed', result) }))
  const remove = useMutation(api.products.removeMany.mutationOptions({ onSuccess: (result) => say('removed', result) }))
  const askRemove = async () => {
    const chosen = input()
    const { changed } = await client.products.previewMany({ act: 'remove', selection: chosen })
    const n = { n: formatNumber(changed) }
    const sure = await confirm({
      title: t('removeTitle', n),
      body: t('removeBody'),
      yes: t('removeYes', n),
      danger: true,
      undoable: true,
    })
    if (sure) remove.mutate({ selection: chosen })
  }
  const disabled = edit.isPending || remove.isPending
  const actions: BulkAction[] = [
    ...(mayWrite
      ? [
          {
            key: 'on',
            icon: <PlayCircleOutlined />,
            label: t('putOnSale'),
            disabled,
            onClick: () => edit.mutate({ selection: input(), values: { status: 'onSale' } }),
          },
          {
            key: 'off',
            icon: <PauseCircleOutlined />,
            label: t('takeOff'),
            disabled,
            onClick: () => edit.mutate({ selection: input(), values: { status: 'offSale' } }),
          },
        ]
      : []),
    ...(mayExport
      ? [
          {
            key: 'export',
            icon: <ExportOutlined />,
            label: t('export'),
            disabled: exporting.isRunning,
            onClick: () => exporting.start({ entity: 'product', selection: input(), format: 'xlsx' }),
          },
        ]
      : []),
    ...(mayWrite
      ? [{ key: 'remove', icon: <DeleteOutlined />, label: t('remove'), danger: true, disabled, onClick: () => void askRemove() }]
      : []),
  ]
  return actions.length === 0 ? null : actions
}
