import { SearchOutlined } from '@ant-design/icons'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useText } from '../kernel/text.ts'
import type { NavItem } from './navigation.tsx'
import { text } from './text.ts'
import { UserFoot } from './UserFoot.tsx'

const PLACES = 3

/** The pages of every day, search and oneself with the other pages, at the bottom where the thumb is. */
export function PhoneTabs({ items, onSearch }: { items: readonly NavItem[]; onSearch: () => void }) {
  const t = useText(text)
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const first = [...items.filter(({ thumb }) => thumb), ...items.filter(({ thumb }) => !thumb)].slice(0, PLACES)
  const more = items.filter((item) => !first.includes(item))
  return (
    <nav className="tabs">
      {first.map((item) => (
        <button
          type="button"
          key={item.to}
          className={pathname.startsWith(item.to) ? 'on' : ''}
          onClick={() => void navigate({ to: item.to })}
        >
          {item.icon}
          <span>{t(item.word)}</span>
        </button>
      ))}
      <button type="button" onClick={onSearch}>
        <SearchOutlined />
        <span>{t('find')}</span>
      </button>
      <UserFoot mini phone more={more} isAtMore={more.some(({ to }) => pathname.startsWith(to))} />
    </nav>
  )
}
