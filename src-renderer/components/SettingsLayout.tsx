import { SearchOutlined } from '@ant-design/icons'
import { Input } from 'antd'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { matches } from '../kernel/actions.ts'
import { useText } from '../kernel/text.ts'
import { useTyped } from '../kernel/typed.ts'
import { clearMark } from './namedMarks.tsx'
import { Nothing } from './states.tsx'
import { text } from './text.ts'

/** `pinyin` in syllables finds an item in full and by initials; `inside` is what can be set there. */
export type SettingsItem = { key: string; label: string; pinyin: string; inside?: readonly string[] }
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
  const inside = useTyped()
  /** What of a page was meant; empty where it is the page itself. */
  const found = (item: SettingsItem): readonly string[] | null => {
    if (matches(item, typed)) return []
    const meant = (item.inside ?? []).filter((word) => inside.matches(word, typed))
    return meant.length > 0 ? meant : null
  }
  const shown = groups
    .map((group) => ({
      ...group,
      items: group.items.flatMap((item) => {
        const meant = found(item)
        return meant ? [{ ...item, meant }] : []
      }),
    }))
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
          onFocus={inside.load}
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
                {item.meant.length > 0 && <span className="settings-meant t3 s12 el">{item.meant.join(' · ')}</span>}
              </button>
            ))}
          </div>
        ))}
      </nav>
      <main className="page">{children}</main>
    </div>
  )
}
