import './poolSettings.css'
import { SettingsPage } from '../../components/settings/SettingsPage.tsx'
import { useText } from '../../kernel/text.ts'
import { Limits } from './Limits.tsx'
import { Pools } from './Pools.tsx'
import { Rules } from './Rules.tsx'
import { Runs } from './Runs.tsx'
import { text } from './text.ts'

/** 公海与分配: pools with members and caps, holding limits, recycle rules with a trial run, and what ran. */
export function PoolSettingsPage() {
  const t = useText(text)
  return (
    <SettingsPage title={t('title')} note={t('note')}>
      <Pools />
      <Rules />
      <Limits />
      <Runs />
    </SettingsPage>
  )
}
