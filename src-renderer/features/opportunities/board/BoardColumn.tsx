import { useDraggable, useDroppable } from '@dnd-kit/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, type ReactNode, useEffect, useRef, useState } from 'react'
import type { Opportunity } from '../../../../src-shared/features/opportunities/model.ts'
import type { Stage } from '../../../../src-shared/features/pipelines/model.ts'
import type { BoardFigure } from '../../../../src-shared/features/views/plain.ts'
import type { Sort } from '../../../../src-shared/kernel/list.ts'
import { useText } from '../../../kernel/text.ts'
import type { OpportunityList } from '../words.ts'
import { CardFace } from './BoardCard.tsx'
import { type CardMove, figuresWith, placeIn, rowsWith } from './boardRows.ts'
import { type ColumnActions, ColumnHead, FoldedColumn } from './ColumnHead.tsx'
import { text } from './text.ts'
import { type Column, useColumnRows } from './useBoard.ts'

const GAP = 8
const HEIGHT = { normal: 88, compact: 60 } as const
const OVERSCAN = 4

/** What the keys need to know of a column. */
export type ColumnHandle = { rows: readonly (Opportunity | undefined)[]; scrollTo: (index: number) => void }
export type Handles = Map<string, ColumnHandle>
export type CardActions = {
  onOpen: (row: Opportunity, at: { index: number; total: number; stage: Stage }) => void
  /** Beside each card, where it is not moved by dragging. */
  menu?: (row: Opportunity) => ReactNode
}

export type BoardColumnProps = {
  list: OpportunityList
  column: Column
  tone: string
  sort: readonly Sort[] | undefined
  moves: readonly CardMove[]
  /** Nothing that arrives is shown: a card is on its way or under the hand. */
  held: boolean
  compact: boolean
  folded: boolean
  figure: BoardFigure
  /** The card under the hand, while this column is where it would fall. */
  incoming: Opportunity | null
  draggedId: string | null
  mayMove: boolean
  tabStop: string | null
  openId: string | null
  handles: Handles
  actions: ColumnActions & CardActions
}

/** A stage: its head and its cards, of which only those that are seen are drawn. */
export const BoardColumn = memo(function BoardColumn(props: BoardColumnProps) {
  const t = useText(text)
  const { column, tone, moves, folded, figure, incoming, draggedId, actions } = props
  const { stage } = column
  const { setNodeRef } = useDroppable({ id: `stage:${stage.id}`, data: { stage } })
  const figures = figuresWith(column.figures, stage, moves)
  const isTarget = incoming !== null && incoming.stageId !== stage.id
  return (
    <section
      ref={setNodeRef}
      data-stage={stage.id}
      className={`column${folded ? ' folded' : ''}${isTarget ? ' target' : ''}${draggedId === null ? '' : ' dragging'}`}
      aria-label={t('column', { stage: stage.name, n: figures.count })}
    >
      {folded ? (
        <FoldedColumn stage={stage} tone={tone} count={figures.count} onFold={actions.onFold} />
      ) : (
        <>
          <ColumnHead stage={stage} tone={tone} figures={figures} figure={figure} actions={actions} />
          <Cards {...props} count={figures.count} />
        </>
      )}
    </section>
  )
})

function Cards({
  list,
  column,
  count,
  sort,
  moves,
  held,
  compact,
  incoming,
  handles,
  ...rest
}: BoardColumnProps & { count: number }) {
  const t = useText(text)
  const { stage } = column
  const scroller = useRef<HTMLDivElement>(null)
  const [range, setRange] = useState({ first: 0, last: 0 })
  const rows = rowsWith(useColumnRows(list, column, { sort, range, held }), stage.id, moves, sort)
  const height = compact ? HEIGHT.compact : HEIGHT.normal
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height + GAP,
    overscan: OVERSCAN,
    getItemKey: (index) => rows[index]?.id ?? `at ${index}`,
    onChange: ({ range: seen }) => {
      const [first, last] = [seen?.startIndex ?? 0, seen?.endIndex ?? 0]
      setRange((old) => (old.first === first && old.last === last ? old : { first, last }))
    },
  })
  useEffect(() => virtual.measure(), [virtual, height])
  useEffect(() => {
    handles.set(stage.id, { rows, scrollTo: (index) => virtual.scrollToIndex(index) })
    return () => void handles.delete(stage.id)
  })
  const lineAt = incoming && incoming.stageId !== stage.id ? placeIn(rows, incoming, sort) : null
  return (
    <div className="column-cards" ref={scroller}>
      <div className="column-run" role="list" style={{ height: Math.max(virtual.getTotalSize(), 0) }}>
        {lineAt !== null && <i className="drop-line" style={{ top: Math.max(0, lineAt * (height + GAP) - GAP / 2 - 1) }} />}
        {virtual.getVirtualItems().map(({ index, key, start }) => (
          <div
            role="listitem"
            key={key}
            data-at={index}
            className="card-place"
            style={{ height, transform: `translateY(${start}px)` }}
          >
            <CardAt row={rows[index]} index={index} total={count} stage={stage} compact={compact} {...rest} />
          </div>
        ))}
      </div>
      {rows.length === 0 && <p className="t3 s12 column-none">{t('noCards')}</p>}
    </div>
  )
}

type CardAtProps = Pick<BoardColumnProps, 'mayMove' | 'tabStop' | 'openId' | 'draggedId' | 'actions'> & {
  row: Opportunity | undefined
  index: number
  total: number
  stage: Stage
  compact: boolean
}

/** A card that is not there yet keeps its place. */
function CardAt({ row, ...rest }: CardAtProps) {
  return row ? <Card row={row} {...rest} /> : <div className="card-wait" />
}

function Card({
  row,
  index,
  total,
  stage,
  compact,
  mayMove,
  tabStop,
  openId,
  draggedId,
  actions,
}: CardAtProps & { row: Opportunity }) {
  const { setNodeRef, listeners } = useDraggable({ id: row.id, data: { row }, disabled: !mayMove })
  const classes = [
    'bare',
    'board-card',
    compact && 'compact',
    openId === row.id && 'open',
    draggedId === row.id && 'gone',
    actions.menu && 'with-menu',
  ]
  return (
    <>
      <button
        type="button"
        ref={setNodeRef}
        className={classes.filter(Boolean).join(' ')}
        data-card={row.id}
        tabIndex={tabStop === row.id ? 0 : -1}
        onClick={() => actions.onOpen(row, { index, total, stage })}
        {...listeners}
      >
        <CardFace row={row} rotDays={stage.rotDays} compact={compact} />
      </button>
      {actions.menu?.(row)}
    </>
  )
}
