import { ArrowRightOutlined, ExclamationCircleFilled } from '@ant-design/icons'
import { Button, Checkbox, Select } from 'antd'
import { useState } from 'react'
import type { ImportColumn, ImportDetail } from '../../../src-shared/features/imports/model.ts'
import { Chip, Kbd, type Tone } from '../../components/marks.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { newKeys, useShortcut } from '../../kernel/keyboard.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { fieldWord, sliceWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { Layout, type StepProps } from './ImportLayout.tsx'
import { MappingAside } from './MappingAside.tsx'
import { asksAttention, noteText } from './noteText.ts'
import { text } from './text.ts'

const BANDS: Record<string, Tone> = { customer: 'brand', contact: 'ok', followUp: 'info' }
const FEATURES: Record<string, string> = { customer: 'customers', contact: 'contacts', followUp: 'followUps' }
const entityWord = (entity: string): string => sliceWord(FEATURES[entity] ?? entity, `entity.${entity}`) ?? entity

/** Step 2: one line per column of the file, with samples, where it goes, how sure that is and what was understood. */
export function MappingStep({ detail, steps, go }: StepProps) {
  const t = useText(text)
  const isPhone = useIsPhone()
  const [only, setOnly] = useState(false)
  const { columns } = detail
  const asking = columns.filter(asksAttention)
  const mapped = columns.filter((column) => column.target)
  const hasTitle = mapped.some(({ target }) => target?.field === 'name')
  const next = () => {
    if (!hasTitle || steps.prepare.isPending) return
    steps.prepare.mutate({ id: detail.id }, { onSuccess: () => go(2) })
  }
  useShortcut('Ctrl+N', { label: t('nextClean'), group: t('title') }, next)
  useShortcut('N', { label: t('nextClean'), group: t('title') }, next)
  const rowsOf = (entity: string) => mapped.filter(({ target }) => target?.entity === entity).length
  return (
    <Layout
      detail={detail}
      step={1}
      left={<Button onClick={() => go(0)}>{t('back')}</Button>}
      sum={
        <span className={hasTitle ? 't3' : 'tbad'}>
          {hasTitle ? (asking.length > 0 ? t('waitingColumns', { n: asking.length }) : '') : t('titleMissing')}
        </span>
      }
      primary={
        <Button type="primary" disabled={!hasTitle} loading={steps.prepare.isPending} onClick={next}>
          {t('nextClean')} <Kbd>{newKeys()}</Kbd>
        </Button>
      }
    >
      <div className="row stretch grow mh0 imp-map">
        <div className="grow col imp-main">
          <div className="row g12 imp-bar">
            <span>
              {t('mapped', { all: columns.length, mapped: mapped.length - asking.length })}
              {asking.length > 0 && <span className="twarn">{t('toCheck', { n: asking.length })}</span>}
              {columns.length > mapped.length && t('ignored', { n: columns.length - mapped.length })}
            </span>
            {!isPhone &&
              Object.entries(BANDS).map(
                ([entity, tone]) =>
                  rowsOf(entity) > 0 && (
                    <Chip key={entity} tone={tone} dot={`var(--kz-${tone})`}>
                      {entityWord(entity)} {rowsOf(entity)}
                    </Chip>
                  ),
              )}
            <span className="grow" />
            <Checkbox checked={only} onChange={(event) => setOnly(event.target.checked)}>
              {t('onlyToCheck')}
            </Checkbox>
          </div>
          <div className="imp-lines" role="table">
            <Head detail={detail} />
            {(only ? asking : columns).map((column) => (
              <Line
                key={column.index}
                column={column}
                detail={detail}
                onTarget={(target) => steps.setMapping.mutate({ id: detail.id, columns: [{ index: column.index, target }] })}
              />
            ))}
          </div>
        </div>
        {!isPhone && <MappingAside detail={detail} steps={steps} />}
      </div>
    </Layout>
  )
}

const HEADS = ['fileColumn', 'samples', 'none', 'field', 'confidence', 'explained'] as const

/** What was understood is counted in the first rows only; where the file has more, that is said. */
function Head({ detail }: { detail: ImportDetail }) {
  const t = useText(text)
  const counted = Math.max(0, ...detail.columns.map(({ note }) => note?.counts['of'] ?? 0))
  const n = formatNumber(counted)
  return (
    <div className="imp-line head" role="row">
      {HEADS.map((word) => (
        <span key={word} role="columnheader">
          {word === 'none' ? '' : t(word)}
          {word === 'explained' && counted > 0 && counted < detail.dataRows && t('countedIn', { n })}
        </span>
      ))}
    </div>
  )
}

type LineProps = { column: ImportColumn; detail: ImportDetail; onTarget: (target: ImportColumn['target']) => void }

function Line({ column, detail, onTarget }: LineProps) {
  const t = useText(text)
  const entity = column.target?.entity ?? ''
  const tone = BANDS[entity]
  const note = noteText(t, column)
  const level = column.note?.level ?? 'info'
  const taken = new Set(
    detail.columns.flatMap(({ index, target }) => (target && index !== column.index ? [`${target.entity}.${target.field}`] : [])),
  )
  const fields = detail.targets.filter((target) => target.entity === entity)
  const entities = [...new Set(detail.targets.map((target) => target.entity))]
  const firstFree = (wanted: string) =>
    detail.targets.find(
      (target) => target.entity === wanted && (target.repeatable || !taken.has(`${target.entity}.${target.field}`)),
    )
  return (
    <div className="imp-line" role="row">
      <span className="row g8 lit" role="cell">
        <span className="num t3 s12 imp-letter">{column.letter}</span>
        <b className="el" title={column.header}>
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
        <i className="imp-band" style={{ background: tone ? `var(--kz-${tone})` : 'var(--kz-line)' }} />
        <Select
          size="small"
          aria-label={`${column.header || column.letter} ${t('fieldOf')}`}
          value={entity || undefined}
          placeholder={t('none')}
          className="imp-entity"
          options={entities.map((value) => ({ value, label: entityWord(value) }))}
          onChange={(value: string | undefined) => {
            const free = value === undefined ? undefined : firstFree(value)
            if (free) onTarget({ entity: free.entity, field: free.field })
          }}
        />
        <Select
          size="small"
          showSearch={{ optionFilterProp: 'label' }}
          value={column.target ? column.target.field : ''}
          className="imp-field"
          aria-label={`${column.header || column.letter} ${t('field')}`}
          options={[
            ...fields.map(({ feature, field, repeatable }) => ({
              value: field,
              label: fieldWord(feature, field),
              disabled: taken.has(`${entity}.${field}`) && !repeatable,
            })),
            { value: '', label: t('ignore') },
          ]}
          onChange={(field) => onTarget(field === '' ? null : { entity, field })}
        />
      </span>
      <span role="cell">
        <Confidence column={column} />
      </span>
      <span role="cell" className={`s12 imp-note ${level === 'error' ? 'tbad' : level === 'warning' ? 'twarn' : 't2'}`}>
        {level === 'error' && <ExclamationCircleFilled />}
        {level === 'error' && ' '}
        {note}
      </span>
    </div>
  )
}

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
