import { CloseOutlined, CopyOutlined, PlusOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Button, Input, Switch } from 'antd'
import { useState } from 'react'
import type { Calendar, Hours, Span } from '../../../src-shared/features/calendar/model.ts'
import { IconButton } from '../../components/page.tsx'
import { Section } from '../../components/settings/SettingsPage.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { failureOf, failureText, refusalText } from '../../kernel/errors.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { changedHours, minutesOfSpans, nextSpan, readTime, spansText } from './days.ts'
import { text } from './text.ts'
import { weekdayWord } from './words.ts'

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const
const MOST_SPANS = 8
const asWeek = (hours: readonly Hours[]): Hours[] =>
  WEEKDAYS.map((weekday) => hours.find((one) => one.weekday === weekday) ?? { weekday, spans: [] })

/** 工作时间: spans per weekday; the lunch break is the gap between two. Saved as a whole. */
export function HoursEditor({ calendar }: { calendar: Calendar }) {
  const t = useText(text)
  const mayChange = useCan('settings.manage')
  const saved = asWeek(calendar.hours)
  const [draft, setDraft] = useState<Hours[] | null>(null)
  const week = draft ?? saved
  const changed = changedHours(saved, week)
  const save = useSave(() => setDraft(null))
  const set = (weekday: number, spans: Span[]) =>
    setDraft(week.map((one) => (one.weekday === weekday ? { weekday, spans } : one)))
  const minutes = week.reduce((sum, one) => sum + minutesOfSpans(one.spans), 0)
  return (
    <Section title={t('hours')} note={`${t('hoursHint')} · ${t('perWeek', { n: Math.round(minutes / 6) / 10 })}`}>
      <div className="set-lined">
        {week.map((one) => (
          <HoursLine
            key={one.weekday}
            hours={one}
            {...(mayChange && {
              onChange: (spans: Span[]) => set(one.weekday, spans),
              ...(one.weekday === 1 && {
                onCopy: () => setDraft(week.map((day) => (day.weekday <= 5 ? { ...day, spans: one.spans } : day))),
              }),
            })}
          />
        ))}
      </div>
      {save.error !== null && (
        <div className="field-error gap-above" role="alert">
          {failureSentence(save.error)}
        </div>
      )}
      {changed.length > 0 && (
        <div className="row g8 gap-above calendar-save">
          <span className="s12 tlamp grow">{t('unsaved')}</span>
          <Button onClick={() => setDraft(null)}>{t('discard')}</Button>
          <Button type="primary" loading={save.isPending} onClick={() => save.mutate({ hours: changed })}>
            {t('save')}
          </Button>
        </div>
      )}
    </Section>
  )
}

function useSave(onSaved: () => void) {
  const t = useText(text)
  const undo = useUndo()
  return useMutation(
    useApi().calendar.setHours.mutationOptions({
      meta: { shown: true },
      onSuccess: () => {
        undo.say(t('hoursSaved'), { procedure: 'calendar.setHours' })
        onSaved()
      },
    }),
  )
}

/** The refusal names the weekday by number; people name it by its word. */
function failureSentence(error: unknown): string {
  const data = failureOf(error)?.data
  const weekday = data?.detail?.['weekday']
  if (!data?.reason || typeof weekday !== 'number') return failureText(error, 'calendar')
  return refusalText('calendar', data.reason, { weekday: weekdayWord(weekday) })
}

function HoursLine({ hours, onChange, onCopy }: { hours: Hours; onChange?: (spans: Span[]) => void; onCopy?: () => void }) {
  const t = useText(text)
  const { weekday, spans } = hours
  const works = spans.length > 0
  const word = weekdayWord(weekday)
  return (
    <div className="calendar-line">
      <Switch
        size="small"
        aria-label={word}
        checked={works}
        disabled={!onChange}
        onChange={(on) =>
          onChange?.(
            on
              ? [
                  ['09:00', '12:00'],
                  ['13:30', '18:00'],
                ]
              : [],
          )
        }
      />
      <span className={`calendar-weekday${works ? '' : ' t3'}`}>{word}</span>
      <span className="calendar-spans">
        {!works && <span className="t3">{t('rest')}</span>}
        {!onChange && <span className="num">{spansText(spans)}</span>}
        {onChange &&
          spans.map((span, i) => (
            <SpanInput
              key={`${i} ${span.join()}`}
              span={span}
              onChange={(next) => onChange(spans.map((one, n) => (n === i ? next : one)))}
              {...(spans.length > 1 && { onRemove: () => onChange(spans.filter((_, n) => n !== i)) })}
            />
          ))}
        {works && onChange && spans.length < MOST_SPANS && (
          <IconButton small icon={<PlusOutlined />} title={t('addSpan')} onClick={() => onChange([...spans, nextSpan(spans)])} />
        )}
        {works && onCopy && <IconButton small icon={<CopyOutlined />} title={t('copyDown')} onClick={onCopy} />}
      </span>
    </div>
  )
}

function SpanInput({ span, onChange, onRemove }: { span: Span; onChange: (span: Span) => void; onRemove?: () => void }) {
  const t = useText(text)
  const [from, to] = span
  return (
    <span className="calendar-span">
      <TimeInput value={from} label={t('from')} onChange={(next) => onChange([next, to])} />
      –
      <TimeInput value={to} label={t('to')} onChange={(next) => onChange([from, next])} />
      {onRemove && (
        <button
          type="button"
          className="bare calendar-remove"
          aria-label={t('removeSpan')}
          title={t('removeSpan')}
          onClick={onRemove}
        >
          <CloseOutlined />
        </button>
      )}
    </span>
  )
}

/** "9", "930" and "9:30" are times too; what is none is put back. */
function TimeInput({ value, label, onChange }: { value: string; label: string; onChange: (value: string) => void }) {
  const t = useText(text)
  const [typed, setTyped] = useState(value)
  const read = readTime(typed)
  const take = () => {
    if (read === null) setTyped(value)
    else if (read !== value) onChange(read)
    else setTyped(read)
  }
  return (
    <Input
      size="small"
      className="calendar-time num"
      inputMode="numeric"
      aria-label={label}
      value={typed}
      {...(read === null && { status: 'error' as const, title: t('notATime') })}
      onChange={(event) => setTyped(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={take}
      onPressEnter={take}
    />
  )
}
