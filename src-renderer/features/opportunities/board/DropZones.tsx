import { StopOutlined, TrophyOutlined } from '@ant-design/icons'
import { useDroppable } from '@dnd-kit/core'
import type { ReactNode } from 'react'
import type { Stage } from '../../../../src-shared/features/pipelines/model.ts'
import { Kbd } from '../../../components/marks.tsx'
import { useText } from '../../../kernel/text.ts'
import { text } from './text.ts'

type DropZonesProps = { stages: readonly Stage[]; isShown: boolean; over: string | null }

/** 赢单 and 输单 at the lower edge, there while a card is under the hand. */
export function DropZones({ stages, isShown, over }: DropZonesProps) {
  const t = useText(text)
  const won = stages.find(({ kind }) => kind === 'won')
  const lost = stages.find(({ kind }) => kind === 'lost')
  return (
    <div className={`drop-zones${isShown ? ' on' : ''}`} aria-hidden={!isShown}>
      {won && (
        <Zone stage={won} isOver={over === `zone:${won.id}`} icon={<TrophyOutlined />} word={won.name} hint={t('wonHint')} />
      )}
      {lost && (
        <Zone stage={lost} isOver={over === `zone:${lost.id}`} icon={<StopOutlined />} word={lost.name} hint={t('lostHint')} />
      )}
      <div className="drop-keys s12 t2">
        <span>
          <Kbd>Esc</Kbd> {t('cancelDrag')}
        </span>
        <span>
          <Kbd>Ctrl Z</Kbd> {t('undoLast')}
        </span>
      </div>
    </div>
  )
}

type ZoneProps = { stage: Stage; isOver: boolean; icon: ReactNode; word: string; hint: string }
function Zone({ stage, isOver, icon, word, hint }: ZoneProps) {
  // Always laid out, so that it is known where it is when the dragging begins.
  const { setNodeRef } = useDroppable({ id: `zone:${stage.id}`, data: { stage } })
  return (
    <div ref={setNodeRef} className={`drop-zone ${stage.kind}${isOver ? ' over' : ''}`} data-zone={stage.kind}>
      {icon} <b>{word}</b> <span className="t2 s12">{hint}</span>
    </div>
  )
}
