import { CloseOutlined } from '@ant-design/icons'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'
import type { ViewedList } from './useViewedList.ts'

/** What a link from elsewhere called the rows that it led to; a press shows the view as it is. */
export function NamedChip({ list }: { list: ViewedList }) {
  const t = useText(text)
  if (!list.state.named) return null
  return (
    <button type="button" className="fbtn on import-chip" title={t('showAll')} onClick={list.revert}>
      <span className="el">{list.state.named}</span> <CloseOutlined />
    </button>
  )
}
