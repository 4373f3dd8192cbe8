import { ArrowLeftOutlined } from '@ant-design/icons'
import { Tooltip } from 'antd'
import type { ReactNode } from 'react'
import { formatNumber } from '../kernel/format.ts'
import { useText } from '../kernel/text.ts'
import { Kbd } from './marks.tsx'
import { text } from './text.ts'

/** Head of a page: title left, actions right, the primary one last. */
export function PageHead({
  title,
  note,
  onBack,
  children,
}: {
  title: string
  note?: ReactNode
  onBack?: () => void
  children?: ReactNode
}) {
  const t = useText(text)
  return (
    <header className="phead">
      {onBack && (
        <button type="button" className="icb" aria-label={t('back')} onClick={onBack}>
          <ArrowLeftOutlined />
        </button>
      )}
      <h1>{title}</h1>
      {note && <span className="t3 el">{note}</span>}
      <span className="grow" />
      <div className="row g8">{children}</div>
    </header>
  )
}

export type View<Key extends string = string> = { key: Key; label: string; count?: number | undefined }

/** Views of a list as tabs with counts; the counts arrive when they are known. */
export function ViewTabs<Key extends string>({
  views,
  at,
  onChange,
  children,
}: {
  views: readonly View<Key>[]
  at: Key
  onChange: (key: Key) => void
  children?: ReactNode
}) {
  return (
    <header className="phead g0">
      <div className="row vtabs" role="tablist">
        {views.map((view) => (
          <button
            type="button"
            role="tab"
            aria-selected={view.key === at}
            key={view.key}
            className={`vtab${view.key === at ? ' on' : ''}`}
            onClick={() => onChange(view.key)}
          >
            {view.label}
            {view.count !== undefined && <span className="n num">{formatNumber(view.count)}</span>}
          </button>
        ))}
      </div>
      <span className="grow" />
      <div className="row g8">{children}</div>
    </header>
  )
}

/** The line under the head: quick filters left, tools right. */
export const ToolBar = ({ children, tools }: { children?: ReactNode; tools?: ReactNode }) => (
  <div className="bar">
    <div className="row g6 bar-left">{children}</div>
    <span className="grow" />
    {tools}
  </div>
)

/** An icon alone needs a tooltip with its key. */
export function IconButton({
  icon,
  title,
  keys,
  onClick,
  disabled = false,
  small = false,
}: {
  icon: ReactNode
  title: string
  keys?: string
  onClick: () => void
  disabled?: boolean
  small?: boolean
}) {
  return (
    <Tooltip
      title={
        <>
          {title} {keys && <Kbd>{keys}</Kbd>}
        </>
      }
      mouseEnterDelay={0.4}
    >
      <button type="button" className={`icb${small ? ' small' : ''}`} aria-label={title} disabled={disabled} onClick={onClick}>
        {icon}
      </button>
    </Tooltip>
  )
}

export const Sheet = ({ paper = false, children }: { paper?: boolean; children: ReactNode }) => (
  <main className={`page${paper ? ' paper' : ''}`}>{children}</main>
)
