import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'

/** How many requests wait for whoever is signed in; nothing where none does. */
export function Waiting() {
  const n = useQuery(useApi().approvals.waiting.queryOptions({ input: {}, meta: { shown: true } })).data?.count
  return n ? <span className="cnt num">{formatNumber(n)}</span> : null
}
