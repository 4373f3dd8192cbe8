import { CopyOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { copyText } from '../../components/marks.tsx'
import { useText } from '../../kernel/text.ts'
import { toast } from '../../kernel/toast.tsx'
import { text } from './text.ts'

/** The password that was just given, readable until the drawer is closed: whoever gave it has to pass it on. */
export function GivenPassword({ password }: { password: string }) {
  const t = useText(text)
  return (
    <div className="people-given gap-below">
      <div className="t2 s12">{t('givenHint')}</div>
      <div className="row g8">
        <span className="b lit people-given-word">{password}</span>
        <span className="grow" />
        <Button size="small" icon={<CopyOutlined />} onClick={() => void copyText(password).then(() => toast(t('copied')))}>
          {t('copy')}
        </Button>
      </div>
    </div>
  )
}
