import { useMutation } from '@tanstack/react-query'
import { Button, Input, Segmented } from 'antd'
import { useState } from 'react'
import type { Calendar, CalendarDay, DayKind } from '../../../src-shared/features/calendar/model.ts'
import { spansOn } from '../../../src-shared/features/calendar/rules.ts'
import { weekdayOf } from '../../../src-shared/kernel/zoned.ts'
import { useApi, useCan } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { spansText } from './days.ts'
import { text } from './text.ts'
import { weekdayWord } from './words.ts'

type Choice = DayKind | 'usual'
const CHOICE_WORD = { usual: 'usual', holiday: 'off', workday: 'on' } as const

/** One day: as its weekday, a day off, or a working day in the place of one. */
export function DayEditor({ calendar, day }: { calendar: Calendar; day: string }) {
  const t = useText(text)
  const mayChange = useCan('settings.manage')
  const special = calendar.days.find((one) => one.day === day)
  const { choose, rename, pending } = useChange(day, special)
  const weekday = weekdayOf(day)
  const usual = calendar.hours.find((one) => one.weekday === weekday)?.spans ?? []
  const now = spansOn(calendar, day)
  const hoursText = (spans: typeof usual | typeof now) => (spans.length > 0 ? spansText(spans) : t('rest'))
  return (
    <div className="calendar-day">
      <div className="row g8 wrap">
        <b className="num">{dayWord(t, day)}</b>
        {mayChange && (
          <Segmented<Choice>
            size="small"
            value={special?.kind ?? 'usual'}
            disabled={pending}
            options={(['usual', 'holiday', 'workday'] as const).map((value) => ({ value, label: t(CHOICE_WORD[value]) }))}
            onChange={choose}
          />
        )}
        {special && mayChange && <NameInput key={`${day} ${special.name}`} special={special} onSave={rename} />}
      </div>
      <div className="t3 s12 num">
        {t('usualIs', { hours: hoursText(usual) })}
        {special && ` · ${t('nowIs', { hours: hoursText(now) })}`}
      </div>
    </div>
  )
}

type T = ReturnType<typeof useText<keyof (typeof text)['zh-CN']>>
const dayWord = (t: T, day: string): string =>
  t('day', { month: Number(day.slice(5, 7)), day: Number(day.slice(8)), weekday: weekdayWord(weekdayOf(day)) })

function NameInput({ special, onSave }: { special: CalendarDay; onSave: (name: string | null) => void }) {
  const t = useText(text)
  const [typed, setTyped] = useState(special.name ?? '')
  const save = () => {
    const name = typed.trim() || null
    if (name !== special.name) onSave(name)
  }
  return (
    <span className="row g4">
      <Input
        size="small"
        className="calendar-name"
        aria-label={t('name')}
        placeholder={t('nameHint')}
        maxLength={100}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onPressEnter={save}
      />
      {(typed.trim() || null) !== special.name && (
        <Button size="small" onClick={save}>
          {t('nameSave')}
        </Button>
      )}
    </span>
  )
}

function useChange(day: string, special: CalendarDay | undefined) {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const word = dayWord(t, day)
  const set = useMutation(
    api.calendar.setDay.mutationOptions({
      onSuccess: ({ kind }) => undo.say(t('daySet', { day: word, what: t(CHOICE_WORD[kind]) }), { procedure: 'calendar.setDay' }),
    }),
  )
  const remove = useMutation(
    api.calendar.removeDay.mutationOptions({
      onSuccess: () => undo.say(t('dayBack', { day: word }), { procedure: 'calendar.removeDay' }),
    }),
  )
  return {
    choose: (choice: Choice) => {
      if (choice === 'usual') return special ? remove.mutate({ day }) : undefined
      set.mutate({ day, kind: choice, name: special?.name ?? null })
    },
    rename: (name: string | null) => special && set.mutate({ day, kind: special.kind, name }),
    pending: set.isPending || remove.isPending,
  }
}
