import { ClockCircleOutlined } from '@ant-design/icons'
import { memo } from 'react'
import { ageOf } from '../../../../src-shared/features/opportunities/board.ts'
import type { Opportunity } from '../../../../src-shared/features/opportunities/model.ts'
import { Avatar } from '../../../components/Avatar.tsx'
import { useClock } from '../../../kernel/context.tsx'
import { businessDateOf, type Clock, daysSince, formatDate, formatMoneyShort, partsIn } from '../../../kernel/format.ts'
import { useText } from '../../../kernel/text.ts'
import { text as words } from '../text.ts'
import { type BoardWord, text } from './text.ts'
import type { Translate } from '../../../kernel/text.ts'

/** When the next step is due as a card says it: the day, today's hour, or how long ago it should have been. */
export function dueText(t: Translate<BoardWord>, at: string, clock: Clock): { words: string; tone: 'ink' | 'warn' | 'bad' } {
  const day = businessDateOf(at, clock.zone)
  const since = daysSince(day, clock)
  if (since > 0) return { words: t('overdueBy', { n: since }), tone: 'bad' }
  if (since < 0) return { words: formatDate(day, clock), tone: 'ink' }
  const { hour, minute } = partsIn(at, clock.zone)
  return { words: t('todayAt', { at: `${hour}:${minute}` }), tone: Date.parse(at) < clock.nowMs ? 'bad' : 'warn' }
}

type CardFaceProps = { row: Opportunity; rotDays: number | null; compact: boolean }

/** What stands on a card: name and amount, whose it is, the owner, what comes next, how long it has stood. Five things, three lines. */
export const CardFace = memo(function CardFace({ row, rotDays, compact }: CardFaceProps) {
  const t = useText(text)
  const tw = useText(words)
  const clock = useClock()
  const age = ageOf(row, rotDays, clock.nowMs)
  const due = row.nextAt === null || row.state !== 'open' ? null : dueText(t, row.nextAt, clock)
  const customer = row.customerId === null ? '' : (row.customerName ?? tw('customerUnseen'))
  const owner = row.ownerName && <Avatar name={row.ownerName} size={20} />
  const end = (
    <>
      {due && (
        <span className={`row g4 num ${due.tone === 'ink' ? 't3' : `t${due.tone}`}`}>
          <ClockCircleOutlined aria-label={t('nextAt')} />
          {due.words}
        </span>
      )}
      {age && (
        <span className={`num age-${age.tone}`}>
          {t('days', { n: age.days })}
          {age.tone !== 'fresh' && <span className="sr-only"> {t(age.tone)}</span>}
        </span>
      )}
    </>
  )
  return (
    <span className={`card-face ${age ? `edge-${age.tone}` : `edge-${row.state}`}`}>
      <span className="row g8">
        <b className="el grow">{row.name}</b>
        {row.amount !== null && <b className="num">{formatMoneyShort(row.amount)}</b>}
      </span>
      {compact ? (
        <span className="row g6 s12">
          {owner}
          <span className="el grow t2">{customer}</span>
          {end}
        </span>
      ) : (
        <>
          <span className="el t2 block">{customer || '\u00a0'}</span>
          <span className="row g6 s12">
            {owner}
            <span className="el grow t2">{row.ownerName}</span>
            {end}
          </span>
        </>
      )}
    </span>
  )
})
