import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { PERIODS, type PeriodKey } from '../../../src-shared/features/workbench/period.ts'
import { WHO, type WhoKey } from '../../../src-shared/features/workbench/keys.ts'
import type { Day, Whose } from '../../../src-shared/features/workbench/todo.ts'
import { useApi, useClock } from '../../kernel/context.tsx'
import { businessDateOf } from '../../kernel/format.ts'
import { readJson, writeJson } from '../../kernel/preferences.ts'

/** `who` null: nothing was chosen yet, so as far as the rights go. */
export type Chosen = { who: WhoKey | 'chosen' | null; people: string[]; period: PeriodKey; from?: string; to?: string }
/** What every part of the page is about. */
export type Looking = {
  whose: Whose
  period: { key: PeriodKey; from?: string; to?: string }
  day: Day
}

const KEY = 'workbench'
const STANDARD: Chosen = { who: null, people: [], period: 'month' }

function remembered(): Chosen {
  const stored = readJson<Partial<Chosen>>(KEY, {})
  return {
    ...STANDARD,
    ...stored,
    who: [...WHO, 'chosen' as const].find((key) => key === stored.who) ?? STANDARD.who,
    period: PERIODS.find((key) => key === stored.period) ?? STANDARD.period,
    people: Array.isArray(stored.people) ? stored.people : [],
  }
}

/** Whose work and which period, chosen once for the whole page and kept on this device. */
export function useWorkbench() {
  const api = useApi()
  const { nowMs, zone } = useClock()
  const [chosen, setChosen] = useState(remembered)
  const who = useQuery(api.workbench.who.queryOptions({ input: {}, staleTime: 60_000, meta: { shown: true } }))
  const choose = (next: Partial<Chosen>) => {
    const all = { ...chosen, ...next }
    setChosen(all)
    writeJson(KEY, all)
  }
  const scopes = who.data?.scopes ?? []
  const people = who.data?.people ?? []
  const known = chosen.people.filter((id) => people.some((one) => one.id === id))
  const scope = scopes.find(({ key }) => key === chosen.who) ?? scopes.at(-1)
  const isChosen = chosen.who === 'chosen' && known.length > 0
  const { period, from, to } = chosen
  const looking: Looking | null = who.data
    ? {
        whose: isChosen ? known : (scope?.whose ?? null),
        period: { key: period, ...(period === 'custom' && from && to && { from, to }) },
        day: { today: businessDateOf(nowMs, zone), zone },
      }
    : null
  return { who, scopes, people, known, chosen, at: isChosen ? ('chosen' as const) : scope?.key, choose, looking }
}
export type Workbench = ReturnType<typeof useWorkbench>
