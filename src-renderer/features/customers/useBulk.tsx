import { EditOutlined, SwapOutlined, TagOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { BulkEdit } from '../../../src-shared/features/customers/contract.ts'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import type { Selection } from '../../../src-shared/kernel/list.ts'
import { useCan, useClient } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { type RecordList, useBulkWork } from '../lists/public.ts'
import { useMergeAction } from '../merges/public.ts'
import { useRelease } from '../pools/public.ts'
import { previewText } from './BulkPreview.tsx'
import { text } from './text.ts'
import { STAYS } from './words.tsx'

export type BulkDialog = 'edit' | 'transfer' | 'tags'

/** What can be done with many customers at once; each ends in a toast with counts and a way back. */
export function useBulk(records: RecordList<Customer>) {
  const t = useText(text)
  const { customers } = useClient()
  const [dialog, setDialog] = useState<BulkDialog | null>(null)
  const mayEdit = useCan('customers.edit')
  const mayTransfer = useCan('customers.transfer')
  const { n, chosen, clear } = records
  const releasing = useRelease(n, chosen, clear)
  const merging = useMergeAction(chosen())
  const { exporting, removing, run, say } = useBulkWork(records, {
    words: t,
    calls: customers,
    mayRemove: useCan('customers.delete'),
    stays: STAYS,
    body: (preview) => (preview.refused > 0 ? `${t('removeBody')} ${previewText(t, preview, 'remove')}` : t('removeBody')),
  })
  const edit = useMutation({
    mutationKey: [['customers', 'editMany']],
    mutationFn: (given: { selection: Selection; values: BulkEdit }) =>
      run(t('bulkWorking'), (options) => customers.editMany(given, options)),
    onSuccess: (result, { values }) => say(values.ownerId === undefined ? 'edited' : 'transferred', result),
  })
  const asking = (key: BulkDialog, icon: React.ReactNode, label: string) => ({ key, icon, label, onClick: () => setDialog(key) })
  return {
    actions: [
      ...(mayTransfer ? [asking('transfer', <SwapOutlined />, t('transfer'))] : []),
      ...(mayEdit ? [asking('edit', <EditOutlined />, t('edit')), asking('tags', <TagOutlined />, t('tag'))] : []),
      ...merging,
      ...releasing.actions,
      ...exporting,
      ...removing,
    ],
    dialog,
    ownDialogs: releasing.dialog,
    close: () => setDialog(null),
    apply: (values: BulkEdit) => {
      setDialog(null)
      edit.mutate({ selection: chosen(), values })
    },
  }
}
