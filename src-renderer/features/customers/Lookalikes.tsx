import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Alert } from 'antd'
import { useDeferredValue, useEffect, useRef } from 'react'
import type { Lookalike } from '../../../src-shared/features/customers/model.ts'
import { explain } from '../../../src-shared/kernel/matching/explain.ts'
import { confirm } from '../../components/confirm.tsx'
import type { Api } from '../../kernel/api.ts'
import { useApi } from '../../kernel/context.tsx'
import { currentLanguage, useText } from '../../kernel/text.ts'
import { text } from './text.ts'
import type { T } from './words.tsx'

type Written = { name?: unknown; phone?: unknown }
const SHORTEST_NAME = 2
const SHORTEST_PHONE = 7

/** What to ask by, or null while too little is written to tell anything. */
function askedBy({ name, phone }: Written): { name?: string; phones?: string[] } | null {
  const [words, number] = [name, phone].map((value) => (typeof value === 'string' ? value.trim() : ''))
  const byName = words && words.length >= SHORTEST_NAME ? { name: words } : {}
  const byPhone = number && number.replaceAll(/\D/g, '').length >= SHORTEST_PHONE ? { phones: [number] } : {}
  const asked = { ...byName, ...byPhone }
  return Object.keys(asked).length > 0 ? asked : null
}

const lookalikesOf = (api: Api, asked: { name?: string; phones?: string[] } | null) =>
  api.customers.lookalikes.queryOptions({
    input: asked ?? {},
    enabled: asked !== null,
    staleTime: 10_000,
    meta: { shown: true },
  })

/** Who is already there, said right below what is being typed. */
export function Lookalikes({ name, phone, onSeen }: Written & { onSeen: (name: string) => void }) {
  const t = useText(text)
  const asked = askedBy(useDeferredValue({ name, phone }))
  const found = useQuery(lookalikesOf(useApi(), asked))
  const shown = (asked ? (found.data ?? []) : []).slice(0, 3)
  useEffect(() => {
    for (const one of shown) onSeen(keyOf(one))
  })
  return shown.map((one) => (
    <Alert
      key={keyOf(one)}
      type="warning"
      className="gap-below"
      title={t(wordOf(one), namesOf(t, one))}
      action={one.id && one.visible && !one.deleted ? <Link to={`/customers/${one.id}`}>{t('openIt')}</Link> : undefined}
    />
  ))
}

const keyOf = (one: Lookalike): string => `${one.id} ${one.name}`
const namesOf = (t: T, one: Lookalike) => ({
  name: one.name,
  owner: one.ownerName ?? t('nobody'),
  why: explain(one.reasons, currentLanguage()),
})
const wordOf = ({ deleted, because }: Lookalike) =>
  deleted ? 'lookalikeDeleted' : because.includes('phone') ? 'lookalikePhone' : 'lookalike'

/** Who types and saves faster than the hint comes is asked before it is saved; who has seen it is not asked again. */
export function useLookalikeGuard() {
  const t = useText(text)
  const api = useApi()
  const cache = useQueryClient()
  const seen = useRef(new Set<string>())
  const maySave = async (written: Written): Promise<boolean> => {
    const asked = askedBy(written)
    if (!asked) return true
    // Where nobody answers, the save itself will say so.
    const found = await cache.fetchQuery(lookalikesOf(api, asked)).catch(() => [])
    const [fresh] = found.filter((one) => !one.deleted && !seen.current.has(keyOf(one)))
    if (!fresh) return true
    seen.current.add(keyOf(fresh))
    const names = namesOf(t, fresh)
    return confirm({ title: t('alikeTitle', names), body: t('alikeBody', names), yes: t('alikeYes') })
  }
  return { maySave, onSeen: (key: string) => void seen.current.add(key), forget: () => seen.current.clear() }
}
