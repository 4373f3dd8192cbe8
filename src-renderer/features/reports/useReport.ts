import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { FUNNEL_GROUP_KEYS, type FunnelGroupKey } from '../../../src-shared/features/reports/keys.ts'
import { type Days, daysOfPeriod, quarterOf } from '../../../src-shared/kernel/periods.ts'
import { useApi, useClock } from '../../kernel/context.tsx'
import { businessDateOf } from '../../kernel/format.ts'
import { readJson, writeJson } from '../../kernel/preferences.ts'

export const PERIODS = ['month', 'quarter', 'year', 'custom'] as const
export type PeriodKey = (typeof PERIODS)[number]
const BASES = ['cohort', 'passage'] as const
export const COMPARES = ['before', 'year', 'none'] as const
export const WHO = ['own', 'reports', 'department', 'below', 'all'] as const
export type WhoKey = (typeof WHO)[number]

/** What was chosen for all reports, kept on this device. */
export type Chosen = {
  period: PeriodKey
  from: string
  to: string
  by: (typeof BASES)[number]
  who: WhoKey | null
  pipeline: string | null
  compare: (typeof COMPARES)[number]
  group: FunnelGroupKey
}
const KEY = 'reports'

function remembered(): Chosen {
  const stored = readJson<Partial<Chosen>>(KEY, {})
  const oneOf = <Value extends string>(known: readonly Value[], value: unknown, otherwise: Value): Value =>
    known.find((one) => one === value) ?? otherwise
  return {
    period: oneOf(PERIODS, stored.period, 'month'),
    from: stored.from ?? '',
    to: stored.to ?? '',
    by: oneOf(BASES, stored.by, 'cohort'),
    who: WHO.find((one) => one === stored.who) ?? null,
    pipeline: typeof stored.pipeline === 'string' ? stored.pipeline : null,
    compare: oneOf(COMPARES, stored.compare, 'before'),
    group: oneOf(FUNNEL_GROUP_KEYS, stored.group, 'person'),
  }
}

export const periodOf = (key: Exclude<PeriodKey, 'custom'>, today: string): string =>
  key === 'year' ? today.slice(0, 4) : key === 'quarter' ? quarterOf(today) : today.slice(0, 7)

/** The days of what was chosen; those of one's own where they are sound, else today. */
export function daysOf({ period, from, to }: Pick<Chosen, 'period' | 'from' | 'to'>, today: string): Days {
  const own = period === 'custom' ? (from && to && from <= to ? { from, to } : null) : daysOfPeriod(periodOf(period, today))
  return own ?? { from: today, to: today }
}

/** Whose opportunities, which days, which pipeline: chosen once for every report. `common` null: not known yet who may be seen. */
export function useReport() {
  const api = useApi()
  const { nowMs, zone } = useClock()
  const today = businessDateOf(nowMs, zone)
  const [chosen, setChosen] = useState(remembered)
  const who = useQuery(api.reports.who.queryOptions({ input: {}, staleTime: 60_000, meta: { shown: true } }))
  const pipelines = useQuery(api.pipelines.list.queryOptions({ input: {}, staleTime: 60_000, meta: { shown: true } }))
  const choose = (next: Partial<Chosen>) => {
    const all = { ...chosen, ...next }
    setChosen(all)
    writeJson(KEY, all)
  }
  const scopes = who.data?.scopes ?? []
  const scope = scopes.find(({ key }) => key === chosen.who) ?? scopes.at(-1)
  const known = pipelines.data?.find(({ id }) => id === chosen.pipeline)
  const whose = scope?.whose ?? null
  const common =
    who.data && pipelines.data
      ? { ...daysOf(chosen, today), whose: whose && [...whose], ...(known && { pipeline: known.id }) }
      : null
  return {
    chosen,
    choose,
    today,
    scopes,
    at: scope?.key ?? null,
    pipelines: pipelines.data ?? [],
    pipeline: known?.id ?? pipelines.data?.find(({ archived }) => !archived)?.id ?? null,
    common,
    error: who.error ?? pipelines.error,
    retry: () => void Promise.all([who.refetch(), pipelines.refetch()]),
  }
}
export type Report = ReturnType<typeof useReport>
export type Common = NonNullable<Report['common']>
