import { EditOutlined, HistoryOutlined, ImportOutlined, PlusOutlined, UndoOutlined } from '@ant-design/icons'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import type { CustomerId } from '../../../src-shared/features/customers/model.ts'
import type { FieldChange, HistoryEntry } from '../../../src-shared/features/history/model.ts'
import { Chip } from '../../components/marks.tsx'
import { LoadFailed, Nothing, SkeletonRows } from '../../components/states.tsx'
import { Timeline, type TimelineEvent } from '../../components/Timeline.tsx'
import { actorWord } from '../../kernel/actor.ts'
import { useApi, useClock } from '../../kernel/context.tsx'
import { type Clock, formatInstant, formatMoney, formatPhone } from '../../kernel/format.ts'
import { translate, useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { actionWord } from './actionWords.ts'
import { text } from './text.ts'
import { fieldText } from '../fields/public.ts'
import { fieldWord, optionWord, type T } from './words.tsx'

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

/** Changes of fields as one line each, for the feed; what was said stands there itself. */
export function useChangeEvents(id: CustomerId) {
  const t = useText(text)
  const clock = useClock()
  const history = useRecordHistory(id)
  const events = history.entries.filter(isTold).map((entry) => eventOf(t, clock, entry))
  return {
    events,
    reached: history.hasNextPage ? (history.entries.at(-1)?.at ?? null) : null,
    more: () => void history.fetchNextPage(),
    isPending: history.isPending,
    error: history.data ? null : history.error,
    retry: () => void history.refetch(),
  }
}

/** How it came here and what changed on it; an import is both. */
const isTold = ({ procedure, action, changes }: HistoryEntry): boolean =>
  !procedure.startsWith('followUps.') && (changes.length > 0 || action === 'created' || action === 'imported')

/** From here only what is this record's alone: taking a step of a batch back would take others with it. */
const isItsOwn = ({ batchId, facts }: HistoryEntry): boolean => batchId === null || facts.records === 1

/** 操作记录: everything that happened to the record, each change with its way back. */
export function History({ id }: { id: CustomerId }) {
  const t = useText(text)
  const clock = useClock()
  const undo = useUndo()
  const history = useRecordHistory(id)
  if (history.isPending) return <SkeletonRows rows={6} height={44} />
  if (history.error && !history.data)
    return <LoadFailed error={history.error} feature="history" onRetry={() => void history.refetch()} />
  if (history.entries.length === 0) return <Nothing>{t('noHistory')}</Nothing>
  const events = history.entries.map(
    (entry): TimelineEvent => ({
      ...eventOf(t, clock, entry),
      ...(entry.changes.length > 0 && { said: <Changes t={t} clock={clock} changes={entry.changes} /> }),
      actions: entry.undoneBySeq ? (
        <Chip>{t('undone')}</Chip>
      ) : entry.undoable && isItsOwn(entry) ? (
        <Button size="small" icon={<UndoOutlined />} onClick={() => void undo.now(actionWord(t, entry), entry.seq)}>
          {t('undo')}
        </Button>
      ) : null,
    }),
  )
  return (
    <div className="history">
      <Timeline
        events={events}
        end={
          history.hasNextPage && (
            <Button size="small" onClick={() => void history.fetchNextPage()}>
              {t('loadMore')}
            </Button>
          )
        }
      />
    </div>
  )
}

const ICONS: Record<string, ReactNode> = { created: <PlusOutlined />, edited: <EditOutlined />, imported: <ImportOutlined /> }

function eventOf(t: T, clock: Clock, entry: HistoryEntry): TimelineEvent {
  const [only] = entry.changes
  const told =
    entry.changes.length === 1 && only
      ? changeText(t, clock, only)
      : entry.changes.map((change) => changedField(t, change)).join('、')
  return {
    key: `#${entry.seq}`,
    at: entry.at,
    icon: entry.undoesSeq ? <UndoOutlined /> : (ICONS[entry.action] ?? <HistoryOutlined />),
    tone: entry.action === 'created' || entry.action === 'imported' ? 'ok' : 'info',
    who: actorWord(entry.actorName, entry.origin),
    what: (
      <>
        {actionWord(t, entry)}
        {entry.facts.file && <span className="t3"> {t('quoted', { name: entry.facts.file })}</span>}
        {told && <span className="t3"> {told}</span>}
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
