import { EditOutlined, HistoryOutlined, ImportOutlined, PlusOutlined, UndoOutlined } from '@ant-design/icons'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Checkbox, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import type { CustomerId } from '../../../src-shared/features/customers/model.ts'
import type { FieldChange, HistoryEntry } from '../../../src-shared/features/history/model.ts'
import { LoadFailed, Nothing, SkeletonRows } from '../../components/states.tsx'
import { Timeline, type TimelineEvent } from '../../components/Timeline.tsx'
import { actorWord } from '../../kernel/actor.ts'
import { useApi, useClock } from '../../kernel/context.tsx'
import { birthdayShown } from '../../../src-shared/kernel/birthday.ts'
import { type Clock, formatInstant, formatMoney, formatPhone } from '../../kernel/format.ts'
import { listed, type Translate, translate, useText } from '../../kernel/text.ts'
import { sliceWord } from '../../kernel/slices.ts'
import { actionWord } from './actionWords.ts'
import { together } from './feed.ts'
import { recordText as text, type RecordWord } from './recordText.ts'
import { fieldText } from '../fields/public.ts'
import { mayTakeBack, WayBack } from '../history/public.ts'
import { fieldWord, optionWord } from './words.tsx'

type T = Translate<RecordWord>

function useRecordHistory(id: CustomerId) {
  const pages = useInfiniteQuery(
    useApi().history.ofRecord.infiniteOptions({
      input: (before: number | undefined) => ({ entity: 'customer', id, limit: 50, ...(before !== undefined && { before }) }),
      initialPageParam: undefined as number | undefined,
      getNextPageParam: (last) => (last.hasMore ? last.entries.at(-1)?.seq : undefined),
      meta: { shown: true },
    }),
  )
  return { ...pages, entries: pages.data?.pages.flatMap((page) => page.entries) ?? [] }
}

/** What is shown of the record's own history beside what was said: what happened to it, and changes of its fields. */
export type Told = 'business' | 'changes'

/** Changes of fields as one line each, and what happened to the record; what was said stands in the feed itself. */
export function useChangeEvents(id: CustomerId, { told, person }: { told: readonly Told[]; person: string | null }) {
  const t = useText(text)
  const clock = useClock()
  const history = useRecordHistory(id)
  const entries = history.entries.filter(
    (entry) => isTold(entry) && told.includes(toldAs(entry)) && (person === null || entry.actorName === person),
  )
  const alone = (entry: HistoryEntry) => toldAs(entry) === 'business' || entry.undoesSeq !== null || entry.undoneBySeq !== null
  return {
    events: together(entries, alone).map((group) => eventOfGroup(t, clock, group)),
    reached: history.hasNextPage ? (history.entries.at(-1)?.at ?? null) : null,
    more: () => void history.fetchNextPage(),
    isPending: history.isPending,
    error: history.data ? null : history.error,
    retry: () => void history.refetch(),
  }
}

/** How it came here and what changed on it; an import is both. */
const isTold = (entry: HistoryEntry): boolean =>
  !entry.procedure.startsWith('followUps.') && (entry.changes.length > 0 || toldAs(entry) === 'business')

const EDITS: ReadonlySet<string> = new Set(['edited', 'editedMany', 'undone', 'redone', 'changed'])
const toldAs = ({ action, changes }: HistoryEntry): Told =>
  EDITS.has(action) && !changes.some(({ field }) => field === 'ownerId') ? 'changes' : 'business'

/** Several changes of one person, one after the other, are one line that unfolds. */
function eventOfGroup(t: T, clock: Clock, group: readonly HistoryEntry[]): TimelineEvent {
  const [first] = group
  if (!first) throw new Error('a group without an entry')
  const changes = group.flatMap((entry) => entry.changes)
  const event = eventOf(t, clock, first)
  if (changes.length < 2) return event
  const names = [...new Set(changes.map((change) => changedField(t, change)))]
  const isEdit = first.undoesSeq === null && EDITS.has(first.action)
  return {
    ...event,
    what: (
      <>
        {isEdit ? t('changedFields', { n: names.length }) : actionWord(t, first)}
        <span className="t3"> {listed(names)}</span>
      </>
    ),
    fold: <Changes t={t} clock={clock} changes={changes} />,
  }
}

/** 操作记录: everything that happened to the record, who, when and from where, each change with its way back. */
export function History({ id }: { id: CustomerId }) {
  const t = useText(text)
  const clock = useClock()
  const history = useRecordHistory(id)
  const [who, setWho] = useState<string | null>(null)
  const [what, setWhat] = useState<string | null>(null)
  const [onlyOpen, setOnlyOpen] = useState(false)
  if (history.isPending) return <SkeletonRows rows={6} height={44} />
  if (history.error && !history.data)
    return <LoadFailed error={history.error} feature="history" onRetry={() => void history.refetch()} />
  if (history.entries.length === 0) return <Nothing>{t('noHistory')}</Nothing>
  const shown = history.entries.filter(
    (entry) =>
      (who === null || whoDid(entry) === who) &&
      (what === null || actionWord(t, entry) === what) &&
      (!onlyOpen || mayTakeBack(entry)),
  )
  const events = shown.map(
    (entry): TimelineEvent => ({
      ...eventOf(t, clock, entry),
      ...(entry.changes.length > 1 && { said: <Changes t={t} clock={clock} changes={entry.changes} /> }),
      what: (
        <>
          {eventOf(t, clock, entry).what}
          <span className="t4 s12"> · {sliceWord('history', `origin.${entry.origin}`) ?? entry.origin}</span>
        </>
      ),
      actions: <WayBack entry={entry} what={actionWord(t, entry)} />,
    }),
  )
  return (
    <div className="history">
      <div className="row g8 gap-below wrap">
        <Choice value={who} onChange={setWho} all={t('everybody')} options={history.entries.map(whoDid)} />
        <Choice
          value={what}
          onChange={setWhat}
          all={t('anyAction')}
          options={history.entries.map((entry) => actionWord(t, entry))}
        />
        <Checkbox checked={onlyOpen} onChange={(event) => setOnlyOpen(event.target.checked)}>
          {t('onlyUndoable')}
        </Checkbox>
      </div>
      {events.length === 0 && !history.hasNextPage && <Nothing>{t('noneHere')}</Nothing>}
      <Timeline
        events={events}
        end={
          history.hasNextPage && (
            <Button size="small" loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
              {t('loadMore')}
            </Button>
          )
        }
      />
    </div>
  )
}

const whoDid = ({ actorName, origin }: HistoryEntry): string => actorWord(actorName, origin)

type ChoiceProps = { value: string | null; onChange: (value: string | null) => void; all: string; options: readonly string[] }

/** One of those that are there, or all. */
function Choice({ value, onChange, all, options }: ChoiceProps) {
  return (
    <Select
      size="small"
      variant="filled"
      className="feed-person"
      aria-label={all}
      value={value ?? ''}
      onChange={(next: string) => onChange(next === '' ? null : next)}
      options={[{ value: '', label: all }, ...[...new Set(options)].map((option) => ({ value: option, label: option }))]}
      popupMatchSelectWidth={false}
    />
  )
}

const ICONS: Record<string, ReactNode> = { created: <PlusOutlined />, edited: <EditOutlined />, imported: <ImportOutlined /> }

function eventOf(t: T, clock: Clock, entry: HistoryEntry): TimelineEvent {
  const [only] = entry.changes
  const told =
    entry.changes.length === 1 && only
      ? changeText(t, clock, only)
      : listed(entry.changes.map((change) => changedField(t, change)))
  return {
    key: `#${entry.seq}`,
    at: entry.at,
    icon: entry.undoesSeq ? <UndoOutlined /> : (ICONS[entry.action] ?? <HistoryOutlined />),
    tone: entry.action === 'created' || entry.action === 'imported' ? 'ok' : 'info',
    who: whoDid(entry),
    what: (
      <>
        {actionWord(t, entry)}
        {entry.facts.file && <span className="t3"> {t('quoted', { name: entry.facts.file })}</span>}
        {told && (
          <span className="t3" dir="auto">
            {' '}
            {told}
          </span>
        )}
      </>
    ),
  }
}

function Changes({ t, clock, changes }: { t: T; clock: Clock; changes: readonly FieldChange[] }) {
  return (
    <div className="kv">
      {changes.flatMap((change) => [
        <span key={change.field}>{changedField(t, change)}</span>,
        <span key={`${change.field} value`}>{movedText(t, clock, change)}</span>,
      ])}
    </div>
  )
}

/** One that was put aside since still has its name. */
const changedField = (t: T, { field, label }: FieldChange): string => label ?? fieldWord(t, field)
const typeOf = ({ field, type }: FieldChange): string | undefined =>
  type ?? customerEntity.fields.find((one) => one.key === field)?.type

const changeText = (t: T, clock: Clock, change: FieldChange): string =>
  `${changedField(t, change)} ${movedText(t, clock, change)}`

/** Of tags history knows those that came and those that went, not all that were there. */
function movedText(t: T, clock: Clock, change: FieldChange): string {
  const { before, after, beforeLabel, afterLabel } = change
  if (typeOf(change) === 'tags')
    return [
      ...(after === null ? [] : [t('tagsAdded', { names: String(after) })]),
      ...(before === null ? [] : [t('tagsRemoved', { names: String(before) })]),
    ].join(' · ')
  return t('arrow', {
    from: valueText(t, clock, change, { value: before, label: beforeLabel }),
    to: valueText(t, clock, change, { value: after, label: afterLabel }),
  })
}

type Shown = { value: FieldChange['before']; label: string | null }
function valueText(t: T, clock: Clock, change: FieldChange, { value, label }: Shown): string {
  if (label !== null) return label
  if (value === null || value === '') return t('empty')
  switch (typeOf(change)) {
    case 'select':
      return optionWord(t, change.field, String(value))
    case 'phone':
      return formatPhone(String(value))
    case 'birthday':
      return birthdayShown(String(value))
    case 'instant':
      return formatInstant(String(value), clock)
    case 'money':
      return formatMoney(Number(value))
    case 'boolean':
      return translate(fieldText, value === true ? 'yes' : 'no')
    default:
      return String(value)
  }
}
