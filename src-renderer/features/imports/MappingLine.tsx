import { ArrowRightOutlined, ExclamationCircleFilled } from '@ant-design/icons'
import type { ImportColumn } from '../../../src-shared/features/imports/model.ts'
import { recordOfColumn } from '../../../src-shared/features/imports/recordOfColumn.ts'
import { Chip } from '../../components/marks.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { toneOf } from './bands.ts'
import { NewFieldOffer } from './NewFieldOffer.tsx'
import { asksAttention, noteText } from './noteText.ts'
import { type LineProps, TargetChoice } from './TargetChoice.tsx'
import { text } from './text.ts'

/** One column of the file: its samples, where it goes, how sure that is, and what was understood. */
export function MappingLine({ column, detail, onTarget }: LineProps) {
  const t = useText(text)
  const entity = column.target?.entity ?? ''
  const at = recordOfColumn(detail.columns, column)
  const level = column.note?.level ?? 'info'
  return (
    <div className="imp-line" role="row">
      <span className="row g8 lit" role="cell">
        <span className="num t3 s12 imp-letter">{column.letter}</span>
        <b className="imp-header" title={column.header}>
          {column.header || <span className="t3">{t('noHeaderName')}</span>}
        </b>
      </span>
      <span className="row g6 imp-samples" role="cell">
        {column.samples.map((sample) => (
          <span key={sample} className="el num lit imp-sample" title={sample}>
            {sample}
          </span>
        ))}
      </span>
      <span role="cell" className="center imp-to">
        <ArrowRightOutlined className="t4" />
      </span>
      <span className="row g6" role="cell">
        <i className="imp-band" style={{ background: column.target ? `var(--kz-${toneOf(entity, at)})` : 'var(--kz-line)' }} />
        <TargetChoice column={column} detail={detail} at={at} onTarget={onTarget} />
      </span>
      <span role="cell">
        <Confidence column={column} />
      </span>
      <span role="cell" className={`s12 imp-note ${level === 'error' ? 'tbad' : level === 'warning' ? 'twarn' : 't2'}`}>
        {level === 'error' && <ExclamationCircleFilled />}
        {level === 'error' && ' '}
        {noteText(t, column, detail.entity)}
        <NewFieldOffer column={column} detail={detail} />
      </span>
    </div>
  )
}

function Confidence({ column }: { column: ImportColumn }) {
  const t = useText(text)
  if (!column.target) return asksAttention(column) ? <Chip tone="warn">{t('lookAt')}</Chip> : <span className="t4">—</span>
  if (column.because === 'memory' || column.because === 'chosen') return <Chip tone="info">{t(`because_${column.because}`)}</Chip>
  const percent = Math.round(column.confidence * 100)
  return (
    <Chip tone={percent >= 90 ? 'ok' : 'warn'}>
      <span className="num">{formatNumber(percent)}%</span>
    </Chip>
  )
}
