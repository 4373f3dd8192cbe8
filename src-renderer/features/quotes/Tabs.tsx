import { HistoryOutlined, UndoOutlined } from '@ant-design/icons'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import type { FieldChange, HistoryEntry } from '../../../src-shared/features/history/model.ts'
import type { Quote } from '../../../src-shared/features/quotes/model.ts'
import { Chip } from '../../components/marks.tsx'
import { Nothing, LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { Timeline, type TimelineEvent } from '../../components/Timeline.tsx'
import { Money } from '../../components/values.tsx'
import { actorWord } from '../../kernel/actor.ts'
import { useApi, useClock } from '../../kernel/context.tsx'
import { type Clock, formatInstant, formatMoney } from '../../kernel/format.ts'
import { actionWord, fieldWord } from '../../kernel/slices.ts'
import { listed, useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { StatusText } from './columns.tsx'
import { text } from './text.ts'
import { FIELDS } from './words.ts'

/** 版本: every version of the quote, the latest first. */
export function Versions({ row }: { row: Quote }) {
  const t = useText(text)
  const found = useQuery(useApi().quotes.versions.queryOptions({ input: { id: row.id }, meta: { shown: true } }))
  if (!found.data)
    return found.error ? (
      <LoadFailed error={found.error} feature="quotes" onRetry={() => void found.refetch()} />
    ) : (
      <SkeletonRows rows={3} height={44} />
    )
  return found.data.map((one) => (
    <Link key={one.id} to="/quotes/$id" params={{ id: one.id }} className="quote-line">
      <span className="grow el t1">
        <span className="b">{t('version', { n: one.versionNo ?? 1 })}</span>
        <span className="t3 s12 num"> {one.number}</span>
      </span>
      {one.superseded ? <Chip>{t('old')}</Chip> : <Chip tone="ok">{t('latest')}</Chip>}
      <StatusText row={one} />
      <Money fen={one.totalFen} />
    </Link>
  ))
}

/** 操作记录: everything that happened to the quote, each step of one's own with its way back. */
export function History({ id }: { id: Quote['id'] }) {
  const t = useText(text)
  const clock = useClock()
  const undo = useUndo()
  const pages = useInfiniteQuery(
    useApi().history.ofRecord.infiniteOptions({
      input: (before: number | undefined) => ({ entity: 'quote', id, limit: 50, ...(before !== undefined && { before }) }),
      initialPageParam: undefined as number | undefined,
      getNextPageParam: (last) => (last.hasMore ? last.entries.at(-1)?.seq : undefined),
      meta: { shown: true },
    }),
  )
  if (pages.isPending) return <SkeletonRows rows={6} height={44} />
  if (pages.error && !pages.data) return <LoadFailed error={pages.error} feature="history" onRetry={() => void pages.refetch()} />
  const entries = (pages.data?.pages ?? []).flatMap((page) => page.entries)
  if (entries.length === 0) return <Nothing>{t('noHistory')}</Nothing>
  const events = entries.map((entry): TimelineEvent => {
    const action = actionWord(entry.procedure, entry.action) ?? entry.action
    const mayTakeBack = entry.undoable && entry.undoneBySeq === null && (entry.batchId === null || entry.facts.records === 1)
    return {
      key: `#${entry.seq}`,
      at: entry.at,
      icon: entry.undoesSeq ? <UndoOutlined /> : <HistoryOutlined />,
      tone: entry.action === 'created' || entry.action === 'accepted' ? 'ok' : 'info',
      who: actorWord(entry.actorName, entry.origin),
      what: (
        <>
          {action}
          <span className="t3" dir="auto">
            {' '}
            {toldOf(clock, entry)}
          </span>
        </>
      ),
      actions: entry.undoneBySeq ? (
        <Chip>{t('undone')}</Chip>
      ) : mayTakeBack ? (
        <Button size="small" icon={<UndoOutlined />} onClick={() => void undo.now(action, entry.seq)}>
          {t('undo')}
        </Button>
      ) : null,
    }
  })
  return (
    <Timeline
      events={events}
      end={
        pages.hasNextPage && (
          <Button size="small" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t('loadMore')}
          </Button>
        )
      }
    />
  )
}

/** What follows from something else is not told beside it. */
const FOLLOWS: ReadonlySet<string> = new Set(['linesFen', 'taxFen', 'listFen', 'superseded', 'sentAt', 'decidedAt'])
/** A few changes as from and to, of more the names of the fields. */
function toldOf(clock: Clock, { changes }: HistoryEntry): string {
  const typeOf = (field: string) => FIELDS.find(({ key }) => key === field)?.type
  const shown = changes.filter(({ field }) => !FOLLOWS.has(field) && (typeOf(field) !== 'reference' || field === 'ownerId'))
  if (shown.length > 3) return listed(shown.map(({ field }) => fieldWord('quotes', field)))
  const value = (field: string, { value: raw, label }: { value: FieldChange['before']; label: string | null | undefined }) => {
    if (label) return label
    if (raw === null || raw === '') return '—'
    if (typeOf(field) === 'money') return formatMoney(Number(raw))
    return typeOf(field) === 'instant' ? formatInstant(String(raw), clock) : String(raw)
  }
  return listed(
    shown.map(
      ({ field, before, after, beforeLabel, afterLabel }) =>
        `${fieldWord('quotes', field)} ${value(field, { value: before, label: beforeLabel })} → ${value(field, { value: after, label: afterLabel })}`,
    ),
  )
}
