import { SwapOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { BulkResult, Selection } from '../../../src-shared/kernel/list.ts'
import type { FieldOption } from '../../components/FieldEditor.tsx'
import type { BulkAction } from '../../components/table/BulkBar.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { later } from '../../kernel/later.ts'
import type { Values } from '../../kernel/text.ts'
import type { BulkWork, CallOptions } from './useBulkWork.tsx'
import type { RecordList } from './useRecordList.ts'

const ChoiceDialog = later(() => import('./ChoiceDialog.tsx').then((module) => module.ChoiceDialog))

type TransferWord = 'transfer' | 'transferTitle' | 'transferYes' | 'transferred' | 'bulkWorking'
type TransferOptions = {
  words: (key: TransferWord, values?: Values) => string
  owners: readonly FieldOption[]
  may: boolean
  call: (selection: Selection, ownerId: string, options: CallOptions) => Promise<BulkResult>
}

/** Another owner for many records: the button of the bar, and the question who. */
export function useTransfer<Row extends { readonly id: string }>(
  { n, chosen, entity }: RecordList<Row>,
  { run, say }: BulkWork<'transferred'>,
  { words, owners, may, call }: TransferOptions,
) {
  const [isAsking, setAsking] = useState(false)
  const transfer = useMutation({
    mutationKey: [[entity.feature, 'transferMany']],
    mutationFn: (ownerId: string) => run(words('bulkWorking'), (options) => call(chosen(), ownerId, options)),
    onSuccess: (result) => say('transferred', result),
  })
  const close = () => setAsking(false)
  const count = { n: formatNumber(n) }
  const actions: readonly BulkAction[] = may
    ? [{ key: 'transfer', icon: <SwapOutlined />, label: words('transfer'), onClick: () => setAsking(true) }]
    : []
  return {
    actions,
    dialog: isAsking && (
      <ChoiceDialog
        title={words('transferTitle', count)}
        yes={words('transferYes', count)}
        options={owners}
        onApply={(ownerId) => {
          close()
          transfer.mutate(ownerId)
        }}
        onClose={close}
      />
    ),
  }
}
