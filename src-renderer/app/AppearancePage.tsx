import { Segmented } from 'antd'
import type { ReactNode } from 'react'
import { SettingsPage } from '../components/settings/SettingsPage.tsx'
import { useIsPhone } from '../kernel/screen.ts'
import { type Language, LANGUAGES, useLanguage, useText } from '../kernel/text.ts'
import { choose, chooseLanguage, type Density, type ModeChoice, useChoices } from './appearance.tsx'
import { text } from './settingsText.ts'

/** 外观: how one likes it, on this device. */
export function AppearancePage() {
  const t = useText(text)
  const isPhone = useIsPhone()
  const { mode, density } = useChoices()
  const language = useLanguage()
  return (
    <SettingsPage title={t('looks')} note={isPhone ? undefined : t('keptHere')}>
      <Choice title={t('theme')} hint={t('themeHint')}>
        <Segmented<ModeChoice>
          value={mode}
          onChange={(next) => choose({ mode: next })}
          options={(['light', 'dark', 'system'] as const).map((value) => ({ value, label: t(value) }))}
        />
      </Choice>
      {!isPhone && (
        <Choice title={t('density')} hint={t('densityHint')}>
          <Segmented<Density>
            value={density}
            onChange={(next) => choose({ density: next })}
            options={(['compact', 'normal'] as const).map((value) => ({ value, label: t(value) }))}
          />
        </Choice>
      )}
      <Choice title={t('language')} hint={t('languageHint')}>
        <Segmented<Language>
          value={language}
          onChange={chooseLanguage}
          options={LANGUAGES.map((value) => ({ value, label: t(value) }))}
        />
      </Choice>
    </SettingsPage>
  )
}

function Choice({ title, hint, children }: { title: string; hint: string; children: ReactNode }) {
  return (
    <div className="set-choice">
      <div className="grow">
        <div className="b">{title}</div>
        <div className="t3 s12">{hint}</div>
      </div>
      {children}
    </div>
  )
}
