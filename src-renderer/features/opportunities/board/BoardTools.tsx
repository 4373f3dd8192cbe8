import { MoreOutlined } from '@ant-design/icons'
import { Button, Checkbox, Popover } from 'antd'
import { Picker } from '../../../components/Picker.tsx'
import { formatNumber } from '../../../kernel/format.ts'
import { useIsPhone } from '../../../kernel/screen.ts'
import { useText } from '../../../kernel/text.ts'
import type { OpportunityList } from '../words.ts'
import { useMoneyText } from './money.ts'
import { text } from './text.ts'
import { useBoard } from './useBoard.ts'

/** Which pipeline; only asked where there are several. */
export function PipelineChoice({ list }: { list: OpportunityList }) {
  const t = useText(text)
  const { pipelines, pipeline } = useBoard(list, false)
  const { board, setBoard } = list.layout
  if (pipelines.length < 2) return null
  return (
    <Picker
      size="small"
      aria-label={t('pipeline')}
      popupMatchSelectWidth={false}
      value={pipeline?.id ?? null}
      options={pipelines.map(({ id, name }) => ({ value: id as string, label: name }))}
      onChange={(id: string | null) => setBoard({ ...board, pipeline: id })}
    />
  )
}

/** What all columns come to, what their edges mean, and how the board is laid. */
export function BoardTools({ list }: { list: OpportunityList }) {
  const isPhone = useIsPhone()
  return (
    <>
      {!isPhone && <Total list={list} />}
      {!isPhone && <Legend />}
      <Options list={list} />
    </>
  )
}

function Total({ list }: { list: OpportunityList }) {
  const t = useText(text)
  const money = useMoneyText(t)
  const open = (useBoard(list, false).columns ?? []).filter(({ stage }) => stage.kind === 'open')
  const of = (key: 'count' | 'filled' | 'sum' | 'weighted') => open.reduce((sum, { figures }) => sum + (figures[key] ?? 0), 0)
  // Where no amount is known there is no sum of them either.
  const tells = (key: 'sum' | 'weighted') => of('filled') > 0 && open.every(({ figures }) => figures[key] !== null)
  return (
    <span className="row g12 s12 board-total num">
      <span>{t('openTotal', { n: formatNumber(of('count')) })}</span>
      {tells('sum') && <span>{t('sum', { sum: money(of('sum')) })}</span>}
      {tells('weighted') && <span>{t('weighted', { sum: money(of('weighted')) })}</span>}
    </span>
  )
}

function Legend() {
  const t = useText(text)
  return (
    <span className="row g8 s12 t2 board-legend">
      {(['fresh', 'soon', 'late'] as const).map((tone) => (
        <span key={tone} className="row g4">
          <i className={`dot bg-${tone}`} />
          {t(tone)}
        </span>
      ))}
    </span>
  )
}

function Options({ list }: { list: OpportunityList }) {
  const t = useText(text)
  const { board, setBoard } = list.layout
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      arrow={false}
      content={
        <div className="col g8">
          <Checkbox checked={board.compact} onChange={({ target }) => setBoard({ ...board, compact: target.checked })}>
            {t('compact')}
          </Checkbox>
          <Checkbox checked={board.hideEmpty} onChange={({ target }) => setBoard({ ...board, hideEmpty: target.checked })}>
            {t('hideEmpty')}
          </Checkbox>
        </div>
      }
    >
      <Button type="text" icon={<MoreOutlined />} aria-label={t('more')} title={t('more')} />
    </Popover>
  )
}
