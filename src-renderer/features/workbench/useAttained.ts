import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { TargetKind } from '../../../src-shared/features/targets/keys.ts'
import { quarterOf } from '../../../src-shared/kernel/periods.ts'
import { useApi } from '../../kernel/context.tsx'
import type { Looking } from './useWorkbench.ts'

/** Targets go by months and quarters: a day or a week lies in its month, dates of one's own in the month they end in. */
export function targetPeriod({ period, day }: Pick<Looking, 'period' | 'day'>): string {
  if (period.key === 'quarter') return quarterOf(day.today)
  return (period.key === 'custom' ? (period.to ?? day.today) : day.today).slice(0, 7)
}

/** Who reached what of the targets of a kind, among those one looks at. */
export function useAttained(looking: Looking, kind: TargetKind, enabled = true) {
  const { whose } = looking
  return useQuery(
    useApi().targets.attainment.queryOptions({
      input: { period: targetPeriod(looking), kind, whose: whose && [...whose] },
      placeholderData: keepPreviousData,
      meta: { shown: true },
      enabled,
    }),
  )
}
