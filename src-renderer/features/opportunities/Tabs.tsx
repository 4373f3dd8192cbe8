import { useQuery } from '@tanstack/react-query'
import type { Opportunity } from '../../../src-shared/features/opportunities/model.ts'
import { LoadFailed, Nothing, SkeletonRows } from '../../components/states.tsx'
import { SimpleTable } from '../../components/SimpleTable.tsx'
import { Dash, InstantText } from '../../components/values.tsx'
import { useApi, useClock } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { fieldWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

const DAY_MS = 86_400_000

/** 阶段记录: each time in a stage, from when to when, and who moved it there. */
export function StageTimes({ row }: { row: Opportunity }) {
  const t = useText(text)
  const { nowMs } = useClock()
  const times = useQuery(useApi().opportunities.stages.queryOptions({ input: { id: row.id }, meta: { shown: true } }))
  if (!times.data)
    return times.error ? (
      <LoadFailed error={times.error} feature="opportunities" onRetry={() => void times.refetch()} />
    ) : (
      <SkeletonRows rows={4} height={36} />
    )
  if (times.data.length === 0) return <Nothing>{t('noStages')}</Nothing>
  const daysOf = (from: string, to: string | null) =>
    Math.max(0, Math.floor(((to === null ? nowMs : Date.parse(to)) - Date.parse(from)) / DAY_MS))
  return (
    <SimpleTable
      rows={times.data}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'stage',
          title: fieldWord('opportunities', 'stageId'),
          render: ({ stageName }) => <span className="b">{stageName}</span>,
        },
        {
          key: 'from',
          title: fieldWord('opportunities', 'stageEnteredAt'),
          render: ({ enteredAt }) => <InstantText at={enteredAt} />,
        },
        {
          key: 'stayed',
          title: t('inStage'),
          align: 'right',
          render: ({ enteredAt, leftAt }) => (
            <span className="num">{t('stayed', { n: formatNumber(daysOf(enteredAt, leftAt)) })}</span>
          ),
        },
        { key: 'who', title: t('movedBy'), render: ({ byName }) => byName ?? <Dash /> },
      ]}
    />
  )
}
