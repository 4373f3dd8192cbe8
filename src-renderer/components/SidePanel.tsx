import { ArrowLeftOutlined, CloseOutlined, DownOutlined, ExpandAltOutlined, UpOutlined } from '@ant-design/icons'
import { type RouterHistory, useRouter } from '@tanstack/react-router'
import { type PointerEvent, type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react'
import { formatNumber } from '../kernel/format.ts'
import { useShortcut } from '../kernel/keyboard.ts'
import { readPreference, writePreference } from '../kernel/preferences.ts'
import { usePanelOpen } from '../kernel/panel.ts'
import { useIsPhone } from '../kernel/screen.ts'
import { useText } from '../kernel/text.ts'
import { IconButton } from './page.tsx'
import { text } from './text.ts'

const MIN = 360
const STANDARD = 420
const stored = () => Number(readPreference('panel.width')) || STANDARD
const clamp = (width: number) => Math.round(Math.max(MIN, Math.min(width, window.innerWidth / 2)))

type SidePanelProps = {
  /** Null: the list does not know where the record stands, and cannot step from it. */
  position?: { index: number; total: number | undefined } | null | undefined
  onPrevious?: (() => void) | undefined
  onNext?: (() => void) | undefined
  onOpen?: () => void
  onClose: () => void
  children: ReactNode
}

/**
 * The record beside its list: 420 px, drawn between 360 and half the window; on a phone the whole window, which the phone's own way back
 * closes. The list keeps its filter, scroll and selection.
 */
export function SidePanel(props: SidePanelProps) {
  return useIsPhone() ? <WholeWindow {...props} /> : <Beside {...props} />
}

/** The panel of a phone lies over the list. */
const isUnder = (state: object): boolean => 'panel' in state

/** A step of its own in the history of the browser: going back closes the panel, and the list beneath stays where it was. */
function useWayBack(onClose: () => void): () => void {
  const { history } = useRouter()
  const close = useEffectEvent(onClose)
  useEffect(() => {
    if (!isUnder(history.location.state)) history.push(history.location.href, { panel: true })
    passByEmptySteps(history)
    opened++
    const stop = history.subscribe(({ location }: { location: { state: object } }) => {
      if (!isUnder(location.state)) close()
    })
    return () => {
      opened--
      stop()
    }
  }, [history])
  return () => history.back()
}

let opened = 0
const passing = new WeakSet<RouterHistory>()
/** Who went on from a panel to a record comes back to the list: the step at which the panel stood shows nothing any more. */
function passByEmptySteps(history: RouterHistory): void {
  if (passing.has(history)) return
  passing.add(history)
  history.subscribe(({ location, action }) => {
    if (action.type === 'BACK' && isUnder(location.state) && opened === 0) history.back()
  })
}

function WholeWindow({ position, onPrevious, onNext, onOpen, onClose, children }: SidePanelProps) {
  const t = useText(text)
  const back = useWayBack(onClose)
  useShortcut('Escape', { label: t('closePanel'), group: '' }, back)
  return (
    <aside className="panel side-panel">
      <div className="row panel-head">
        <IconButton icon={<ArrowLeftOutlined />} title={t('back')} onClick={back} />
        <PlaceInList position={position} />
        <Steps position={position} onPrevious={onPrevious} onNext={onNext} />
        {onOpen && <IconButton icon={<ExpandAltOutlined />} title={t('openRecord')} onClick={onOpen} />}
      </div>
      <div className="panel-body scroll-y grow">{children}</div>
    </aside>
  )
}

const PlaceInList = ({ position }: Pick<SidePanelProps, 'position'>) => (
  <span className="t3 s12 num grow">
    {position && `${formatNumber(position.index + 1)}${position.total === undefined ? '' : ` / ${formatNumber(position.total)}`}`}
  </span>
)

function Steps({ position, onPrevious, onNext }: Pick<SidePanelProps, 'position' | 'onPrevious' | 'onNext'>) {
  const t = useText(text)
  return (
    <>
      {onPrevious && (
        <IconButton icon={<UpOutlined />} title={t('previous')} keys="↑" disabled={position === null} onClick={onPrevious} />
      )}
      {onNext && <IconButton icon={<DownOutlined />} title={t('next')} keys="↓" disabled={position === null} onClick={onNext} />}
    </>
  )
}

function Beside({ position, onPrevious, onNext, onOpen, onClose, children }: SidePanelProps) {
  const t = useText(text)
  const [width, setWidth] = useState(() => clamp(stored()))
  const start = useRef({ x: 0, width: 0 })
  const drag = (event: PointerEvent) => {
    if (event.buttons !== 1) return
    const next = clamp(start.current.width + start.current.x - event.clientX)
    setWidth(next)
    writePreference('panel.width', String(next))
  }
  usePanelOpen()
  useShortcut('Escape', { label: t('closePanel'), group: '' }, onClose)
  return (
    <aside className="panel side-panel" style={{ width }}>
      <div
        className="panel-edge"
        onPointerDown={(event) => {
          start.current = { x: event.clientX, width }
          event.currentTarget.setPointerCapture(event.pointerId)
        }}
        onPointerMove={drag}
        onDoubleClick={() => setWidth(STANDARD)}
      />
      <div className="row panel-head">
        <PlaceInList position={position} />
        <Steps position={position} onPrevious={onPrevious} onNext={onNext} />
        <span className="vr" />
        {onOpen && <IconButton icon={<ExpandAltOutlined />} title={t('openRecord')} keys="Enter" onClick={onOpen} />}
        <IconButton icon={<CloseOutlined />} title={t('closePanel')} keys="Esc" onClick={onClose} />
      </div>
      <div className="panel-body scroll-y grow">{children}</div>
    </aside>
  )
}
