import { BankOutlined, ContactsOutlined, HistoryOutlined, RightOutlined, SearchOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Input, Modal } from 'antd'
import { type KeyboardEvent, type ReactNode, useDeferredValue, useEffect, useRef, useState } from 'react'
import type { SearchHit } from '../../src-shared/features/search/contract.ts'
import { Kbd } from '../components/marks.tsx'
import { type Action, matches, useActions } from '../kernel/actions.ts'
import { useApi, useMe } from '../kernel/context.tsx'
import { failureText } from '../kernel/errors.ts'
import { useRecent } from '../kernel/recent.ts'
import { useText } from '../kernel/text.ts'
import { choose, useMode } from './appearance.tsx'
import type { NavItem } from './navigation.tsx'
import { settingsOf } from './SettingsFrame.tsx'
import { text } from './text.ts'

type Entry = {
  id: string
  group: string
  icon: ReactNode
  title: string
  note?: string | null
  /** Found for the words; what one can do is known without asking. */
  isHit?: boolean
  keys?: string | undefined
  run: () => void
}
/** `isOld`: the records are those of words typed before. */
type Found = { entries: Entry[]; isOld: boolean; failed: unknown }
type PaletteProps = { open: boolean; items: readonly NavItem[]; onClose: () => void; onShortcuts: () => void }

/** Ctrl+K: what one can do first, then records; the last opened when nothing is typed. */
export function Palette(props: PaletteProps) {
  return (
    <Modal
      open={props.open}
      onCancel={props.onClose}
      footer={null}
      closable={false}
      width={600}
      style={{ top: 96 }}
      destroyOnHidden
    >
      <PaletteBody {...props} />
    </Modal>
  )
}

function PaletteBody({ items, onClose, onShortcuts }: PaletteProps) {
  const t = useText(text)
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const { entries, isOld, failed } = useEntries(typed, items, onShortcuts)
  const current = Math.min(at, Math.max(0, entries.length - 1))
  const run = (entry: Entry | undefined) => {
    if (!entry) return
    onClose()
    entry.run()
  }
  const enter = useEnter(entries[current], isOld, run)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') setAt(Math.min(current + 1, entries.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(current - 1, 0))
    else if (event.key === 'Enter') enter.ask()
    else return
    event.preventDefault()
  }
  return (
    <div className="palette" onKeyDown={onKeyDown}>
      <div className="palette-input">
        <Input
          autoFocus
          variant="borderless"
          size="large"
          prefix={<SearchOutlined className="t3" />}
          placeholder={t('palettePlaceholder')}
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-autocomplete="list"
          {...(entries.length > 0 && { 'aria-activedescendant': optionId(current) })}
          aria-label={t('search')}
          value={typed}
          onChange={(event) => {
            enter.forget()
            setTyped(event.target.value)
            setAt(0)
          }}
        />
      </div>
      <div className="palette-list" id="palette-list" role="listbox">
        {entries.map((entry, i) => (
          <Line
            key={entry.id}
            id={optionId(i)}
            entry={entry}
            isFirst={entries[i - 1]?.group !== entry.group}
            on={i === current}
            onPick={() => run(entry)}
            onHover={() => setAt(i)}
          />
        ))}
        {entries.length === 0 && !isOld && (
          <div className="t3 nothing">
            {failed ? failureText(failed, 'search', 'load') : t('paletteNothing', { text: typed })}
          </div>
        )}
      </div>
      <div className="t3 s12 palette-group">{t('paletteHint')}</div>
    </div>
  )
}

const optionId = (index: number): string => `palette-${index}`

/** Enter before the answer is there means the first of what is being looked for, not what an earlier prefix found. */
function useEnter(entry: Entry | undefined, isOld: boolean, run: (entry: Entry | undefined) => void) {
  const [isAsked, setIsAsked] = useState(false)
  const latest = useRef(run)
  latest.current = run
  const isReady = !isOld || (entry !== undefined && !entry.isHit)
  const goes = isAsked && isReady
  useEffect(() => {
    if (!goes) return
    setIsAsked(false)
    latest.current(entry)
  }, [goes, entry])
  return { ask: () => (isReady ? run(entry) : setIsAsked(true)), forget: () => setIsAsked(false) }
}

function Line({
  id,
  entry,
  isFirst,
  on,
  onPick,
  onHover,
}: {
  id: string
  entry: Entry
  isFirst: boolean
  on: boolean
  onPick: () => void
  onHover: () => void
}) {
  const line = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (on) line.current?.scrollIntoView({ block: 'nearest' })
  }, [on])
  return (
    <>
      {isFirst && <div className="palette-group">{entry.group}</div>}
      <button
        type="button"
        ref={line}
        id={id}
        tabIndex={-1}
        role="option"
        aria-selected={on}
        className={`bare palette-item${on ? ' on' : ''}`}
        onClick={onPick}
        onMouseMove={onHover}
      >
        <span className="t3">{entry.icon}</span>
        <span className="el">{entry.title}</span>
        {entry.note && <span className="t3 s12 el">{entry.note}</span>}
        <span className="grow" />
        {entry.keys && <Kbd>{entry.keys}</Kbd>}
      </button>
    </>
  )
}

const ICONS: Record<string, ReactNode> = { customer: <BankOutlined />, contact: <ContactsOutlined /> }

function useEntries(typed: string, items: readonly NavItem[], onShortcuts: () => void): Found {
  const t = useText(text)
  const navigate = useNavigate()
  const recent = useRecent()
  const actions = useAllActions(items, onShortcuts)
  const words = useDeferredValue(typed.trim())
  const found = useQuery(
    useApi().search.records.queryOptions({
      input: { text: words, limit: 12 },
      enabled: words !== '',
      placeholderData: keepPreviousData,
      meta: { shown: true },
    }),
  )
  const open = (to: string) => () => void navigate({ to })
  const acting = actions
    .filter((action) => matches(action, typed))
    .map(
      (action): Entry => ({
        id: action.id,
        group: t('groupAct'),
        icon: <RightOutlined />,
        title: action.label,
        keys: action.keys,
        run: action.run,
      }),
    )
  if (words === '') {
    const opened = recent.map(
      (r): Entry => ({ id: r.to, group: t('groupRecent'), icon: <HistoryOutlined />, title: r.title, run: open(r.to) }),
    )
    return { entries: [...opened, ...acting], isOld: words !== typed.trim(), failed: null }
  }
  const hits = (found.data?.hits ?? []).map(
    (hit): Entry => ({
      id: hit.id,
      isHit: true,
      group: t(hit.entity === 'contact' ? 'contacts' : 'customers'),
      icon: ICONS[hit.entity],
      title: hit.title,
      note: hit.subtitle,
      run: open(addressOf(hit)),
    }),
  )
  const sorted = [...hits.filter((h) => h.group === t('customers')), ...hits.filter((h) => h.group !== t('customers'))]
  const isOld = words !== typed.trim() || found.isPlaceholderData || found.isPending
  return { entries: [...acting, ...sorted], isOld, failed: found.error }
}

const addressOf = (hit: SearchHit): string => `/customers/${hit.entity === 'customer' ? hit.id : (hit.customerId ?? hit.id)}`

function useAllActions(items: readonly NavItem[], onShortcuts: () => void): Action[] {
  const t = useText(text)
  const navigate = useNavigate()
  const mode = useMode()
  const ofPage = useActions()
  const places = items.map(
    (item): Action => ({
      id: item.to,
      label: t('goTo', { where: t(item.word) }),
      pinyin: `qu ${item.pinyin}`,
      ...(item.key && { keys: `G ${item.key}` }),
      run: () => void navigate({ to: item.to }),
    }),
  )
  const settings = settingsOf(useMe()).map(
    (page): Action => ({
      id: page.path,
      label: t('goTo', { where: t(page.word) }),
      pinyin: page.pinyin,
      run: () => void navigate({ to: page.path }),
    }),
  )
  return [
    ...ofPage,
    ...places,
    ...settings,
    {
      id: 'theme',
      label: t('toggleTheme'),
      pinyin: 'qian se shen se',
      run: () => choose({ mode: mode === 'dark' ? 'light' : 'dark' }),
    },
    { id: 'keys', label: t('shortcutSheet'), pinyin: 'kuai jie jian', keys: '?', run: onShortcuts },
  ]
}
