import './record.css'
import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import { formatNumber } from '../kernel/format.ts'
import { useIsNarrow, useIsPhone } from '../kernel/screen.ts'
import { useText } from '../kernel/text.ts'
import { Avatar } from './Avatar.tsx'
import { CopyButton } from './marks.tsx'
import { IconButton } from './page.tsx'
import { type RecordTab, RecordTabs, useTabOrder } from './RecordTabs.tsx'
import { text } from './text.ts'

export type { RecordTab } from './RecordTabs.tsx'
export type Figure = { key: string; label: string; value: ReactNode; note?: ReactNode }

/** The strip of figures; they never leave the first screen. */
export function Figures({ figures, className = 'figures' }: { figures: readonly Figure[]; className?: string }) {
  return (
    <div className={className}>
      {figures.map((figure) => (
        <div key={figure.key}>
          <div className="t3 s12 el">{figure.label}</div>
          <div className="num figure el">{figure.value}</div>
          <div className="s12 t3 num el">{figure.note}</div>
        </div>
      ))}
    </div>
  )
}

type RecordLayoutProps = {
  /** The kind of record: what is remembered of how one likes it is remembered under this. */
  kind: string
  crumb: ReactNode
  position?: { index: number; total: number | undefined } | null
  onPrevious?: (() => void) | undefined
  onNext?: (() => void) | undefined
  /** Who else is here. */
  crumbEnd?: ReactNode
  name: string
  firm: boolean
  /** Right after the name: the star. */
  star?: ReactNode
  marks: ReactNode
  line?: ReactNode
  actions: ReactNode
  actionsNote?: ReactNode
  figures: readonly Figure[]
  fields: ReactNode
  tabs: readonly RecordTab[]
  tab: string
  onTab: (key: string) => void
  side?: ReactNode
  /** On a phone, what one's thumb reaches wherever one has scrolled to. */
  phoneBar?: ReactNode
}

/** A record in full: who it is, six figures, fields left, what happened in the middle, what is open at the right. */
export function RecordLayout(props: RecordLayoutProps) {
  const t = useText(text)
  const isNarrow = useIsNarrow()
  const isPhone = useIsPhone()
  const own = useTabOrder(props.kind, props.tabs)
  const tabs = isPhone
    ? [own.tabs[0], { key: 'fields', label: t('details'), content: props.fields }, ...own.tabs.slice(1)].flatMap(
        (tab) => tab ?? [],
      )
    : own.tabs
  const current = tabs.find((tab) => tab.key === props.tab) ?? tabs[0]
  return (
    <div className="page record-page">
      <RecordCrumb {...props} />
      <RecordName {...props} />
      <Figures figures={props.figures} />
      <div className="record-cols">
        {!isPhone && (
          <aside className="record-fields">
            {props.fields}
            {isNarrow && props.side && <div className="record-side">{props.side}</div>}
          </aside>
        )}
        <section className="record-feed">
          <RecordTabs tabs={tabs} at={current?.key ?? ''} onTab={props.onTab} onMove={own.move} />
          <div className="record-tab">{current?.content}</div>
        </section>
        {!isNarrow && props.side && <aside className="record-side">{props.side}</aside>}
      </div>
      {isPhone && props.phoneBar && <div className="phone-bar">{props.phoneBar}</div>}
    </div>
  )
}

function RecordCrumb({ crumb, position, onPrevious, onNext, crumbEnd }: RecordLayoutProps) {
  const t = useText(text)
  return (
    <div className="row crumb">
      {crumb}
      {position && (
        <>
          <span className="vr" />
          <span className="t3 num s12">
            {formatNumber(position.index + 1)}
            {position.total !== undefined && ` / ${formatNumber(position.total)}`}
          </span>
        </>
      )}
      {(onPrevious || onNext) && (
        <>
          <IconButton
            small
            icon={<LeftOutlined className="tiny" />}
            title={t('previous')}
            keys="Ctrl ←"
            disabled={!onPrevious}
            onClick={() => onPrevious?.()}
          />
          <IconButton
            small
            icon={<RightOutlined className="tiny" />}
            title={t('next')}
            keys="Ctrl →"
            disabled={!onNext}
            onClick={() => onNext?.()}
          />
        </>
      )}
      <span className="grow" />
      {crumbEnd}
    </div>
  )
}

function RecordName({ name, firm, star, marks, line, actions, actionsNote }: RecordLayoutProps) {
  const isPhone = useIsPhone()
  return (
    <div className="row record-name">
      <Avatar name={name} size={48} firm={firm} />
      <div className="grow record-who">
        <div className="row g8 wrap">
          <bdi className="record-title el copyable" title={name}>
            {name}
          </bdi>
          {!isPhone && <CopyButton value={name} />}
          {star}
          {marks}
        </div>
        {line && <div className="row g12 record-line wrap">{line}</div>}
      </div>
      <div className="col g8 record-actions">
        <div className="row g8">{actions}</div>
        {actionsNote && <div className="row g6 s12 t2 record-note">{actionsNote}</div>}
      </div>
    </div>
  )
}
