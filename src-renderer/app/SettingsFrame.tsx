import { Navigate, useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { SettingsLayout } from '../components/SettingsLayout.tsx'
import type { Me } from '../../src-shared/features/session/contract.ts'
import { mayDo, useMe } from '../kernel/context.tsx'
import { hasPlace } from '../kernel/places.ts'
import { useLanguage, useText } from '../kernel/text.ts'
import { Guarded } from './Guarded.tsx'
import { START } from './pages.ts'
import { SETTINGS, SETTINGS_GROUPS, type SettingsEntry, settingsLinks, settingsPages } from './settingsPages.ts'
import { text } from './text.ts'

/** The settings one may see. */
export const settingsOf = (me: Me): readonly SettingsEntry[] =>
  settingsPages.filter((page) => !page.needs || mayDo(me, page.needs))

type Inside = typeof import('./settingsInsideText.ts')['settingsInside']
const NOTHING: Inside = {}

/** What is on the pages comes behind them: only the search asks for it. */
function useInside(): Inside {
  const [inside, setInside] = useState(NOTHING)
  useEffect(() => {
    const came = import('./settingsInsideText.ts').then((module) => setInside(module.settingsInside))
    // Without them pages are found by their names.
    came.catch(() => undefined)
  }, [])
  return inside
}

/** 设置: the menu of what exists and one may see, around the page that is open. */
export function SettingsFrame() {
  const t = useText(text)
  const language = useLanguage()
  const me = useMe()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const inside = useInside()
  const shown = settingsOf(me)
  if (pathname === SETTINGS) return <Navigate to={shown[0]?.path ?? START} replace />
  const links = settingsLinks.filter((link) => hasPlace(link.path) && (!link.needs || mayDo(me, link.needs)))
  const groups = SETTINGS_GROUPS.map((group) => ({
    title: t(group),
    items: [...shown, ...links]
      .filter((page) => page.group === group)
      .map((page) => ({ key: page.path, label: t(page.word), pinyin: page.pinyin, inside: inside[page.path]?.[language] ?? [] })),
  }))
  return (
    <SettingsLayout
      title={t('settings')}
      groups={groups.filter((group) => group.items.length > 0)}
      at={pathname}
      onGo={(path) => void navigate({ to: path })}
    >
      <Guarded within />
    </SettingsLayout>
  )
}
