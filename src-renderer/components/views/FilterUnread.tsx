import { FilterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

/** In the list's place: the filter of the address cannot be read. More than it meant is not shown instead. */
export function FilterUnread({ onDrop }: { onDrop: () => void }) {
  const t = useText(text)
  return (
    <div className="quiet" role="alert">
      <span className="quiet-icon">
        <FilterOutlined />
      </span>
      <div className="b">{t('unreadTitle')}</div>
      <div className="t3 s12">{t('unreadBody')}</div>
      <div className="row g8 quiet-actions">
        <Button size="small" type="primary" onClick={onDrop}>
          {t('unreadDrop')}
        </Button>
      </div>
    </div>
  )
}
