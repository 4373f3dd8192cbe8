import { HistoryOutlined, UndoOutlined } from '@ant-design/icons'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { FieldChange, HistoryEntry } from '../../../src-shared/features/history/model.ts'
import type { Lead } from '../../../src-shared/features/leads/model.ts'
import { Chip } from '../../components/marks.tsx'
import { LoadFailed, Nothing, SkeletonRows } from '../../components/states.tsx'
import { Timeline, type TimelineEvent } from '../../components/Timeline.tsx'
import { actorWord } from '../../kernel/actor.ts'
import { useApi, useClock } from '../../kernel/context.tsx'
import { type Clock, formatInstant } from '../../kernel/format.ts'
import { actionWord, fieldWord, optionWord } from '../../kernel/slices.ts'
import { listed, type Translate, useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { type LeadWord, text } from './text.ts'
import { FIELDS } from './words.ts'

/** 操作记录: everything that happened to the record, each step of one's own with its way back. */
export function History({ id }: { id: Lead['id'] }) {
  const t = useText(text)
  const clock = useClock()
  const undo = useUndo()
  const pages = useInfiniteQuery(
    useApi().history.ofRecord.infiniteOptions({
      input: (before: number | undefined) => ({ entity: 'lead', id, limit: 50, ...(before !== undefined && { before }) }),
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
      tone: entry.action === 'created' || entry.action === 'converted' ? 'ok' : 'info',
      who: actorWord(entry.actorName, entry.origin),
      what: (
        <>
          {action}
          <span className="t3" dir="auto">
            {' '}
            {toldOf(t, clock, entry)}
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

type T = Translate<LeadWord>
/** A few changes as from and to, of more the names of the fields. */
function toldOf(t: T, clock: Clock, { changes }: HistoryEntry): string {
  const shown = changes.filter(({ field }) => FIELDS.find(({ key }) => key === field)?.type !== 'reference' || named(field))
  if (shown.length > 3) return listed(shown.map(({ field }) => fieldWord('leads', field)))
  return listed(shown.map((change) => `${fieldWord('leads', change.field)} ${movedText(t, clock, change)}`))
}
const named = (field: string): boolean => ['ownerId', 'poolId', 'sourceId', 'invalidReasonId'].includes(field)

const movedText = (t: T, clock: Clock, { field, before, after, beforeLabel, afterLabel }: FieldChange): string =>
  t('arrow', { from: beforeLabel ?? valueText(t, clock, field, before), to: afterLabel ?? valueText(t, clock, field, after) })

function valueText(t: T, clock: Clock, field: string, value: FieldChange['before']): string {
  if (value === null || value === '') return t('empty')
  switch (FIELDS.find(({ key }) => key === field)?.type) {
    case 'instant':
      return formatInstant(String(value), clock)
    case 'select':
      return optionWord('leads', field, String(value))
    default:
      return String(value)
  }
}
