import { SearchOutlined } from '@ant-design/icons'
import { Input } from 'antd'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { matches } from '../kernel/actions.ts'
import { useText } from '../kernel/text.ts'
import { clearMark } from './namedMarks.tsx'
import { Nothing } from './states.tsx'
import { text } from './text.ts'

/** `pinyin` in syllables finds an item in full and by initials. */
export type SettingsItem = { key: string; label: string; pinyin: string }
export type SettingsGroup = { title: string; items: readonly SettingsItem[] }

/** Settings: the menu at the left, one subject at a time. */
export function SettingsLayout({
  title,
  groups,
  at,
  onGo,
  children,
}: {
  title: string
  groups: readonly SettingsGroup[]
  at: string
  onGo: (key: string) => void
  children: ReactNode
}) {
  const t = useText(text)
  const [typed, setTyped] = useState('')
  const menu = useRef<HTMLElement>(null)
  const shown = groups
    .map((group) => ({ ...group, items: group.items.filter((item) => matches(item, typed)) }))
    .filter((group) => group.items.length > 0)
  // On a phone the menu is one line: what is open must be in sight.
  useEffect(() => {
    if (at) menu.current?.querySelector('.settings-item.on')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [at])
  return (
    <div className="settings">
      <nav className="settings-menu" ref={menu} aria-label={title}>
        <div className="row settings-title">
          <b className="s16">{title}</b>
        </div>
        <Input
          size="small"
          allowClear={clearMark()}
          className="settings-search"
          prefix={<SearchOutlined className="t3" />}
          placeholder={t('searchSettings')}
          aria-label={t('searchSettings')}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onPressEnter={() => {
            const first = shown[0]?.items[0]
            if (first) onGo(first.key)
          }}
        />
        {shown.length === 0 && <Nothing>{t('nothingFound')}</Nothing>}
        {shown.map((group) => (
          <div key={group.title}>
            <div className="sec settings-group">{group.title}</div>
            {group.items.map((item) => (
              <button
                type="button"
                key={item.key}
                className={`bare settings-item${item.key === at ? ' on' : ''}`}
                {...(item.key === at && { 'aria-current': 'page' as const })}
                onClick={() => onGo(item.key)}
              >
                {item.label}
              </button>
            ))}
          </div>
        ))}
      </nav>
      <section className="page">{children}</section>
    </div>
  )
}
