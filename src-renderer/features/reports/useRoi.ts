import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { RoiAsked } from '../../../src-shared/features/reports/roi.ts'
import { useApi, useClock } from '../../kernel/context.tsx'
import { businessDateOf } from '../../kernel/format.ts'
import { readJson, writeJson } from '../../kernel/preferences.ts'
import { type Chosen as All, COMPARES, daysOf, PERIODS } from './useReport.ts'

type Chosen = Pick<All, 'period' | 'from' | 'to' | 'compare'>
const KEY = 'roi'

function remembered(): Chosen {
  const stored = readJson<Partial<Chosen>>(KEY, {})
  return {
    period: PERIODS.find((one) => one === stored.period) ?? 'quarter',
    from: stored.from ?? '',
    to: stored.to ?? '',
    compare: COMPARES.find((one) => one === stored.compare) ?? 'before',
  }
}

/** Which days, held against which. */
export function useRoi() {
  const { nowMs, zone } = useClock()
  const [chosen, setChosen] = useState(remembered)
  const common = daysOf(chosen, businessDateOf(nowMs, zone))
  const asked: RoiAsked = { ...common, compare: chosen.compare === 'none' ? null : chosen.compare }
  const found = useQuery(
    useApi().reports.roi.queryOptions({ input: asked, placeholderData: keepPreviousData, meta: { shown: true } }),
  )
  const choose = (next: Partial<Chosen>) => {
    const all = { ...chosen, ...next }
    setChosen(all)
    writeJson(KEY, all)
  }
  return { chosen, choose, common, asked, found }
}
