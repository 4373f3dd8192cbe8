import { PauseCircleOutlined, PlayCircleOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import type { Product } from '../../../src-shared/features/products/model.ts'
import type { BulkAction } from '../../components/table/BulkBar.tsx'
import { useApi, useCan, useClient } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { type RecordList, useBulkWork } from '../lists/public.ts'
import { text } from './text.ts'

/** What can be done with many products at once. */
export function useProductBulk(records: RecordList<Product>): readonly BulkAction[] {
  const t = useText(text)
  const { products } = useClient()
  const mayWrite = useCan('products.write')
  const { exporting, removing, say } = useBulkWork(records, { words: t, calls: products, mayRemove: mayWrite })
  const edit = useMutation(useApi().products.editMany.mutationOptions({ onSuccess: (result) => say('changed', result) }))
  const put = (status: 'onSale' | 'offSale') => edit.mutate({ selection: records.chosen(), values: { status } })
  const disabled = edit.isPending
  const selling: readonly BulkAction[] = mayWrite
    ? [
        { key: 'on', icon: <PlayCircleOutlined />, label: t('putOnSale'), disabled, onClick: () => put('onSale') },
        { key: 'off', icon: <PauseCircleOutlined />, label: t('takeOff'), disabled, onClick: () => put('offSale') },
      ]
    : []
  return [...selling, ...exporting, ...removing]
}
