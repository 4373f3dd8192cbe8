import { MergeCellsOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { MERGE_AT_MOST } from '../../../src-shared/features/merges/limits.ts'
import type { Selection } from '../../../src-shared/kernel/list.ts'
import type { BulkAction } from '../../components/table/BulkBar.tsx'
import { useCan } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { mergeAddress } from './address.ts'
import { text } from './text.ts'

/** 合并, where two to five customers are chosen. */
export function useMergeAction(selection: Selection): BulkAction[] {
  const t = useText(text)
  const navigate = useNavigate()
  const mayEdit = useCan('customers.edit')
  const ids = 'ids' in selection ? selection.ids : []
  if (!mayEdit || ids.length < 2 || ids.length > MERGE_AT_MOST) return []
  return [{ key: 'merge', icon: <MergeCellsOutlined />, label: t('merge'), onClick: () => void navigate(mergeAddress(ids)) }]
}
