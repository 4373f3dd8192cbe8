import { useMutation, useQuery } from '@tanstack/react-query'
import { AutoComplete, Button, DatePicker, Form, Input, InputNumber, Segmented } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import type { SourceCost, SourceCostValues } from '../../../src-shared/features/source-costs/model.ts'
import { daysOfPeriod } from '../../../src-shared/kernel/periods.ts'
import { useApi, useClock } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { businessDateOf } from '../../kernel/format.ts'
import { useShortcut } from '../../kernel/keyboard.ts'
import { useText } from '../../kernel/text.ts'
import { useCreate } from '../../kernel/useCreate.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { spanText } from './spanText.ts'
import { text } from './text.ts'

const DAY = 'YYYY-MM-DD'
type Draft = { source: string; from: string; to: string; amountFen: number | null; note: string }
const draftOf = (cost: SourceCost | null, today: string): Draft =>
  cost
    ? { ...cost, note: cost.note ?? '' }
    : { source: '', ...(daysOfPeriod(today.slice(0, 7)) ?? { from: today, to: today }), amountFen: null, note: '' }
const isMonth = ({ from, to }: Draft): boolean => daysOfPeriod(from.slice(0, 7))?.to === to && from.endsWith('-01')

/** One cost as it is entered, or corrected where one is given; the next one begins with the same source and time. */
export function CostForm({ cost, onDone }: { cost: SourceCost | null; onDone: () => void }) {
  const t = useText(text)
  const { nowMs, zone } = useClock()
  const [draft, setDraft] = useState(() => draftOf(cost, businessDateOf(nowMs, zone)))
  const change = (more: Partial<Draft>) => setDraft((old) => ({ ...old, ...more }))
  const words = useQuery(useApi().sourceCosts.words.queryOptions({ input: {} })).data ?? []
  const { send, error, isPending } = useSending(cost, () => {
    if (cost) onDone()
    else change({ amountFen: null, note: '' })
  })
  const { source, from, to, amountFen, note } = draft
  const isReady = source.trim() !== '' && amountFen !== null && amountFen > 0 && from <= to
  const save = () => {
    if (isReady && !isPending) send({ source, from, to, amountFen, note: note.trim() || null })
  }
  const title = t(cost ? 'editCost' : 'newCost')
  useShortcut('Ctrl+Enter', { label: t('save'), group: title }, save, { inDialog: true })
  return (
    <Form layout="vertical" className="source-cost-form" aria-label={title} onFinish={save}>
      <div className="b">{title}</div>
      <Form.Item label={t('source')}>
        <AutoComplete
          aria-label={t('source')}
          placeholder={t('sourceHint')}
          value={source}
          options={words.map((value) => ({ value }))}
          showSearch={{ filterOption: (typed, option) => (option?.value ?? '').toLowerCase().includes(typed.toLowerCase()) }}
          onChange={(value: string) => change({ source: value.slice(0, 100) })}
        />
      </Form.Item>
      <Form.Item label={t('amount')}>
        <InputNumber
          className="block-select num"
          aria-label={t('amount')}
          controls={false}
          min={0}
          precision={2}
          prefix="¥"
          value={amountFen === null ? null : amountFen / 100}
          onChange={(yuan) => change({ amountFen: typeof yuan === 'number' ? Math.round(yuan * 100) : null })}
        />
      </Form.Item>
      <Span draft={draft} onChange={change} />
      <Form.Item label={t('note')} className="source-cost-wide">
        <Input aria-label={t('note')} maxLength={500} value={note} onChange={({ target }) => change({ note: target.value })} />
      </Form.Item>
      {error && (
        <div className="field-error source-cost-wide" role="alert">
          {failureText(error, 'sourceCosts')}
        </div>
      )}
      <div className="row g8 source-cost-wide">
        <span className="t3 s12 grow">{t('sharedHint')}</span>
        {cost && <Button onClick={onDone}>{t('cancel')}</Button>}
        <Button type="primary" htmlType="submit" disabled={!isReady} loading={isPending}>
          {t('save')}
        </Button>
      </div>
    </Form>
  )
}

/** Enters a new one, or corrects the one that is given. */
function useSending(cost: SourceCost | null, onSaved: () => void) {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const told = (word: 'saved' | 'changed', { id, source, from, to }: SourceCost) => {
    undo.say(t(word, { source, span: spanText(from, to) }), { recordId: id })
    onSaved()
  }
  const made = useCreate((context) =>
    api.sourceCosts.create.mutationOptions({ context, meta: { shown: true }, onSuccess: (saved) => told('saved', saved) }),
  )
  const edit = useMutation(
    api.sourceCosts.edit.mutationOptions({ meta: { shown: true }, onSuccess: (saved) => told('changed', saved) }),
  )
  return {
    send: (values: SourceCostValues) =>
      cost ? edit.mutate({ id: cost.id, version: cost.version, values }) : void made.create(values),
    error: cost ? edit.error : made.error,
    isPending: cost ? edit.isPending : made.isPending,
  }
}

function Span({ draft, onChange }: { draft: Draft; onChange: (more: Partial<Draft>) => void }) {
  const t = useText(text)
  const [byMonth, setByMonth] = useState(() => isMonth(draft))
  const take = (whole: boolean) => {
    setByMonth(whole)
    if (whole) onChange(daysOfPeriod(draft.from.slice(0, 7)) ?? {})
  }
  const day = (key: 'from' | 'to') => (
    <DatePicker
      aria-label={t(key)}
      allowClear={false}
      format={DAY}
      value={dayjs(draft[key])}
      {...(key === 'to' && { minDate: dayjs(draft.from) })}
      onChange={(next) => {
        const on = (next ?? dayjs(draft[key])).format(DAY)
        onChange(key === 'from' && on > draft.to ? { from: on, to: on } : { [key]: on })
      }}
    />
  )
  return (
    <Form.Item label={t('span')} className="source-cost-wide">
      <div className="row g8 source-cost-span">
        <Segmented<boolean>
          aria-label={t('span')}
          value={byMonth}
          onChange={take}
          options={[
            { value: true, label: t('byMonth') },
            { value: false, label: t('byDay') },
          ]}
        />
        {byMonth ? (
          <DatePicker
            picker="month"
            aria-label={t('month')}
            allowClear={false}
            format="YYYY-MM"
            value={dayjs(draft.from)}
            onChange={(next) => onChange(daysOfPeriod((next ?? dayjs(draft.from)).format('YYYY-MM')) ?? {})}
          />
        ) : (
          <>
            {day('from')}
            <span className="t3">–</span>
            {day('to')}
          </>
        )}
      </div>
    </Form.Item>
  )
}
