import { type KeyboardEvent, type RefObject, useState } from 'react'
import type { Opportunity } from '../../../../src-shared/features/opportunities/model.ts'
import type { Stage } from '../../../../src-shared/features/pipelines/model.ts'
import type { Handles } from './BoardColumn.tsx'

const SIDEWAYS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 }
const UPWARDS: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity }
/** A card that has to be scrolled to, loaded or moved first is waited for this many frames. */
const FRAMES = 60

type BoardKeysOptions = {
  board: RefObject<HTMLElement | null>
  handles: Handles
  /** Those that lie open, in their order. */
  stages: readonly Stage[]
  /** @returns whether it is on its way */
  onMove: (row: Opportunity, stage: Stage) => boolean
  onFocus: (row: Opportunity, at: { index: number; total: number; stage: Stage }) => void
}
type Place = { stage: Stage; index: number; row: Opportunity }

/** Arrows go from card to card, Alt with left or right takes the card along. One card of the board is a stop of Tab. */
export function useBoardKeys({ board, handles, stages, onMove, onFocus }: BoardKeysOptions) {
  const [tabStop, setTabStop] = useState<{ stageId: string; id: string } | null>(null)

  const placeOf = (element: Element | null): Place | null => {
    const id = element?.closest('[data-card]')?.getAttribute('data-card')
    const stage = stages.find((one) => one.id === element?.closest('[data-stage]')?.getAttribute('data-stage'))
    const rows = stage ? (handles.get(stage.id)?.rows ?? []) : []
    const index = rows.findIndex((row) => row?.id === id)
    const row = rows[index]
    return stage && row ? { stage, index, row } : null
  }

  const focusAt = (stage: Stage, indexOf: (rows: readonly (Opportunity | undefined)[]) => number, frames = FRAMES): void => {
    const handle = handles.get(stage.id)
    const index = handle ? indexOf(handle.rows) : -1
    const row = handle?.rows[index]
    if (handle && index >= 0) handle.scrollTo(index)
    const card = row && board.current?.querySelector<HTMLElement>(`[data-stage="${stage.id}"] [data-card="${row.id}"]`)
    if (card && row) {
      card.focus({ preventScroll: true })
      card.scrollIntoView({ block: 'nearest', inline: 'nearest' })
      onFocus(row, { index, total: handle?.rows.length ?? 0, stage })
    } else if (frames > 0) requestAnimationFrame(() => focusAt(stage, indexOf, frames - 1))
  }

  const sideways = ({ stage, index, row }: Place, by: number, alt: boolean): void => {
    const at = stages.findIndex(({ id }) => id === stage.id)
    if (alt) {
      const next = stages[at + by]
      if (next && onMove(row, next)) focusAt(next, (rows) => rows.findIndex((one) => one?.id === row.id))
      return
    }
    // Empty columns are passed over.
    for (let to = at + by; stages[to]; to += by) {
      const next = stages[to] as Stage
      const { length } = handles.get(next.id)?.rows ?? []
      if (length > 0) return focusAt(next, () => Math.min(index, length - 1))
    }
  }

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    const side = SIDEWAYS[event.key]
    const up = UPWARDS[event.key]
    const place = placeOf(event.target as Element)
    if (!place || (side === undefined && (up === undefined || event.altKey))) return
    event.preventDefault()
    event.stopPropagation()
    if (side !== undefined) sideways(place, side, event.altKey)
    else if (up !== undefined) stepFrom(place, up)
  }

  const stepFrom = ({ stage, index }: Pick<Place, 'stage' | 'index'>, by: number): void =>
    focusAt(stage, (rows) => Math.max(0, Math.min(rows.length - 1, index + by)))

  const remember = (target: EventTarget): void => {
    const place = placeOf(target as Element)
    if (place) setTabStop((old) => (old?.id === place.row.id ? old : { stageId: place.stage.id, id: place.row.id }))
  }
  return { tabStop, onKeyDown, onFocusCapture: remember, stepFrom }
}
