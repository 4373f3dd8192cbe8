import { DeleteOutlined, ExportOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import type { BulkResult, Selection } from '../../../src-shared/kernel/list.ts'
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
import type { InvoiceList } from './useInvoiceList.ts'

/** What can be done with many invoices at once. */
export function useInvoiceBulk(list: InvoiceList, selection: RowSelection, onDone: () => void): readonly BulkAction[] {
  const t = useText(text)
  const client = useClient()
  const undo = useUndo()
  const exporting = useExport()
  const mayExport = useCan('customers.export')
  const mayWrite = useCan('invoices.create')
  const input = (): Selection => selectionInput(selection, list.which)
  const say = ({ changed, refused, unchanged, because = {}, batchId }: BulkResult) => {
    onDone()
    const kept = because['issuedStays'] ?? 0
    const part = (key: 'refusedRows' | 'keptRows' | 'unchangedRows', n: number) => (n > 0 ? t(key, { n: formatNumber(n) }) : '')
    const rest = `${part('refusedRows', refused - kept)}${part('keptRows', kept)}${part('unchangedRows', unchanged)}`
    undo.say(`${t('removed', { n: formatNumber(changed) })}${rest}`, { batchId: changed > 0 ? batchId : null })
  }
  const remove = useMutation({
    mutationFn: (chosen: Selection) =>
      longCall({
        label: t('bulkRemoving'),
        total: countSelected(selection, list.total) ?? 0,
        look: (key) => client.invoices.progress({ key }),
        call: (options) => client.invoices.removeMany({ selection: chosen }, options),
      }),
    onSuccess: say,
  })
  const askRemove = async () => {
    const chosen = input()
    const { changed } = await client.invoices.previewMany({ act: 'remove', selection: chosen })
    const n = { n: formatNumber(changed) }
    const asked = { title: t('removeTitle', n), body: t('removeBody'), yes: t('removeYes', n) }
    if (await confirm({ ...asked, danger: true, undoable: true })) remove.mutate(chosen)
  }
  return [
    ...(mayExport
      ? [
          {
            key: 'export',
            icon: <ExportOutlined />,
            label: t('export'),
            onClick: () => exporting.start({ entity: 'invoice', selection: input(), format: 'xlsx' }),
            disabled: exporting.isRunning,
          },
        ]
      : []),
    ...(mayWrite
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
}
