import { useNavigate } from '@tanstack/react-router'
import { type Action, useActions } from '../kernel/actions.ts'
import { useMe } from '../kernel/context.tsx'
import { useLanguage, useText } from '../kernel/text.ts'
import { choose, chooseLanguage, useChoices, useMode } from './appearance.tsx'
import { useMakings } from './makings.ts'
import type { NavItem } from './navigation.tsx'
import { settingsOf } from './SettingsFrame.tsx'
import { text } from './text.ts'

/** What the open page offers, what can be made new elsewhere, then places, settings, and how one likes the program to look. */
export function useAllActions(items: readonly NavItem[], onShortcuts: () => void): Action[] {
  const t = useText(text)
  const navigate = useNavigate()
  const ofPage = useActions()
  const makings = useMakings(ofPage)
  const looks = useLooks()
  const go = (to: string) => () => void navigate({ to })
  const places = items.map(
    (item): Action => ({
      id: item.to,
      label: t('goTo', { where: t(item.word) }),
      pinyin: `qu ${item.pinyin}`,
      ...(item.key && { keys: `G ${item.key}` }),
      run: go(item.to),
    }),
  )
  const settings = settingsOf(useMe()).map(
    (page): Action => ({ id: page.path, label: t('goTo', { where: t(page.word) }), pinyin: page.pinyin, run: go(page.path) }),
  )
  return [
    ...ofPage,
    ...makings,
    ...places,
    ...settings,
    ...looks,
    { id: 'keys', label: t('shortcutSheet'), pinyin: 'kuai jie jian biao', keys: '?', run: onShortcuts },
  ]
}

function useLooks(): Action[] {
  const t = useText(text)
  const mode = useMode()
  const { mode: chosen, density } = useChoices()
  const language = useLanguage()
  return [
    {
      id: 'theme',
      label: t('toggleTheme'),
      pinyin: 'qie huan qian se shen se',
      run: () => choose({ mode: mode === 'dark' ? 'light' : 'dark' }),
    },
    ...(chosen === 'system'
      ? []
      : [
          {
            id: 'themeSystem',
            label: t('systemTheme'),
            pinyin: 'wai guan gen sui xi tong',
            run: () => choose({ mode: 'system' }),
          },
        ]),
    {
      id: 'density',
      label: t(density === 'compact' ? 'toNormal' : 'toCompact'),
      pinyin: density === 'compact' ? 'hang gao biao zhun' : 'hang gao jin cou',
      run: () => choose({ density: density === 'compact' ? 'normal' : 'compact' }),
    },
    {
      id: 'language',
      label: language === 'zh-CN' ? 'English' : '中文',
      pinyin: 'yu yan zhong wen ying wen',
      run: () => chooseLanguage(language === 'zh-CN' ? 'en-US' : 'zh-CN'),
    },
  ]
}
