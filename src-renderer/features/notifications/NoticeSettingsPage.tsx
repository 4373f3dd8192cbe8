import './notifications.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { NOTICE_KINDS, NOTICE_WAYS, type NoticeKind, type NoticeWay } from '../../../src-shared/kernel/notices.ts'
import { Loaded, SettingsPage } from '../../components/settings/SettingsPage.tsx'
import { useApi } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { wayOf } from './announce.ts'
import { text } from './text.ts'

/** 通知: of which kind one wants to hear, and where. Outside of the window only the program on the desk can say anything. */
export function NoticeSettingsPage() {
  const t = useText(text)
  const api = useApi()
  const settings = useQuery(api.notifications.settings.queryOptions({ input: {}, meta: { shown: true } }))
  const set = useMutation(api.notifications.set.mutationOptions())
  return (
    <SettingsPage title={t('title')} note={t('kept')}>
      <p className="t3 notice-ways-hint">{t('settingsHint')}</p>
      <Loaded query={settings} feature="notifications" rows={NOTICE_KINDS.length}>
        {(now) => (
          <div className="notice-ways">
            {NOTICE_KINDS.map((kind) => (
              <KindLine key={kind} kind={kind} way={wayOf(now, kind)} onChange={(way) => set.mutate({ kind, way })} />
            ))}
          </div>
        )}
      </Loaded>
    </SettingsPage>
  )
}

function KindLine({ kind, way, onChange }: { kind: NoticeKind; way: NoticeWay; onChange: (way: NoticeWay) => void }) {
  const t = useText(text)
  return (
    <div className="notice-way">
      <span className="grow">{t(`name.${kind}`)}</span>
      <Segmented<NoticeWay>
        aria-label={t(`name.${kind}`)}
        value={way}
        onChange={onChange}
        options={NOTICE_WAYS.map((value) => ({ value, label: t(`way.${value}`) }))}
      />
    </div>
  )
}
