import { ConfigProvider } from 'antd'
import type { Locale } from 'antd/es/locale'
import zhCN from 'antd/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { type ReactNode, useEffect, useLayoutEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { moreTabs } from '../components/namedMarks.tsx'
import { pageNonce } from '../kernel/nonce.ts'
import { readPreference, writePreference } from '../kernel/preferences.ts'
import { useStillness, useSystemDark } from '../kernel/screen.ts'
import { type Language, LANGUAGES, setLanguage, useLanguage } from '../kernel/text.ts'
import { fontFamily, kezhanTheme, type Mode, palette } from './theme.ts'

export type ModeChoice = Mode | 'system'
export type Density = 'compact' | 'normal'
type Choices = { mode: ModeChoice; density: Density; navFolded: boolean }

const oneOf = <T extends string>(value: string | null, options: readonly T[], standard: T): T =>
  options.find((option) => option === value) ?? standard
let choices: Choices = {
  mode: oneOf(readPreference('mode'), ['light', 'dark', 'system'], 'system'),
  density: oneOf(readPreference('density'), ['compact', 'normal'], 'compact'),
  navFolded: readPreference('navFolded') === 'true',
}
const listeners = new Set<() => void>()

export function choose(next: Partial<Choices>): void {
  choices = { ...choices, ...next }
  for (const [key, value] of Object.entries(next)) writePreference(key, String(value))
  for (const tell of listeners) tell()
}
export const useChoices = (): Choices =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    () => choices,
  )

export const rememberedLanguage = (): Language => oneOf(readPreference('language'), LANGUAGES, 'zh-CN')
export function chooseLanguage(language: Language): void {
  writePreference('language', language)
  void setLanguage(language)
}

export function useMode(): Mode {
  const { mode } = useChoices()
  const systemDark = useSystemDark()
  return modeOf(mode, systemDark)
}

/** Before the first draw: what was chosen here, and only then what the system says. */
export const firstMode = (systemDark: boolean): Mode => modeOf(choices.mode, systemDark)
const modeOf = (mode: ModeChoice, systemDark: boolean): Mode => (mode === 'system' ? (systemDark ? 'dark' : 'light') : mode)

/** The palette as variables, in this one place. */
export function paint(mode: Mode): void {
  const root = document.documentElement
  for (const [key, value] of Object.entries(palette[mode])) root.style.setProperty(`--kz-${key}`, value)
  root.style.setProperty('--kz-font', fontFamily)
  root.style.colorScheme = mode
  root.dataset['theme'] = mode
}

function useAntdLocale(): Locale {
  const language = useLanguage()
  const [english, setEnglish] = useState<Locale | null>(null)
  useEffect(() => {
    dayjs.locale(language === 'zh-CN' ? 'zh-cn' : 'en')
    if (language === 'en-US') void import('antd/locale/en_US').then((module) => setEnglish(module.default))
  }, [language])
  return language === 'en-US' && english ? english : zhCN
}

/** Dialogs stand in the page from their first moment: in a box of their own, added later, nothing in them could take the focus yet. */
const bodyOf = () => document.body

export function Appearance({ children }: { children: ReactNode }) {
  const mode = useMode()
  const { density } = useChoices()
  const locale = useAntdLocale()
  const still = useStillness()
  // Without motion antd waits for no end of one: the style sheet lets none begin, so it would never come.
  const theme = useMemo(() => kezhanTheme(mode, density === 'compact', !still), [mode, density, still])
  const nonce = pageNonce()
  // Before the first child is drawn, or a dark page would flash white.
  useLayoutEffect(() => paint(mode), [mode])
  return (
    <ConfigProvider
      locale={locale}
      theme={theme}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
      getPopupContainer={bodyOf}
      tabs={{ more: moreTabs() }}
      {...(nonce && { csp: { nonce } })}
    >
      {children}
    </ConfigProvider>
  )
}
