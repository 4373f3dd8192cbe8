import { Button } from 'antd'
import { InnSmall } from '../components/Mark.tsx'
import { ErrorBox } from '../components/states.tsx'
import { isMissingPart } from '../kernel/later.ts'
import { useText } from '../kernel/text.ts'
import { START } from './pages.ts'
import { text } from './text.ts'

export function NotFoundPage() {
  const t = useText(text)
  return (
    <main className="page">
      <div className="empty">
        <InnSmall />
        <h2>{t('notFoundTitle')}</h2>
        <p className="t2">{t('notFoundHint')}</p>
        <div className="empty-main">
          <Button type="primary" href={START}>
            {t('toStart')}
          </Button>
        </div>
      </div>
    </main>
  )
}

/** A page that threw: what was saved is safe, and the way back. */
export function CrashPage({ error }: { error: unknown }) {
  const t = useText(text)
  const away = isMissingPart(error)
  return (
    <main className="page">
      <div className="load-failed">
        <ErrorBox title={t(away ? 'partTitle' : 'crashTitle')} hint={t(away ? 'partHint' : 'crashHint')} error={error} />
        <div className="empty-links">
          <Button type="primary" onClick={() => location.reload()}>
            {t('reload')}
          </Button>
        </div>
      </div>
    </main>
  )
}
