import { HistoryOutlined, UndoOutlined } from '@ant-design/icons'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { FieldChange, HistoryEntry } from '../../../src-shared/features/history/model.ts'
import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import { LoadFailed, Nothing, SkeletonRows } from '../../components/states.tsx'
import { Timeline, type TimelineEvent } from '../../components/Timeline.tsx'
import { actorWord } from '../../kernel/actor.ts'
import { useApi, useClock } from '../../kernel/context.tsx'
import { type Clock, formatInstant, formatMoney } from '../../kernel/format.ts'
import { actionWord, fieldWord, optionWord } from '../../kernel/slices.ts'
import { listed, type Translate, useText } from '../../kernel/text.ts'
import { type HistoryWord, text } from './text.ts'
import { WayBack } from './WayBack.tsx'

type RecordHistoryProps = {
  entity: EntityDescriptor
  id: string
  /** Actions that bring the record forward. */
  good?: readonly string[]
  /** Fields that follow from others: they are not told beside them. */
  quiet?: readonly string[]
}
const NONE: readonly string[] = []

/** 操作记录: everything that happened to a record, each step of one's own with its way back. */
export function RecordHistory({ entity, id, good = ['created'], quiet = NONE }: RecordHistoryProps) {
  const t = useText(text)
  const clock = useClock()
  const pages = useInfiniteQuery(
    useApi().history.ofRecord.infiniteOptions({
      input: (before: number | undefined) => ({ entity: entity.name, id, limit: 50, ...(before !== undefined && { before }) }),
      initialPageParam: undefined as number | undefined,
      getNextPageParam: (last) => (last.hasMore ? last.entries.at(-1)?.seq : undefined),
      meta: { shown: true },
    }),
  )
  if (pages.isPending) return <SkeletonRows rows={6} height={44} />
  if (pages.error && !pages.data) return <LoadFailed error={pages.error} feature="history" onRetry={() => void pages.refetch()} />
  const entries = (pages.data?.pages ?? []).flatMap((page) => page.entries)
  if (entries.length === 0) return <Nothing>{t('recordNothing')}</Nothing>
  const events = entries.map((entry): TimelineEvent => {
    const action = actionWord(entry.procedure, entry.action) ?? entry.action
    return {
      key: `#${entry.seq}`,
      at: entry.at,
      icon: entry.undoesSeq ? <UndoOutlined /> : <HistoryOutlined />,
      tone: good.includes(entry.action) ? 'ok' : 'info',
      who: actorWord(entry.actorName, entry.origin),
      what: (
        <>
          {action}
          <span className="t3" dir="auto">
            {' '}
            {toldOf({ t, clock, entity, quiet }, entry)}
          </span>
        </>
      ),
      actions: <WayBack entry={entry} what={action} />,
    }
  })
  return (
    <Timeline
      events={events}
      end={
        pages.hasNextPage && (
          <Button size="small" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t('recordMore')}
          </Button>
        )
      }
    />
  )
}

type Said = { t: Translate<HistoryWord>; clock: Clock; entity: EntityDescriptor; quiet: readonly string[] }
const fieldOf = ({ entity }: Said, key: string) => entity.fields.find((field) => field.key === key)

/** A few changes as from and to, of more the names of the fields. An id without its name says nothing. */
function toldOf(said: Said, { changes }: HistoryEntry): string {
  const shown = changes.filter(
    ({ field, beforeLabel, afterLabel }) =>
      !said.quiet.includes(field) && (fieldOf(said, field)?.type !== 'reference' || beforeLabel !== null || afterLabel !== null),
  )
  const { feature } = said.entity
  if (shown.length > 3) return listed(shown.map(({ field }) => fieldWord(feature, field)))
  return listed(shown.map((change) => `${fieldWord(feature, change.field)} ${movedText(said, change)}`))
}

const movedText = (said: Said, { field, before, after, beforeLabel, afterLabel }: FieldChange): string =>
  said.t('recordArrow', {
    from: beforeLabel ?? valueText(said, field, before),
    to: afterLabel ?? valueText(said, field, after),
  })

function valueText(said: Said, field: string, value: FieldChange['before']): string {
  if (value === null || value === '') return said.t('recordEmpty')
  switch (fieldOf(said, field)?.type) {
    case 'money':
      return formatMoney(Number(value))
    case 'instant':
      return formatInstant(String(value), said.clock)
    case 'select':
      return optionWord(said.entity.feature, field, String(value))
    default:
      return String(value)
  }
}
