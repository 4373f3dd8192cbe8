import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi, useMe } from '../../kernel/context.tsx'
import { useCustomerFields } from './words.tsx'
import { mayAskBy } from './useSight.ts'

/** Fields of free words that a company fills with a few of its own. */
const SUGGESTED = ['industry', 'source'] as const
export type Suggested = (typeof SUGGESTED)[number]
export const isSuggested = (key: string): key is Suggested => (SUGGESTED as readonly string[]).includes(key)

const MOST = 50

/** The words that the company keeps for a field, in its order; behind them what else stands in it of other customers, most frequent first, counted when the field is first entered. */
export function useSuggestions(field: Suggested) {
  const me = useMe()
  const [looked, setLooked] = useState(false)
  const counted = useQuery(
    useApi().customers.countBy.queryOptions({
      input: { which: {}, field },
      enabled: looked && mayAskBy(me, field),
      staleTime: 60_000,
      meta: { shown: true },
    }),
  )
  const counts = new Map((counted.data ?? []).flatMap(({ value, count }) => (value ? [[value, count] as const] : [])))
  const kept = (useCustomerFields().find(({ key }) => key === field)?.choices ?? []).flatMap(({ value, archived }) =>
    archived ? [] : [{ value, count: counts.get(value) }],
  )
  const others = [...counts]
    .flatMap(([value, count]) => (kept.some((one) => one.value === value) ? [] : [{ value, count }]))
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST)
  const values: { value: string; count: number | undefined }[] = [...kept, ...others]
  return { values, look: () => setLooked(true) }
}
