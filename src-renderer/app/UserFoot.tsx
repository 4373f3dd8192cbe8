import { UserOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Dropdown, type MenuProps } from 'antd'
import { Suspense, useState } from 'react'
import { Avatar } from '../components/Avatar.tsx'
import { later } from '../kernel/later.ts'
import { useApi, useMe } from '../kernel/context.tsx'
import { keepDraftsOf } from '../kernel/drafts.ts'
import { setLeaving } from '../kernel/leaving.ts'
import { forgetPerson } from '../kernel/person.ts'
import { useLanguage, useText } from '../kernel/text.ts'
import { toast } from '../kernel/toast.tsx'
import { choose, chooseLanguage, type Density, type ModeChoice, useChoices } from './appearance.tsx'
import { text } from './text.ts'

const ChangePassword = later(() => import('./ChangePassword.tsx').then((module) => module.ChangePassword))

type Act = Record<string, () => void>

/** Who one is, and how one likes it: theme, rows, language, keys, password, signing out. */
export function UserFoot({ mini, phone = false, onShortcuts }: { mini: boolean; phone?: boolean; onShortcuts?: () => void }) {
  const t = useText(text)
  const me = useMe()
  const [password, setPassword] = useState(false)
  const logout = useLogout()
  const acts: Act = { shortcuts: () => onShortcuts?.(), password: () => setPassword(true), logout }
  const items = useMenuItems(!phone)
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
            else acts[key]?.()
          },
        }}
      >
        {phone ? (
          <button type="button">
            <UserOutlined />
            <span>{t('me')}</span>
          </button>
        ) : (
          <button type="button" className="bare me" aria-label={me.name}>
            <Avatar name={me.name} size={26} />
            {!mini && (
              <span className="grow col">
                <span className="el me-name">{me.name}</span>
                <span className="t3 s12 el me-role">{me.roles.join('、')}</span>
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

function useMenuItems(withKeys: boolean): NonNullable<MenuProps['items']> {
  const t = useText(text)
  return [
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
        void navigate({ to: '/login' }).then(() => cache.clear())
      },
    }),
  )
  return () => {
    setLeaving(true)
    leave.mutate({})
  }
}
