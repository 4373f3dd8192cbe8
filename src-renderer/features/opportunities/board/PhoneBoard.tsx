import { EllipsisOutlined } from '@ant-design/icons'
import { DndContext } from '@dnd-kit/core'
import { Dropdown } from 'antd'
import { useMemo, useRef, useState } from 'react'
import type { Opportunity } from '../../../../src-shared/features/opportunities/model.ts'
import { useLatest } from '../../../components/table/useListing.ts'
import { useCan } from '../../../kernel/context.tsx'
import { formatNumber } from '../../../kernel/format.ts'
import { useText } from '../../../kernel/text.ts'
import { BoardColumn, type BoardColumnProps, type Handles } from './BoardColumn.tsx'
import { figuresWith } from './boardRows.ts'
import { nextFigure } from './layout.ts'
import { placeAt, type ShownBoard } from './shown.ts'
import { stageTone } from './stageTone.ts'
import { text } from './text.ts'

/** One stage at a time: chips for the others; a card goes to another stage from its own menu. */
export function PhoneBoard({ list, board, columns, cards, held, openId, onOpen, onAdd, onRows }: ShownBoard) {
  const t = useText(text)
  const mayMove = useCan('opportunities.edit')
  const handles = useRef<Handles>(new Map()).current
  const [chosen, setChosen] = useState<string | null>(null)
  const filled = columns.find(({ figures }) => figures.count > 0) ?? columns[0]
  const column = columns.find(({ stage }) => stage.id === chosen) ?? filled
  const stages = columns.map(({ stage }) => stage)
  const { layout } = list
  const mayAdd = onAdd !== null
  const latest = useLatest({ sort: board.sort, onOpen, onAdd, onRows, cards, layout, stages })
  const actions = useMemo(
    (): BoardColumnProps['actions'] => ({
      onOpen: (row, at) => latest.current.onOpen(row, { ...placeAt(at, latest.current.sort), step: () => undefined }),
      onAdd: mayAdd ? (stage) => latest.current.onAdd?.(stage) : null,
      onRows: (stage) => latest.current.onRows(stage),
      onFold: null,
      onFigure: () => {
        const { board: now } = latest.current.layout
        latest.current.layout.setBoard({ ...now, figure: nextFigure(now.figure) })
      },
      ...(mayMove && {
        menu: (row: Opportunity) => (
          <CardMenu row={row} stages={latest.current.stages} onMove={(stage) => latest.current.cards.to(row, stage)} />
        ),
      }),
    }),
    [mayMove, mayAdd, latest],
  )
  if (!column) return null
  return (
    <div className="phone-board">
      <div className="stage-chips" role="group" aria-label={t('stageChips')}>
        {columns.map(({ stage, figures }) => (
          <button
            type="button"
            key={stage.id}
            className={`bare stage-chip${stage.id === column.stage.id ? ' on' : ''}`}
            aria-pressed={stage.id === column.stage.id}
            onClick={() => setChosen(stage.id)}
          >
            <i className="dot" style={{ background: stageTone(stage, stages) }} />
            {stage.name}
            <span className="num t3">{formatNumber(figuresWith(figures, stage, cards.moves).count)}</span>
          </button>
        ))}
      </div>
      <DndContext>
        <BoardColumn
          key={column.stage.id}
          list={list}
          column={column}
          tone={stageTone(column.stage, stages)}
          sort={board.sort}
          moves={cards.moves}
          held={held}
          compact={layout.board.compact}
          folded={false}
          figure={layout.board.figure}
          incoming={null}
          draggedId={null}
          mayMove={false}
          tabStop={column.first[0]?.id ?? null}
          openId={openId}
          handles={handles}
          actions={actions}
        />
      </DndContext>
    </div>
  )
}

type CardMenuProps = {
  row: Opportunity
  stages: readonly BoardColumnProps['column']['stage'][]
  onMove: (stage: BoardColumnProps['column']['stage']) => void
}
function CardMenu({ row, stages, onMove }: CardMenuProps) {
  const t = useText(text)
  const others = stages.filter(({ id }) => id !== row.stageId)
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          {
            type: 'group',
            key: 'to',
            label: t('moveTo'),
            children: others.map(({ id, name }) => ({ key: id, label: name })),
          },
        ],
        onClick: ({ key }) => {
          const stage = others.find(({ id }) => id === key)
          if (stage) onMove(stage)
        },
      }}
    >
      <button type="button" className="icb card-menu" aria-label={t('cardMenu', { name: row.name })}>
        <EllipsisOutlined />
      </button>
    </Dropdown>
  )
}
