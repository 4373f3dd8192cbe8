import './lead-settings.css'
import { SettingsPage } from '../../components/settings/SettingsPage.tsx'
import { useText } from '../../kernel/text.ts'
import { Pools } from './Pools.tsx'
import { Rules } from './Rules.tsx'
import { text } from './text.ts'
import { WordList } from './WordList.tsx'

/** 线索池、分配与来源: how leads are given to people, and the words that a company has for them. */
export function LeadSettingsPage() {
  const t = useText(text)
  return (
    <SettingsPage title={t('title')} note={t('note')}>
      <Rules />
      <Pools />
      <WordList list="source" title={t('sources')} />
      <WordList list="reason" title={t('reasons')} />
    </SettingsPage>
  )
}
