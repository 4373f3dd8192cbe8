import { SearchOutlined } from '@ant-design/icons'
import { Input, Modal } from 'antd'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { LONGEST_SEARCH } from '../../src-shared/kernel/searchWords.ts'
import { Kbd } from '../components/marks.tsx'
import { failureText } from '../kernel/errors.ts'
import { useText } from '../kernel/text.ts'
import type { NavItem } from './navigation.tsx'
import { type Entry, useEntries } from './paletteEntries.tsx'
import { text } from './text.ts'

type PaletteProps = { open: boolean; items: readonly NavItem[]; onClose: () => void; onShortcuts: () => void }

/** Ctrl+K: what one can do first, then records; the last opened when nothing is typed. */
export function Palette(props: PaletteProps) {
  // Opened again while it still fades, it begins anew: what was typed before was for the one that goes.
  const [{ wasOpen, turn }, setTurn] = useState({ wasOpen: props.open, turn: 0 })
  if (wasOpen !== props.open) setTurn({ wasOpen: props.open, turn: props.open ? turn + 1 : turn })
  return (
    <Modal
      open={props.open}
      onCancel={props.onClose}
      title={<PaletteName />}
      styles={{ header: { display: 'none' } }}
      footer={null}
      closable={false}
      width={600}
      style={{ top: 96 }}
      destroyOnHidden
    >
      <PaletteBody key={turn} {...props} />
    </Modal>
  )
}

/** Read out, not drawn: the field says the same to who sees. */
function PaletteName() {
  return useText(text)('search')
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
          maxLength={LONGEST_SEARCH}
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
