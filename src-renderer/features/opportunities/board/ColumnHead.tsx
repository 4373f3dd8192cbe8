import { EllipsisOutlined, PlusOutlined } from '@ant-design/icons'
import { Dropdown } from 'antd'
import type { Stage } from '../../../../src-shared/features/pipelines/model.ts'
import type { BoardFigure } from '../../../../src-shared/features/views/plain.ts'
import { formatNumber } from '../../../kernel/format.ts'
import { labelled, useText } from '../../../kernel/text.ts'
import type { Figures } from './boardRows.ts'
import { useMoneyText } from './money.ts'
import { text } from './text.ts'

export type ColumnActions = {
  onFigure: () => void
  onAdd: ((stage: Stage) => void) | null
  /** Null where one column is seen at a time. */
  onFold: ((stage: Stage, folded: boolean) => void) | null
  onRows: (stage: Stage) => void
}
type ColumnHeadProps = { stage: Stage; tone: string; figures: Figures; figure: BoardFigure; actions: ColumnActions }

/** Dot, name, how many; below what they are worth. A click on the sums chooses another one, for all columns. */
export function ColumnHead({ stage, tone, figures, figure, actions }: ColumnHeadProps) {
  const t = useText(text)
  const { onFigure, onAdd, onFold, onRows } = actions
  const said = useFigureText(figures, figure)
  return (
    <header className="column-head">
      <div className="row g6">
        <i className="dot" style={{ background: tone }} />
        <h2 className="el">{stage.name}</h2>
        <span className="num t3">{formatNumber(figures.count)}</span>
        <span className="grow" />
        {onAdd && stage.kind === 'open' && (
          <button
            type="button"
            className="icb small"
            aria-label={t('add', { stage: stage.name })}
            title={t('add', { stage: stage.name })}
            onClick={() => onAdd(stage)}
          >
            <PlusOutlined />
          </button>
        )}
        <Dropdown
          trigger={['click']}
          menu={{
            items: [
              { key: 'rows', label: t('showRows') },
              ...(onFold ? [{ key: 'fold', label: t('fold') }] : []),
              ...(stage.rotDays === null
                ? []
                : [{ type: 'group' as const, key: 'rot', label: t('rotDays', { n: stage.rotDays }) }]),
            ],
            onClick: ({ key }) => (key === 'rows' ? onRows(stage) : onFold?.(stage, true)),
          }}
        >
          <button type="button" className="icb small" aria-label={t('columnMenu', { stage: stage.name })}>
            <EllipsisOutlined />
          </button>
        </Dropdown>
      </div>
      <div className="row g8 s12 t2">
        {said !== null && (
          <button type="button" className="bare column-figure el num" title={t('changeFigure', { now: said })} onClick={onFigure}>
            {said}
          </button>
        )}
        <span className="grow" />
        {stage.kind === 'open' && <span className="num t3">{stage.probability}%</span>}
      </div>
    </header>
  )
}

/** Null where amounts must not be told. */
function useFigureText({ filled, sum, weighted }: Figures, figure: BoardFigure): string | null {
  const t = useText(text)
  const money = useMoneyText(t)
  if (sum === null || filled === null) return null
  // An empty amount is a dash, never nothing in figures.
  if (filled === 0) return '—'
  if (figure === 'count') return t('filled', { n: formatNumber(filled) })
  if (figure === 'average') return t('average', { sum: money(Math.round(sum / filled)) })
  const share = weighted === null ? null : t('weighted', { sum: money(weighted) })
  if (figure === 'weighted') return share ?? money(sum)
  return share === null ? money(sum) : `${money(sum)}  ${share}`
}

type FoldedProps = { stage: Stage; tone: string; count: number; onFold: ColumnActions['onFold'] }
/** A column laid aside: its name on end, a click lays it open again. */
export function FoldedColumn({ stage, tone, count, onFold }: FoldedProps) {
  const t = useText(text)
  return (
    <button
      type="button"
      className="bare column-folded"
      title={t('unfold', { stage: stage.name })}
      onClick={() => onFold?.(stage, false)}
    >
      <span className="sr-only">{labelled(t('unfold', { stage: stage.name }), formatNumber(count))}</span>
      <i className="dot" style={{ background: tone }} />
      <span aria-hidden className="num t3">
        {formatNumber(count)}
      </span>
      <span aria-hidden className="column-folded-name b">
        {stage.name}
      </span>
    </button>
  )
}
