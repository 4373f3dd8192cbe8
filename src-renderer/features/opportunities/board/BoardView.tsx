import './board.css'
import {
  type Collision,
  type CollisionDetection,
  DndContext,
  DragOverlay,
  MouseSensor,
  pointerWithin,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { Suspense, useMemo, useRef, useState } from 'react'
import type { Opportunity } from '../../../../src-shared/features/opportunities/model.ts'
import type { Stage } from '../../../../src-shared/features/pipelines/model.ts'
import type { BoardLayout } from '../../../../src-shared/features/views/plain.ts'
import { LoadFailed, SkeletonRows } from '../../../components/states.tsx'
import { useLatest } from '../../../components/table/useListing.ts'
import { nothingFound } from '../../../components/views/nothingFound.ts'
import { useCan } from '../../../kernel/context.tsx'
import { useShortcut } from '../../../kernel/keyboard.ts'
import { later } from '../../../kernel/later.ts'
import { useIsPhone, useStillness } from '../../../kernel/screen.ts'
import { useText } from '../../../kernel/text.ts'
import { CardFace } from './BoardCard.tsx'
import { BoardColumn, type BoardColumnProps, type Handles } from './BoardColumn.tsx'
import { DropZones } from './DropZones.tsx'
import { nextFigure, foldedBy } from './layout.ts'
import { PhoneBoard } from './PhoneBoard.tsx'
import { type At, type BoardViewProps, placeAt, type ShownBoard } from './shown.ts'
import { stageTone } from './stageTone.ts'
import { text } from './text.ts'
import { useBoard } from './useBoard.ts'
import { useBoardKeys } from './useBoardKeys.ts'
import { type CardMoves, useCardMoves } from './useCardMoves.ts'

const MoveDialog = later(() => import('../MoveDialog.tsx').then((module) => module.MoveDialog))

/** 看板: the stages of a pipeline side by side, cards that are drawn from one to the next. */
export function BoardView(props: BoardViewProps) {
  const { list } = props
  const [dragged, setDragged] = useState<Opportunity | null>(null)
  const cards = useCardMoves()
  const held = dragged !== null || cards.moves.length > 0
  const board = useBoard(list, held)
  const isPhone = useIsPhone()
  if (board.error) return <LoadFailed error={board.error} feature="opportunities" onRetry={board.refetch} />
  if (!board.columns) return <SkeletonRows rows={10} height={88} />
  const isEmpty = board.columns.every(({ figures }) => figures.count === 0) && cards.moves.length === 0
  if (isEmpty && nothingFound(list).conditions > 0) return <div className="board-empty">{props.empty}</div>
  const key = `${list.resultKey} ${board.pipeline?.id}`
  const shown = { ...props, board, columns: board.columns, cards, held }
  return (
    <>
      {isPhone ? <PhoneBoard key={key} {...shown} /> : <Columns key={key} {...shown} dragged={dragged} onDragged={setDragged} />}
      <Asking cards={cards} />
    </>
  )
}

function Asking({ cards }: { cards: CardMoves }) {
  const { asking } = cards
  return (
    <Suspense>
      {asking && (
        <MoveDialog
          row={asking.row}
          stage={asking.stage}
          isPending={cards.isAnswering}
          onMove={cards.answer}
          onClose={cards.cancel}
        />
      )}
    </Suspense>
  )
}

type ColumnsProps = ShownBoard & { dragged: Opportunity | null; onDragged: (row: Opportunity | null) => void }

/** A zone lies over the columns: it comes first. Beside everything a card falls nowhere. */
const underPointer: CollisionDetection = (args) => {
  const hits = pointerWithin(args)
  const zone = hits.find(({ id }: Collision) => String(id).startsWith('zone:'))
  return zone ? [zone] : hits.slice(0, 1)
}

function Columns({ dragged, onDragged, ...shown }: ColumnsProps) {
  const t = useText(text)
  const { list, board, columns, cards } = shown
  const still = useStillness()
  const [over, setOver] = useState<string | null>(null)
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 4 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 6 } }),
  )
  const stages = useMemo(() => columns.map(({ stage }) => stage), [columns])
  const stop = () => {
    onDragged(null)
    setOver(null)
  }
  // Escape belongs to the card under the hand, not to the panel beside the board.
  useShortcut('Escape', dragged ? { label: t('cancelDrag'), group: t('board') } : null, stop)
  const rotDays = stages.find(({ id }) => id === dragged?.stageId)?.rotDays ?? null
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={underPointer}
      onDragStart={({ active }) => onDragged(active.data.current?.['row'] as Opportunity)}
      onDragOver={({ over: now }) => setOver(now ? String(now.id) : null)}
      onDragEnd={({ active, over: now }) => {
        const stage = now?.data.current?.['stage'] as Stage | undefined
        const row = active.data.current?.['row'] as Opportunity
        stop()
        if (stage) cards.to(row, stage)
      }}
      onDragCancel={stop}
    >
      <Lanes {...shown} stages={stages} dragged={dragged} over={over} />
      <DropZones stages={stages} isShown={dragged !== null} over={over} />
      <DragOverlay dropAnimation={null}>
        {dragged && (
          <div className={`board-card carried${still ? '' : ' tilted'}${list.layout.board.compact ? ' compact' : ''}`}>
            <CardFace row={dragged} rotDays={rotDays} compact={list.layout.board.compact} />
          </div>
        )}
      </DragOverlay>
      {board.capped && <p className="board-note t3 s12">{t('capped')}</p>}
    </DndContext>
  )
}

type LanesProps = ShownBoard & { stages: readonly Stage[]; dragged: Opportunity | null; over: string | null }
function Lanes({ list, board, columns, cards, held, stages, dragged, over, openId, onOpen, onAdd, onRows }: LanesProps) {
  const t = useText(text)
  const element = useRef<HTMLDivElement>(null)
  const handles = useRef<Handles>(new Map()).current
  const [said, setSaid] = useState('')
  const mayMove = useCan('opportunities.edit')
  const { layout } = list
  const isFolded = foldedBy(columns, layout.board.folded)
  const visible = columns.filter(({ figures }) => !layout.board.hideEmpty || figures.count > 0 || dragged !== null)
  const open = visible.flatMap(({ stage }) => (isFolded(stage) ? [] : [stage]))

  const move = (row: Opportunity, stage: Stage): boolean => {
    const goes = mayMove && cards.to(row, stage)
    const total = (handles.get(stage.id)?.rows.length ?? 0) + 1
    setSaid(goes ? t('arrived', { name: row.name, stage: stage.name, at: 1, n: total }) : t('asks', { stage: stage.name }))
    return goes
  }
  const keys = useBoardKeys({
    board: element,
    handles,
    stages: open,
    onMove: move,
    onFocus: (row, at) => {
      if (shown.current.openId !== null) shown.current.openCard(row, at)
    },
  })
  const openCard = (row: Opportunity, at: At) => onOpen(row, { ...placeAt(at, board.sort), step: (by) => keys.stepFrom(at, by) })
  const actions = useColumnActions(list, { openCard, onAdd, onRows })
  const shown = useLatest({ openId, openCard })
  const first = visible.find(({ stage, first: rows }) => !isFolded(stage) && rows.length > 0)
  const tabStop =
    keys.tabStop ?? (first?.first[0] ? { stageId: first.stage.id as string, id: first.first[0].id as string } : null)
  return (
    <div
      ref={element}
      className={`board${board.isOld ? ' old' : ''}`}
      role="group"
      aria-label={t('board')}
      aria-describedby="board-keys"
      onKeyDown={keys.onKeyDown}
      onFocusCapture={({ target }) => keys.onFocusCapture(target)}
    >
      {visible.map((column) => (
        <BoardColumn
          key={column.stage.id}
          list={list}
          column={column}
          tone={stageTone(column.stage, stages)}
          sort={board.sort}
          moves={cards.moves}
          held={held}
          compact={layout.board.compact}
          folded={isFolded(column.stage)}
          figure={layout.board.figure}
          incoming={over === `stage:${column.stage.id}` ? dragged : null}
          draggedId={dragged?.id ?? null}
          mayMove={mayMove}
          tabStop={tabStop?.stageId === column.stage.id ? tabStop.id : null}
          openId={openId}
          handles={handles}
          actions={actions}
        />
      ))}
      <span id="board-keys" className="sr-only">
        {t('keyHelp')}
      </span>
      <span className="sr-only" aria-live="polite">
        {said}
      </span>
    </div>
  )
}

type Acting = { openCard: (row: Opportunity, at: At) => void } & Pick<ShownBoard, 'onAdd' | 'onRows'>
/** One object for as long as the board is shown, so that a column is drawn again only for what changes in it. */
function useColumnActions({ layout }: ShownBoard['list'], acting: Acting): BoardColumnProps['actions'] {
  const latest = useLatest({ ...acting, layout })
  const mayAdd = acting.onAdd !== null
  return useMemo(() => {
    const set = (next: Partial<BoardLayout>) => {
      const { board, setBoard } = latest.current.layout
      setBoard({ ...board, ...next })
    }
    return {
      onOpen: (row, at) => latest.current.openCard(row, at),
      onAdd: mayAdd ? (stage) => latest.current.onAdd?.(stage) : null,
      onRows: (stage) => latest.current.onRows(stage),
      onFold: (stage, folded) => set({ folded: { ...latest.current.layout.board.folded, [stage.id]: folded } }),
      onFigure: () => set({ figure: nextFigure(latest.current.layout.board.figure) }),
    }
  }, [mayAdd, latest])
}
