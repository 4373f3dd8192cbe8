import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi, useMe } from '../../kernel/context.tsx'
import { mayAskBy } from './useSight.ts'

/** Fields of free words that a company fills with a few of its own. */
const SUGGESTED = ['industry', 'source'] as const
export type Suggested = (typeof SUGGESTED)[number]
export const isSuggested = (key: string): key is Suggested => (SUGGESTED as readonly string[]).includes(key)

const MOST = 50

/** What already stands in a field of other customers, most frequent first; counted when the field is first entered. */
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
  const values = (counted.data ?? [])
    .flatMap(({ value, count }) => (value === null || value === '' ? [] : [{ value, count }]))
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST)
  return { values, look: () => setLooked(true) }
}
