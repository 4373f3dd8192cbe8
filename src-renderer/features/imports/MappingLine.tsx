import { ArrowRightOutlined, ExclamationCircleFilled } from '@ant-design/icons'
import { Select } from 'antd'
import type { ImportColumn, ImportDetail } from '../../../src-shared/features/imports/model.ts'
import { recordOfColumn } from '../../../src-shared/features/imports/recordOfColumn.ts'
import { Chip } from '../../components/marks.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { fieldWord, sliceWord } from '../../kernel/slices.ts'
import { type Translate, useText } from '../../kernel/text.ts'
import { type Choice, choicesOf, toneOf } from './bands.ts'
import { NewFieldOffer } from './NewFieldOffer.tsx'
import { noteText } from './noteText.ts'
import { type ImportWord, text } from './text.ts'

const featureOf = (detail: ImportDetail, entity: string): string =>
  detail.targets.find((target) => target.entity === entity)?.feature ?? entity

/** 客户, 联系人2. */
export function bandWord(t: Translate<ImportWord>, detail: ImportDetail, { entity, at }: Choice, numbered: boolean): string {
  const word = sliceWord(featureOf(detail, entity), `entity.${entity}`) ?? entity
  return numbered ? t('numbered', { word, n: at + 1 }) : word
}

type LineProps = { column: ImportColumn; detail: ImportDetail; onTarget: (target: ImportColumn['target']) => void }

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
        <Target column={column} detail={detail} at={at} onTarget={onTarget} />
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

/** Of which record, and which of its fields. */
function Target({ column, detail, at, onTarget }: LineProps & { at: number }) {
  const t = useText(text)
  const { columns, targets } = detail
  const entity = column.target?.entity ?? ''
  const choices = choicesOf(columns, [...new Set(targets.map((target) => target.entity))], detail.entity)
  const isTaken = (wanted: Choice, field: string): boolean =>
    columns.some(
      (one) =>
        one.index !== column.index &&
        one.target?.entity === wanted.entity &&
        one.target.field === field &&
        recordOfColumn(columns, one) === wanted.at,
    )
  const isFree = (wanted: Choice, field: string, repeatable: boolean): boolean =>
    !isTaken(wanted, field) || (repeatable && wanted.entity === detail.entity) || field === 'text'
  // Without a number the nth column of a field speaks of the nth record; what somebody chooses says which.
  const targetOf = (wanted: Choice, field: string): NonNullable<ImportColumn['target']> =>
    choices.some((one) => one.entity === wanted.entity && one.at > 0)
      ? { entity: wanted.entity, field, at: wanted.at }
      : { entity: wanted.entity, field }
  const pickBand = (value: string | undefined) => {
    const wanted = choices.find((one) => keyOf(one) === value)
    if (!wanted) return
    const fields = targets.filter((target) => target.entity === wanted.entity)
    const same = fields.find(({ field, repeatable }) => field === column.target?.field && isFree(wanted, field, repeatable))
    const free = same ?? fields.find(({ field, repeatable }) => isFree(wanted, field, repeatable))
    if (free) onTarget(targetOf(wanted, free.field))
  }
  const name = column.header || column.letter
  return (
    <>
      <Select
        size="small"
        aria-label={`${name} ${t('fieldOf')}`}
        value={column.target ? keyOf({ entity, at }) : undefined}
        placeholder={t('none')}
        className="imp-entity"
        options={choices.map((one) => ({
          value: keyOf(one),
          label: bandWord(
            t,
            detail,
            one,
            choices.some((other) => other.entity === one.entity && other.at > 0),
          ),
        }))}
        onChange={pickBand}
      />
      <Select
        size="small"
        showSearch={{ optionFilterProp: 'label' }}
        value={column.target ? column.target.field : ''}
        className="imp-field"
        aria-label={`${name} ${t('field')}`}
        options={[
          ...targets
            .filter((target) => target.entity === entity)
            .map(({ feature, field, repeatable }) => ({
              value: field,
              label: fieldWord(feature, field),
              disabled: !isFree({ entity, at }, field, repeatable),
            })),
          { value: '', label: t('ignore') },
        ]}
        onChange={(field) => onTarget(field === '' ? null : targetOf({ entity, at }, field))}
      />
    </>
  )
}

const keyOf = ({ entity, at }: Choice): string => `${entity} ${at}`

function Confidence({ column }: { column: ImportColumn }) {
  const t = useText(text)
  if (!column.target) return <span className="t4">—</span>
  if (column.because === 'memory' || column.because === 'chosen') return <Chip tone="info">{t(`because_${column.because}`)}</Chip>
  const percent = Math.round(column.confidence * 100)
  return (
    <Chip tone={percent >= 90 ? 'ok' : 'warn'}>
      <span className="num">{formatNumber(percent)}%</span>
    </Chip>
  )
}
