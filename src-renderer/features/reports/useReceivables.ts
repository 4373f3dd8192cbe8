import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { AGE_GROUP_KEYS, type AgeGroupKey } from '../../../src-shared/features/reports/keys.ts'
import type { Receivables, ReceivablesAsked } from '../../../src-shared/features/reports/receivables.ts'
import { useApi, useClock } from '../../kernel/context.tsx'
import { businessDateOf } from '../../kernel/format.ts'
import { readJson, writeJson } from '../../kernel/preferences.ts'
import { WHO, type WhoKey } from './useReport.ts'

type Chosen = { who: WhoKey | null; group: AgeGroupKey }
const KEY = 'receivables'
const PAGE = 100

function remembered(): Chosen {
  const stored = readJson<Partial<Chosen>>(KEY, {})
  return {
    who: WHO.find((one) => one === stored.who) ?? null,
    group: AGE_GROUP_KEYS.find((one) => one === stored.group) ?? 'customer',
  }
}

/** Whose debts, as of which day, put together by what; `asked` null: not known yet who may be seen. */
export function useReceivables() {
  const api = useApi()
  const { nowMs, zone } = useClock()
  const today = businessDateOf(nowMs, zone)
  const [chosen, setChosen] = useState(remembered)
  const [on, setOn] = useState(today)
  const who = useQuery(api.reports.whoOwes.queryOptions({ input: {}, staleTime: 60_000, meta: { shown: true } }))
  const scopes = who.data?.scopes ?? []
  const scope = scopes.find(({ key }) => key === chosen.who) ?? scopes.at(-1)
  const whose = scope?.whose ?? null
  const asked: ReceivablesAsked | null = who.data ? { on, whose: whose && [...whose], group: chosen.group } : null
  const found = useInfiniteQuery(
    api.reports.receivables.infiniteOptions({
      input: (offset: number) => ({ asked: asked ?? { on }, offset, limit: PAGE }),
      enabled: asked !== null,
      initialPageParam: 0,
      getNextPageParam: (last: Receivables, pages: readonly Receivables[]) =>
        pages.reduce((n, { groups }) => n + groups.length, 0) < last.count ? pages.length * PAGE : undefined,
      placeholderData: keepPreviousData,
      meta: { shown: true },
    }),
  )
  const choose = (next: Partial<Chosen>) => {
    const all = { ...chosen, ...next }
    setChosen(all)
    writeJson(KEY, all)
  }
  return { today, on, setOn, chosen, choose, scopes, at: scope?.key ?? null, asked, found, error: who.error ?? found.error }
}
export type ReceivablesReport = ReturnType<typeof useReceivables>
