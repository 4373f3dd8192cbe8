import './board.css'
import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { type ColumnOf, type Forecast, monthLater } from '../../../../src-shared/features/opportunities/board.ts'
import type { Opportunity } from '../../../../src-shared/features/opportunities/model.ts'
import type { Rule, Sort } from '../../../../src-shared/kernel/list.ts'
import { IconButton } from '../../../components/page.tsx'
import { LoadFailed, SkeletonRows } from '../../../components/states.tsx'
import { useApi, useClock } from '../../../kernel/context.tsx'
import { businessDateOf, formatNumber } from '../../../kernel/format.ts'
import { type Translate, useText } from '../../../kernel/text.ts'
import type { OpportunityList } from '../words.ts'
import { usePipelines } from '../words.ts'
import { CardFace } from './BoardCard.tsx'
import { columnRules, openRules, wonRules } from './forecastRules.ts'
import { useMoneyText } from './money.ts'
import { type BoardWord, text } from './text.ts'
import type { CardPlace } from '../../lists/public.ts'

const MONTHS = 6
const CARDS = 40
/** Open ones by the day they are expected on, then those that were won. */
const ORDER: readonly Sort[] = [
  { field: 'state', direction: 'asc' },
  { field: 'expectedOn', direction: 'asc' },
]

type ForecastViewProps = {
  list: OpportunityList
  openId: string | null
  onOpen: (row: Opportunity, place: CardPlace | null) => void
  /** Opens the rows behind a number in the list. */
  onRows: (rules: readonly Rule[]) => void
}

/** 预测: months side by side, what was won in them and what they may still bring, with the cards below. */
export function ForecastView({ list, openId, onOpen, onRows }: ForecastViewProps) {
  const t = useText(text)
  const clock = useClock()
  const today = businessDateOf(clock.nowMs, clock.zone)
  const [from, setFrom] = useState(today.slice(0, 7))
  const sort = list.sort ?? [...ORDER]
  const asked = useQuery({
    ...useApi().opportunities.forecast.queryOptions({
      input: { ...list.which, sort, from, months: MONTHS, limit: CARDS },
      meta: { shown: true },
    }),
    enabled: list.isAsked,
    placeholderData: keepPreviousData,
  })
  const openAt = (column: Forecast['columns'][number], index: number): void => {
    const { of, open, won, rows } = column
    const row = rows[index]
    const total = open.count + (won?.count ?? 0)
    if (row) onOpen(row, { index, total, rules: columnRules(of, today), sort, step: (by) => openAt(column, index + by) })
  }
  if (asked.error && !asked.data)
    return <LoadFailed error={asked.error} feature="opportunities" onRetry={() => void asked.refetch()} />
  if (!asked.data) return <SkeletonRows rows={10} height={88} />
  return (
    <>
      <div className="row g8 kind-head">
        <IconButton icon={<LeftOutlined />} title={t('previous')} onClick={() => setFrom(monthLater(from, -MONTHS))} />
        <IconButton icon={<RightOutlined />} title={t('next')} onClick={() => setFrom(monthLater(from, MONTHS))} />
        <Button size="small" disabled={from === today.slice(0, 7)} onClick={() => setFrom(today.slice(0, 7))}>
          {t('today')}
        </Button>
        <span className="t3 s12 el grow">{t('forecastHint')}</span>
        {asked.data.capped && <span className="t3 s12">{t('capped')}</span>}
      </div>
      <div className={`board forecast${asked.isPlaceholderData ? ' old' : ''}`} role="group" aria-label={t('forecast')}>
        {asked.data.columns.map((column) => (
          <MonthColumn
            key={nameOf(column.of)}
            column={column}
            today={today}
            openId={openId}
            onOpen={(index) => openAt(column, index)}
            onRows={onRows}
          />
        ))}
      </div>
    </>
  )
}

const nameOf = (of: ColumnOf): string => ('month' in of ? of.month : 'due' in of ? of.due : of.stageId)
const titleOf = (t: Translate<BoardWord>, of: ColumnOf): string => {
  if ('month' in of) return t('month', { year: of.month.slice(0, 4), month: Number(of.month.slice(5)) })
  return 'due' in of ? t(of.due) : ''
}

type MonthColumnProps = {
  column: Forecast['columns'][number]
  today: string
  openId: string | null
  onOpen: (index: number) => void
  onRows: ForecastViewProps['onRows']
}
function MonthColumn({ column, today, openId, onOpen, onRows }: MonthColumnProps) {
  const t = useText(text)
  const stages = usePipelines().flatMap(({ stages: all }) => all)
  const { of, open, won, rows } = column
  const count = open.count + (won?.count ?? 0)
  const rest = count - rows.length
  const title = titleOf(t, of)
  const isNow = 'month' in of && of.month === today.slice(0, 7)
  const isLate = 'due' in of && of.due === 'overdue' && count > 0
  return (
    <section
      className={`column${isNow ? ' now' : ''}`}
      aria-label={t('column', { stage: title, n: count })}
      data-month={nameOf(of)}
    >
      <header className="column-head">
        <div className="row g6">
          <h2 className={`el${isLate ? ' tbad' : ''}`}>{title}</h2>
          <span className="num t3">{formatNumber(count)}</span>
        </div>
        {won && 'month' in of && <Sum word={t('wonSum')} fen={won.sum} n={won.count} onRows={() => onRows(wonRules(of.month))} />}
        <Sum word={t('commit')} fen={open.weighted} n={open.count} onRows={() => onRows(openRules(of, today))} />
        <Sum word={t('best')} fen={open.sum} n={open.count} onRows={() => onRows(openRules(of, today))} />
      </header>
      <div className="column-cards">
        {rows.map((row, index) => {
          const rotDays = stages.find(({ id }) => id === row.stageId)?.rotDays ?? null
          return (
            <button
              type="button"
              key={row.id}
              data-card={row.id}
              className={`bare board-card forecast-card${openId === row.id ? ' open' : ''}`}
              onClick={() => onOpen(index)}
            >
              <CardFace row={row} rotDays={rotDays} compact={false} />
            </button>
          )
        })}
        {rest > 0 && (
          <button type="button" className="bare tbrand s12 forecast-rest" onClick={() => onRows(openRules(of, today))}>
            {t('moreOfDay', { n: formatNumber(rest) })}
          </button>
        )}
        {count === 0 && <p className="t3 s12 column-none">{t('noCards')}</p>}
      </div>
    </section>
  )
}

/** A number that opens its rows; what must not be told is left out. */
function Sum({ word, fen, n, onRows }: { word: string; fen: number | null; n: number; onRows: () => void }) {
  const t = useText(text)
  const money = useMoneyText(t)
  if (fen === null) return null
  return (
    <div className="row g8 s12">
      <span className="t2 grow">{word}</span>
      {n === 0 ? (
        <span className="t4">—</span>
      ) : (
        <button type="button" className="bare num tbrand" aria-label={`${word} ${money(fen)}`} onClick={onRows}>
          {money(fen)}
        </button>
      )}
    </div>
  )
}
