import { MenuFoldOutlined, MenuUnfoldOutlined, SearchOutlined } from '@ant-design/icons'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { Menu, Tooltip } from 'antd'
import { lazy, type ReactNode, Suspense, useState, useSyncExternalStore } from 'react'
import { Kbd } from '../components/marks.tsx'
import { Mark } from '../components/Mark.tsx'
import { WorkPills } from '../components/WorkPills.tsx'
import { NavFavourites } from '../features/favourites/public.ts'
import { LookingBanner } from '../features/looking/public.ts'
import { Bell, Notices } from '../features/notifications/public.ts'
import { useConnected } from '../kernel/connection.ts'
import { mayDo, useMe } from '../kernel/context.tsx'
import { useShortcut } from '../kernel/keyboard.ts'
import { useIsNarrow, useIsPhone } from '../kernel/screen.ts'
import { useText } from '../kernel/text.ts'
import { choose, useChoices } from './appearance.tsx'
import { isPanelOpen, subscribePanel } from '../kernel/panel.ts'
import { type NavItem, navigation, settingsItem } from './navigation.tsx'
import { PhoneTabs } from './PhoneTabs.tsx'
import { SampleBanner } from './SampleBanner.tsx'
import { settingsOf } from './SettingsFrame.tsx'
import { text } from './text.ts'
import { useUndoKeys } from './useUndoKeys.ts'
import { UserFoot } from './UserFoot.tsx'

const ImportPill = lazy(() => import('../features/imports/public.ts').then((module) => ({ default: module.ImportPill })))

const Palette = lazy(() => import('./Palette.tsx').then((module) => ({ default: module.Palette })))
const ShortcutSheet = lazy(() => import('./ShortcutSheet.tsx').then((module) => ({ default: module.ShortcutSheet })))
const SearchPill = lazy(() => import('../features/duplicates/public.ts').then((module) => ({ default: module.SearchPill })))

/** Navigation, search and who one is, around every page; on a phone tabs at the bottom. */
export function Frame({ children }: { children: ReactNode }) {
  const t = useText(text)
  const isPhone = useIsPhone()
  const [palette, setPalette] = useState(false)
  const [sheet, setSheet] = useState(false)
  const general = t('groupGeneral')
  useShortcut('Ctrl+K', { label: t('search'), group: general }, () => setPalette(true))
  useShortcut('/', { label: t('search'), group: general }, () => setPalette(true))
  useShortcut('?', { label: t('shortcutSheet'), group: general }, () => setSheet(true))
  useShortcut('Ctrl+/', { label: t('shortcutSheet'), group: general }, () => setSheet(true))
  useUndoKeys()
  const items = useNavigation()
  const page = (
    <div className="page">
      <ConnectionBanner />
      <LookingBanner />
      <SampleBanner />
      {children}
    </div>
  )
  return (
    <>
      {isPhone ? (
        <div className="phone">
          {page}
          <PhoneTabs items={items} onSearch={() => setPalette(true)} />
        </div>
      ) : (
        <div className="frame">
          <Navigation items={items} onSearch={() => setPalette(true)} onShortcuts={() => setSheet(true)} />
          {page}
        </div>
      )}
      <Notices group={general} />
      <WorkPills />
      <Suspense>
        <ImportPill />
        <SearchPill />
      </Suspense>
      <Suspense>
        <Palette open={palette} items={items} onClose={() => setPalette(false)} onShortcuts={() => setSheet(true)} />
        <ShortcutSheet open={sheet} onClose={() => setSheet(false)} />
      </Suspense>
    </>
  )
}

function useNavigation(): readonly NavItem[] {
  const me = useMe()
  const shown = navigation.filter((item) => !item.needs || mayDo(me, item.needs))
  return settingsOf(me).length > 0 ? [...shown, settingsItem] : shown
}

function ConnectionBanner() {
  const t = useText(text)
  if (useConnected()) return null
  return (
    <div className="banner" role="alert">
      {t('lost')}
    </div>
  )
}

function Navigation({
  items,
  onSearch,
  onShortcuts,
}: {
  items: readonly NavItem[]
  onSearch: () => void
  onShortcuts: () => void
}) {
  const t = useText(text)
  const me = useMe()
  const { navFolded } = useChoices()
  const panelOpen = useSyncExternalStore(subscribePanel, isPanelOpen)
  const isNarrow = useIsNarrow()
  const mini = navFolded || (panelOpen && isNarrow)
  return (
    <nav aria-label={t('product')} className={`nav${mini ? ' mini' : ''}`}>
      <div className="brand">
        <Mark size={26} />
        {!mini && (
          <>
            <span className="b s14 el grow">{me.company}</span>
            <FoldButton />
          </>
        )}
      </div>
      <button type="button" className="find" {...(mini && { 'aria-label': t('search') })} onClick={onSearch}>
        <SearchOutlined />
        {!mini && (
          <>
            <span className="grow">{t('search')}</span>
            <Kbd>Ctrl K</Kbd>
          </>
        )}
      </button>
      <NavMenu items={items} mini={mini} />
      {!mini && <NavFavourites />}
      <div className="foot">
        {mini && navFolded && <FoldButton />}
        {mini && <Bell />}
        <div className="row foot-me">
          <UserFoot mini={mini} onShortcuts={onShortcuts} />
          {!mini && <Bell />}
        </div>
      </div>
    </nav>
  )
}

function FoldButton() {
  const t = useText(text)
  const { navFolded } = useChoices()
  return (
    <Tooltip title={navFolded ? t('unfold') : t('fold')} placement="right">
      <button
        type="button"
        className="icb small"
        aria-label={navFolded ? t('unfold') : t('fold')}
        onClick={() => choose({ navFolded: !navFolded })}
      >
        {navFolded ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
      </button>
    </Tooltip>
  )
}

function NavMenu({ items, mini }: { items: readonly NavItem[]; mini: boolean }) {
  const t = useText(text)
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const at = items.findLast((item) => pathname === item.to || pathname.startsWith(`${item.to}/`))
  return (
    <>
      <Menu
        mode="inline"
        inlineIndent={10}
        inlineCollapsed={mini}
        selectedKeys={at ? [at.to] : []}
        onClick={({ key }) => void navigate({ to: key })}
        items={items.map(({ to, icon, word, badge: Badge }) => ({
          key: to,
          icon,
          title: t(word),
          label: Badge ? (
            <>
              {t(word)}
              <Badge />
            </>
          ) : (
            t(word)
          ),
        }))}
      />
      {items.map((item) => item.key && <GoKey key={item.to} item={item} />)}
    </>
  )
}

function GoKey({ item }: { item: NavItem }) {
  const t = useText(text)
  const navigate = useNavigate()
  useShortcut(
    `G ${item.key}`,
    { label: t('goTo', { where: t(item.word) }), group: t('groupGo') },
    () => void navigate({ to: item.to }),
  )
  return null
}
