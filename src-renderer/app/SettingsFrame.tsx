import { Navigate, Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { SettingsLayout } from '../components/SettingsLayout.tsx'
import type { Me } from '../../src-shared/features/session/contract.ts'
import { mayDo, useMe } from '../kernel/context.tsx'
import { hasPlace } from '../kernel/places.ts'
import { useText } from '../kernel/text.ts'
import { SETTINGS, SETTINGS_GROUPS, START, type SettingsEntry, settingsLinks, settingsPages } from './pages.ts'
import { text } from './text.ts'

/** The settings one may see. */
export const settingsOf = (me: Me): readonly SettingsEntry[] =>
  settingsPages.filter((page) => !page.needs || mayDo(me, page.needs))

/** 设置: the menu of what exists and one may see, around the page that is open. */
export function SettingsFrame() {
  const t = useText(text)
  const me = useMe()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const shown = settingsOf(me)
  if (pathname === SETTINGS) return <Navigate to={shown[0]?.path ?? START} replace />
  const links = settingsLinks.filter((link) => hasPlace(link.path) && (!link.needs || mayDo(me, link.needs)))
  const groups = SETTINGS_GROUPS.map((group) => ({
    title: t(group),
    items: [...shown, ...links]
      .filter((page) => page.group === group)
      .map((page) => ({ key: page.path, label: t(page.word), pinyin: page.pinyin })),
  }))
  return (
    <SettingsLayout
      title={t('settings')}
      groups={groups.filter((group) => group.items.length > 0)}
      at={pathname}
      onGo={(path) => void navigate({ to: path })}
    >
      <Outlet />
    </SettingsLayout>
  )
}
