import { Button } from 'antd'
import { useState } from 'react'
import { Avatar } from '../components/Avatar.tsx'
import { Section, SettingsPage } from '../components/settings/SettingsPage.tsx'
import { roleName } from '../features/people/roleName.ts'
import { Sessions } from '../features/session/public.ts'
import { useMe } from '../kernel/context.tsx'
import { useText } from '../kernel/text.ts'
import { zoneLabel } from '../kernel/zones.ts'
import { ChangePassword } from './ChangePassword.tsx'
import { text } from './settingsText.ts'

/** 个人资料: who one is here, the password, and where one is signed in. */
export function ProfilePage() {
  const t = useText(text)
  const me = useMe()
  const [changing, setChanging] = useState(false)
  return (
    <SettingsPage title={t('profile')}>
      <section className="set-section profile">
        <Avatar name={me.name} size={44} />
        <div className="grow">
          <div className="s16 b">{me.name}</div>
          <div className="t2">{me.roles.map(roleName).join(t('separator'))}</div>
        </div>
      </section>
      <section className="set-section profile-facts">
        <div className="kv">
          <span>{t('account')}</span>
          <span className="lit">{me.login}</span>
          <span>{t('company')}</span>
          <span>{me.company}</span>
          <span>{t('timeZone')}</span>
          <span>{zoneLabel(me.timeZone)}</span>
        </div>
        <div className="t3 s12">{t('changeHint')}</div>
      </section>
      <Section
        title={t('password')}
        note={t('passwordHint')}
        actions={<Button onClick={() => setChanging(true)}>{t('changePassword')}</Button>}
      >
        <div className="set-lined" />
      </Section>
      <Sessions />
      <ChangePassword open={changing} forced={false} onClose={() => setChanging(false)} />
    </SettingsPage>
  )
}
