import './notifications.css'
import { BellOutlined } from '@ant-design/icons'
import { Popover } from 'antd'
import { Suspense } from 'react'
import { useAction } from '../../kernel/actions.ts'
import { useShortcut } from '../../kernel/keyboard.ts'
import { later } from '../../kernel/later.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { showNotices, useNoticesOpen } from './opened.ts'
import { text } from './text.ts'
import { useAnnouncements, useUnread } from './useNotices.ts'

const NoticeSheet = later(() => import('./NoticeSheet.tsx').then((module) => module.NoticeSheet))
const NoticeList = later(() => import('./NoticeList.tsx').then((module) => module.NoticeList))

/** Mounted once: says what comes, has the key and the action, and on a phone the sheet with the list. */
export function Notices({ group }: { group: string }) {
  const t = useText(text)
  const isPhone = useIsPhone()
  const open = useNoticesOpen()
  useAnnouncements()
  useShortcut('G N', { label: t('title'), group }, () => showNotices(true))
  useAction({ id: 'notices', label: t('title'), pinyin: 'tong zhi', keys: 'G N', run: () => showNotices(true) })
  if (!isPhone || !open) return null
  return (
    <Suspense>
      <NoticeSheet />
    </Suspense>
  )
}

const List = () => (
  <Suspense>
    <NoticeList onClose={() => showNotices(false)} />
  </Suspense>
)

/** The bell with what is unread; what it opens is loaded when the browser has time. */
export function Bell() {
  const isPhone = useIsPhone()
  const open = useNoticesOpen()
  if (isPhone) return <BellButton onClick={() => showNotices(true)} />
  return (
    <Popover
      open={open}
      onOpenChange={showNotices}
      trigger="click"
      placement="rightBottom"
      arrow={false}
      classNames={{ root: 'notices-pop' }}
      content={<List />}
      destroyOnHidden
    >
      <BellButton />
    </Popover>
  )
}

export const shortCount = (count: number): string => (count > 99 ? '99+' : String(count))

/** Popovers mark what they hang from with a class of their own. */
function BellButton({ className = '', ...props }: { onClick?: () => void; className?: string }) {
  const t = useText(text)
  const count = useUnread()?.count ?? 0
  return (
    <button
      type="button"
      className={`icb bell ${className}`}
      aria-label={count > 0 ? t('unread', { n: shortCount(count) }) : t('title')}
      {...props}
    >
      <BellOutlined />
      {count > 0 && <span className="badge bell-count">{shortCount(count)}</span>}
    </button>
  )
}
