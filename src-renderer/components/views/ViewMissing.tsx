import { EyeInvisibleOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

/** In the list's place: the address names a view that is gone or was never shared. Everything is not shown instead. */
export function ViewMissing({ onAll }: { onAll: () => void }) {
  const t = useText(text)
  return (
    <div className="quiet" role="alert">
      <span className="quiet-icon">
        <EyeInvisibleOutlined />
      </span>
      <div className="b">{t('missingTitle')}</div>
      <div className="t3 s12">{t('missingBody')}</div>
      <div className="row g8 quiet-actions">
        <Button size="small" type="primary" onClick={onAll}>
          {t('showAll')}
        </Button>
      </div>
    </div>
  )
}
