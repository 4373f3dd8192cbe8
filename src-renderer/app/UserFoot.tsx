import { UserOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Dropdown, type MenuProps } from 'antd'
import { Suspense, useState } from 'react'
import { Avatar } from '../components/Avatar.tsx'
import { roleName } from '../features/people/roleName.ts'
import { shortCount, showNotices, useUnread } from '../features/notifications/public.ts'
import { later } from '../kernel/later.ts'
import { useApi, useMe } from '../kernel/context.tsx'
import { keepDraftsOf } from '../kernel/drafts.ts'
import { setLeaving } from '../kernel/leaving.ts'
import { forgetPerson } from '../kernel/person.ts'
import { listed, useLanguage, useText } from '../kernel/text.ts'
import { toast } from '../kernel/toast.tsx'
import { choose, chooseLanguage, type Density, type ModeChoice, useChoices } from './appearance.tsx'
import type { NavItem } from './navigation.tsx'
import { text } from './text.ts'

const ChangePassword = later(() => import('./ChangePassword.tsx').then((module) => module.ChangePassword))

type Act = Record<string, () => void>

type UserFootProps = {
  mini: boolean
  phone?: boolean
  /** Pages for which the bar below has no place; whether one of them is open. */
  more?: readonly NavItem[]
  isAtMore?: boolean
  onShortcuts?: () => void
}

/** Who one is, and how one likes it: theme, rows, language, keys, password, signing out. */
export function UserFoot({ mini, phone = false, more = [], isAtMore = false, onShortcuts }: UserFootProps) {
  const t = useText(text)
  const me = useMe()
  const navigate = useNavigate()
  const [password, setPassword] = useState(false)
  const logout = useLogout()
  const acts: Act = {
    notices: () => showNotices(true),
    shortcuts: () => onShortcuts?.(),
    password: () => setPassword(true),
    logout,
  }
  const items = useMenuItems(!phone, more)
  const unread = useUnread()?.count ?? 0
  return (
    <>
      <Dropdown
        trigger={['click']}
        placement="topLeft"
        menu={{
          items,
          selectable: true,
          selectedKeys: useSelected(),
          onClick: ({ key }) => {
            const [what, value] = key.split(':')
            if (what === 'mode') choose({ mode: value as ModeChoice })
            else if (what === 'density') choose({ density: value as Density })
            else if (what === 'language') chooseLanguage(value === 'en-US' ? 'en-US' : 'zh-CN')
            else if (what === 'to') void navigate({ to: value ?? '' })
            else acts[key]?.()
          },
        }}
      >
        {phone ? (
          <button type="button" className={isAtMore ? 'on' : ''}>
            <span className="tab-icon">
              <UserOutlined />
              {unread > 0 && <span className="badge tab-badge">{shortCount(unread)}</span>}
            </span>
            <span>{t('me')}</span>
          </button>
        ) : (
          <button type="button" className="bare me" {...(mini && { 'aria-label': me.name })}>
            <Avatar name={me.name} size={26} />
            {!mini && (
              <span className="grow col">
                <span className="el me-name">{me.name}</span>
                <span className="t3 s12 el me-role">{listed(me.roles.map(roleName))}</span>
              </span>
            )}
          </button>
        )}
      </Dropdown>
      <Suspense>{password && <ChangePassword open forced={false} onClose={() => setPassword(false)} />}</Suspense>
    </>
  )
}

function useSelected(): string[] {
  const { mode, density } = useChoices()
  return [`mode:${mode}`, `density:${density}`, `language:${useLanguage()}`]
}

function useMenuItems(withKeys: boolean, more: readonly NavItem[]): NonNullable<MenuProps['items']> {
  const t = useText(text)
  const unread = useUnread()?.count ?? 0
  const pages = more.map(({ to, icon, word }) => ({ key: `to:${to}`, icon, label: t(word) }))
  return [
    ...pages,
    ...(pages.length > 0 ? [{ type: 'divider' as const }] : []),
    // On a desk the bell stands beside.
    ...(withKeys ? [] : [{ key: 'notices', label: t('notifications'), ...(unread > 0 && { extra: shortCount(unread) }) }]),
    {
      key: 'appearance',
      label: t('appearance'),
      children: (['light', 'dark', 'system'] as const).map((mode) => ({ key: `mode:${mode}`, label: t(mode) })),
    },
    ...(withKeys
      ? [
          {
            key: 'density',
            label: t('density'),
            children: (['compact', 'normal'] as const).map((density) => ({ key: `density:${density}`, label: t(density) })),
          },
        ]
      : []),
    {
      key: 'language',
      label: t('language'),
      children: [
        { key: 'language:zh-CN', label: '中文' },
        { key: 'language:en-US', label: 'English' },
      ],
    },
    ...(withKeys ? [{ key: 'shortcuts', label: t('shortcuts'), extra: '?' }] : []),
    { type: 'divider' as const },
    { key: 'password', label: t('changePassword') },
    { key: 'logout', label: t('logout') },
  ]
}

function useLogout(): () => void {
  const cache = useQueryClient()
  const navigate = useNavigate()
  const said = useText(text)('loggedOut')
  const leave = useMutation(
    useApi().session.logout.mutationOptions({
      onError: () => setLeaving(false),
      onSuccess: () => {
        forgetPerson()
        keepDraftsOf(null)
        toast(said, { tone: 'info' })
        // First away from the pages: what is still shown would ask again, and be refused.
        void navigate({ to: '/login' }).then(async () => {
          await cache.cancelQueries()
          cache.clear()
          setLeaving(false)
        })
      },
    }),
  )
  return () => {
    setLeaving(true)
    // What is still being asked would be answered after the end, and refused.
    void cache.cancelQueries().then(() => leave.mutate({}))
  }
}
