import { EllipsisOutlined, PlusOutlined, TeamOutlined } from '@ant-design/icons'
import { Dropdown } from 'antd'
import { type ReactNode, type RefObject, Suspense, useEffect, useEffectEvent, useRef, useState } from 'react'
import { isShared } from '../../../src-shared/features/views/plain.ts'
import { formatNumber } from '../../kernel/format.ts'
import { later } from '../../kernel/later.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { IconButton } from '../page.tsx'
import { type Tab, withPin } from './tabs.ts'
import { text } from './text.ts'
import type { ListViews } from './useListViews.ts'
import type { ViewActions } from './useViewActions.ts'
import './views.css'

const ManageViews = later(() => import('./ManageViews.tsx').then((module) => module.ManageViews))
const ViewDialog = later(() => import('./ViewDialog.tsx').then((module) => module.ViewDialog))

type ViewBarProps = {
  list: ListViews
  actions: ViewActions
  /** How many rows each view has, by its key; told when it is known. */
  counts: Readonly<Record<string, number | undefined>>
  /** Keeps the open view at hand. */
  star?: ReactNode
  /** Stands before the views: of what they are views. */
  before?: ReactNode
  children?: ReactNode
}

/** Views of a list as tabs with counts, `+` for a new one and `…` for those out of the line and what can be done with the open one. */
export function ViewBar({ list, actions, counts, before, star, children }: ViewBarProps) {
  const t = useText(text)
  const isPhone = useIsPhone()
  const [dialog, setDialog] = useState<'new' | 'edit' | 'manage' | null>(null)
  const { current } = list
  const shown = list.tabs.filter((tab) => tab.isPinned || tab.key === current.key)
  const strip = useOpenInSight(current.key, shown)
  const cut = useCut(strip, shown)
  return (
    <header className="phead g0 view-bar">
      {before}
      <div
        className={`row vtabs${cut.before.length > 0 ? ' cut-before' : ''}${cut.after.length > 0 ? ' cut-after' : ''}`}
        role="tablist"
        aria-label={t('views')}
        ref={strip}
      >
        {shown.map((tab) => (
          <button
            type="button"
            role="tab"
            aria-selected={tab.key === current.key}
            key={tab.key}
            className={`vtab${tab.key === current.key ? ' on' : ''}`}
            onClick={() => list.choose(tab.key)}
          >
            <span className="el vtab-name">{tab.label}</span>
            {isOfMany(tab) && <TeamOutlined className="t3 tiny" aria-label={t('sharedMark')} />}
            {tab.key === current.key && list.isDirty && list.state.named === '' && (
              <i className="vtab-lamp" title={t('modified')} />
            )}
            {counts[tab.key] !== undefined && <span className="n num">{formatNumber(counts[tab.key] ?? 0)}</span>}
          </button>
        ))}
      </div>
      {!isPhone && <IconButton icon={<PlusOutlined />} title={t('newView')} onClick={() => setDialog('new')} />}
      {star}
      <MoreViews list={list} actions={actions} unseen={[...cut.before, ...cut.after]} onDialog={setDialog} />
      <span className="grow" />
      <div className="row g8">{children}</div>
      <Suspense>
        {(dialog === 'new' || dialog === 'edit') && (
          <ViewDialog
            list={list}
            actions={actions}
            view={dialog === 'edit' ? current.view : null}
            onClose={() => setDialog(null)}
          />
        )}
        {dialog === 'manage' && <ManageViews list={list} actions={actions} onClose={() => setDialog(null)} />}
      </Suspense>
    </header>
  )
}

/** Whom it is shared with only its owner is told; whoever has it from somebody else knows that it is shared. */
const isOfMany = ({ view }: Tab): boolean => view !== null && (!view.isMine || isShared(view.audience))

/** The open tab stays in sight: when another is opened, and when counts that arrive make the tabs wider. */
function useOpenInSight(key: string, shown: readonly Tab[]) {
  const strip = useRef<HTMLDivElement>(null)
  const keys = shown.map((tab) => tab.key).join(' ')
  useEffect(() => {
    const row = strip.current
    if (!row) return undefined
    const observer = new ResizeObserver(() =>
      row.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' }),
    )
    // It tells of each at once, too.
    for (const element of [row, ...row.children]) observer.observe(element)
    return () => observer.disconnect()
  }, [key, keys])
  return strip
}

type Cut = { before: readonly string[]; after: readonly string[] }
const WHOLE: Cut = { before: [], after: [] }

/** The keys of tabs that do not stand in sight whole: the strip says at which end it goes on, and the menu behind it has them. */
function useCut(strip: RefObject<HTMLDivElement | null>, shown: readonly Tab[]): Cut {
  const [cut, setCut] = useState(WHOLE)
  const keys = shown.map((tab) => tab.key)
  const look = useEffectEvent(() => {
    const row = strip.current
    if (!row) return
    const { left, right } = row.getBoundingClientRect()
    const tabs = [...row.children].map((tab, at) => ({ key: keys[at] ?? '', ...ends(tab) }))
    const next: Cut = {
      before: tabs.filter((tab) => tab.left < left - 1).map(({ key }) => key),
      after: tabs.filter((tab) => tab.right > right + 1).map(({ key }) => key),
    }
    setCut((now) => (JSON.stringify(now) === JSON.stringify(next) ? now : next))
  })
  const joined = keys.join(' ')
  useEffect(() => {
    const row = strip.current
    if (!row) return undefined
    const observer = new ResizeObserver(() => look())
    for (const element of [row, ...row.children]) observer.observe(element)
    const onScroll = () => look()
    row.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      observer.disconnect()
      row.removeEventListener('scroll', onScroll)
    }
  }, [strip, joined])
  return cut
}
const ends = (element: Element): { left: number; right: number } => {
  const { left, right } = element.getBoundingClientRect()
  return { left, right }
}

type MoreProps = {
  list: ListViews
  actions: ViewActions
  unseen: readonly string[]
  onDialog: (dialog: 'new' | 'edit' | 'manage') => void
}
type Item = { key: string; label: string; danger?: boolean }

/** The open view's own actions first, then every view that is not among the tabs, or not in sight there. */
function MoreViews({ list, actions, unseen, onDialog }: MoreProps) {
  const t = useText(text)
  const { current, arrangement } = list
  const own: Item[] = [
    ...(current.view?.mayEdit ? [{ key: 'edit', label: t('rename') }] : []),
    { key: 'duplicate', label: t('duplicate') },
    ...(arrangement.standard === current.key ? [] : [{ key: 'standard', label: t('makeStandard') }]),
    current.isPinned ? { key: 'unpin', label: t('unpin') } : { key: 'pin', label: t('pin') },
    ...(current.view?.mayEdit ? [{ key: 'remove', label: t('remove'), danger: true }] : []),
  ]
  const others = list.tabs.filter((tab) => (!tab.isPinned && tab.key !== current.key) || unseen.includes(tab.key))
  const groups = (['groupMine', 'groupShared', 'groupOthers', 'groupSystem'] as const).flatMap((group) => {
    const tabs = others.filter((tab) => groupOf(tab) === group)
    return tabs.length === 0
      ? []
      : [
          {
            type: 'group' as const,
            key: group,
            label: t(group),
            children: tabs.map((tab) => ({ key: `to:${tab.key}`, label: tab.label })),
          },
        ]
  })
  const act: Record<string, () => void> = {
    edit: () => onDialog('edit'),
    manage: () => onDialog('manage'),
    new: () => onDialog('new'),
    duplicate: () => actions.duplicate(current),
    standard: () => actions.arrange({ ...arrangement, standard: current.key }),
    pin: () => actions.arrange(withPin(arrangement, current.key, true)),
    unpin: () => actions.arrange(withPin(arrangement, current.key, false)),
    remove: () => void (current.view && actions.remove(current.view)),
  }
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        className: 'tall-menu',
        items: [
          { type: 'group', key: 'current', label: current.label, children: own },
          { type: 'divider', key: 'line' },
          ...groups,
          { key: 'new', label: t('newView') },
          { key: 'manage', label: t('manage') },
        ],
        onClick: ({ key }) => (key.startsWith('to:') ? list.choose(key.slice(3)) : act[key]?.()),
      }}
    >
      <button type="button" className="icb" aria-label={t('moreViews')} title={t('moreViews')}>
        <EllipsisOutlined />
      </button>
    </Dropdown>
  )
}

export const groupOf = ({ view }: Tab): 'groupSystem' | 'groupMine' | 'groupShared' | 'groupOthers' => {
  if (!view) return 'groupSystem'
  if (view.isMine) return 'groupMine'
  return view.isForMe ? 'groupShared' : 'groupOthers'
}
