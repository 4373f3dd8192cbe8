import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { RESPONSE_GROUP_KEYS, type ResponseGroupKey } from '../../../src-shared/features/reports/keys.ts'
import type { ResponseAsked } from '../../../src-shared/features/reports/response.ts'
import { useApi, useClock } from '../../kernel/context.tsx'
import { businessDateOf } from '../../kernel/format.ts'
import { readJson, writeJson } from '../../kernel/preferences.ts'
import { daysOf, PERIODS, type PeriodKey, WHO, type WhoKey } from './useReport.ts'

type Chosen = { period: PeriodKey; from: string; to: string; who: WhoKey | null; group: ResponseGroupKey }
const KEY = 'response'

function remembered(): Chosen {
  const stored = readJson<Partial<Chosen>>(KEY, {})
  return {
    period: PERIODS.find((one) => one === stored.period) ?? 'month',
    from: stored.from ?? '',
    to: stored.to ?? '',
    who: WHO.find((one) => one === stored.who) ?? null,
    group: RESPONSE_GROUP_KEYS.find((one) => one === stored.group) ?? 'owner',
  }
}

/** Whose leads, which days, put together by what; `asked` null: not known yet who may be seen. */
export function useResponse() {
  const api = useApi()
  const { nowMs, zone } = useClock()
  const today = businessDateOf(nowMs, zone)
  const [chosen, setChosen] = useState(remembered)
  const who = useQuery(api.reports.whoAnswers.queryOptions({ input: {}, staleTime: 60_000, meta: { shown: true } }))
  const choose = (next: Partial<Chosen>) => {
    const all = { ...chosen, ...next }
    setChosen(all)
    writeJson(KEY, all)
  }
  const scopes = who.data?.scopes ?? []
  const scope = scopes.find(({ key }) => key === chosen.who) ?? scopes.at(-1)
  const whose = scope?.whose ?? null
  const common = who.data ? { ...daysOf(chosen, today), whose: whose && [...whose] } : null
  const asked: ResponseAsked | null = common && { ...common, group: chosen.group }
  const found = useQuery(
    api.reports.response.queryOptions({
      input: asked ?? { from: today, to: today },
      enabled: asked !== null,
      placeholderData: keepPreviousData,
      meta: { shown: true },
    }),
  )
  return { chosen, choose, common, asked, found, scopes, at: scope?.key ?? null, error: who.error ?? found.error, who }
}
export type ResponseReport = ReturnType<typeof useResponse>
