import { DatePicker, Input, InputNumber, Select } from 'antd'
import dayjs from 'dayjs'
import type { ReactNode } from 'react'
import { Picker } from '../Picker.tsx'
import { movedDay, PERIODS } from '../../../src-shared/kernel/filter/relative.ts'
import type { Rule } from '../../../src-shared/kernel/list.ts'
import { useClock } from '../../kernel/context.tsx'
import { businessDateOf } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { type FilterWord, text } from './text.ts'
import type { FilterField } from './filterField.ts'
import { valueOf, type Way, written } from './ways.ts'

type Value = Rule['value']
type EditorProps = { field: FilterField; value: Value; onChange: (value: Value) => void }

/** What a condition compares with; its kind follows from how it compares. */
export function ValueEditor({
  field,
  rule,
  way,
  onRule,
}: {
  field: FilterField
  rule: Rule
  way: Way
  onRule: (value: Value) => void
}) {
  const props: EditorProps = { field, value: valueOf(way, rule), onChange: (value) => onRule(written(way, value)) }
  switch (way.asks) {
    case 'text':
      return <Words {...props} />
    case 'number':
      return <Figure {...props} />
    case 'numbers':
      return <Two {...props} of={Figure} />
    case 'count':
      return <Whole {...props} unit="pieces" />
    case 'days':
      return <Whole {...props} unit="days" />
    case 'period':
      return <PeriodChoice {...props} />
    case 'day':
      return <DayChoice {...props} />
    case 'range':
      return <Two {...props} of={PlainDay} />
    case 'options':
      return <Options {...props} />
    default:
      return <span className="rule-value" />
  }
}

function Words({ value, onChange }: EditorProps) {
  const t = useText(text)
  return (
    <Input
      size="small"
      className="rule-value"
      aria-label={t('value')}
      maxLength={5000}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

/** Money stands in fen and is written in yuan. */
function Figure({ field, value, onChange }: EditorProps) {
  const t = useText(text)
  const scale = field.type === 'money' ? 100 : 1
  return (
    <InputNumber
      size="small"
      className="rule-value"
      aria-label={t('value')}
      controls={false}
      suffix={field.type === 'money' ? t('yuan') : field.unit}
      value={typeof value === 'number' ? value / scale : null}
      onChange={(next) => onChange(typeof next === 'number' ? (scale === 1 ? next : Math.round(next * scale)) : undefined)}
    />
  )
}

function Whole({ value, unit, onChange }: EditorProps & { unit: 'days' | 'pieces' }) {
  const t = useText(text)
  return (
    <InputNumber
      size="small"
      className="rule-value"
      aria-label={t('value')}
      min={0}
      max={unit === 'days' ? 9999 : 1000}
      precision={0}
      suffix={t(unit)}
      value={typeof value === 'number' ? value : null}
      onChange={(next) => {
        if (typeof next === 'number') onChange(next)
      }}
    />
  )
}

function Two({ field, value, onChange, of: One }: EditorProps & { of: (props: EditorProps) => ReactNode }) {
  const t = useText(text)
  const [from, to] = Array.isArray(value) ? value : []
  return (
    <span className="row g4 rule-value two">
      <One field={field} value={from} onChange={(next) => onChange([next ?? null, to ?? null] as Value)} />
      <span className="t3 s12">{t('to')}</span>
      <One field={field} value={to} onChange={(next) => onChange([from ?? null, next ?? null] as Value)} />
    </span>
  )
}

function PeriodChoice({ value, onChange }: EditorProps) {
  const t = useText(text)
  return (
    <Select
      size="small"
      className="rule-value"
      aria-label={t('value')}
      value={typeof value === 'string' ? value : undefined}
      options={PERIODS.map((period) => ({ value: period, label: t(`period${period}` as FilterWord) }))}
      onChange={onChange}
    />
  )
}

/** A day of the calendar, or one that is counted from today and moves with it. */
function DayChoice(props: EditorProps) {
  const t = useText(text)
  const { zone, nowMs } = useClock()
  const { value, onChange } = props
  const today = businessDateOf(nowMs, zone)
  const [, sign, n] = /^@today(?:([+-])(\d+))?$/.exec(typeof value === 'string' ? value : '') ?? []
  const isMoved = typeof value === 'string' && value.startsWith('@today')
  const kind = !isMoved ? 'dayFixed' : sign === undefined ? 'dayToday' : sign === '-' ? 'dayAgo' : 'dayAhead'
  const choose = (next: string) => {
    if (next === 'dayToday') onChange('@today')
    else if (next === 'dayFixed') onChange(isMoved ? (movedDay(value, today) ?? today) : today)
    else onChange(`@today${next === 'dayAgo' ? '-' : '+'}${n ?? 7}`)
  }
  return (
    <span className="row g4 rule-value two">
      <Select
        size="small"
        className="day-kind"
        aria-label={t('dayKind')}
        value={kind}
        options={(['dayToday', 'dayAgo', 'dayAhead', 'dayFixed'] as const).map((key) => ({ value: key, label: t(key) }))}
        onChange={choose}
      />
      {kind === 'dayFixed' && <PlainDay {...props} />}
      {sign !== undefined && (
        <Whole {...props} unit="days" value={Number(n)} onChange={(next) => onChange(`@today${sign}${Number(next)}`)} />
      )}
    </span>
  )
}

function PlainDay({ value, onChange }: EditorProps) {
  const t = useText(text)
  const { zone, nowMs } = useClock()
  const day = typeof value === 'string' ? shownDay(value, zone, businessDateOf(nowMs, zone)) : null
  return (
    <DatePicker
      size="small"
      className="rule-value"
      aria-label={t('value')}
      allowClear={false}
      value={day ? dayjs(day) : null}
      onChange={(next) => onChange(next ? next.format('YYYY-MM-DD') : undefined)}
    />
  )
}

/** A moment by its day in the workspace's zone, and a day that moves by where it stands today. */
const shownDay = (value: string, zone: string, today: string): string =>
  movedDay(value, today) ?? (value.length > 10 ? businessDateOf(Date.parse(value), zone) : value)

/** Several of the known values; one that is no longer there stays, and says so. */
function Options({ field, value, onChange }: EditorProps) {
  const t = useText(text)
  const chosen = (Array.isArray(value) ? value : []).map((one) => (one === null ? UNSET : String(one)))
  const known = field.options ?? []
  const gone = chosen
    .filter((one) => one !== UNSET && !known.some((option) => option.value === one))
    .map((one) => ({
      value: one,
      label: field.type === 'text' || field.type === 'tags' ? one : t('gone', { value: one.slice(0, 12) }),
    }))
  const empty = chosen.includes(UNSET) ? [{ value: UNSET, label: t(field.type === 'people' ? 'unassigned' : 'unset') }] : []
  return (
    <Picker
      size="small"
      mode={field.type === 'text' ? 'tags' : 'multiple'}
      className="rule-value"
      aria-label={t('value')}
      value={chosen}
      options={[...known.map(({ value: one, label }) => ({ value: one, label })), ...gone, ...empty]}
      maxTagCount="responsive"
      popupMatchSelectWidth={false}
      onChange={(next: string[]) => onChange(next.map((one) => (one === UNSET ? null : one)))}
    />
  )
}

/** Stands for an empty field among the values. */
const UNSET = '-'
