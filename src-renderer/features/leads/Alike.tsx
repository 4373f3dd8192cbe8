import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { Link } from '@tanstack/react-router'
import { useDeferredValue } from 'react'
import type { LeadId, LeadLookalike } from '../../../src-shared/features/leads/model.ts'
import { explain } from '../../../src-shared/kernel/matching/explain.ts'
import { HINT } from '../../components/passHints.ts'
import { useApi } from '../../kernel/context.tsx'
import { optionWord } from '../../kernel/slices.ts'
import { currentLanguage, type Translate, useText } from '../../kernel/text.ts'
import { type LeadWord, text } from './text.ts'

export type Typed = { name?: string | undefined; company?: string | null; phone?: string | null; email?: string | null }
const [SHORTEST_NAME, SHORTEST_PHONE, SHORTEST_MAIL, SHOWN] = [2, 7, 5, 3]

const long = (value: string | null | undefined, least: number): boolean => (value?.trim().length ?? 0) >= least
/** Only what says enough to tell somebody by. */
function askedBy({ name, company, phone, email }: Typed): Typed | null {
  const asked: Typed = {
    ...(long(name, SHORTEST_NAME) && { name }),
    ...(long(company, SHORTEST_NAME) && { company: company ?? null }),
    ...(long(phone?.replaceAll(/\D/g, ''), SHORTEST_PHONE) && { phone: phone ?? null }),
    ...(long(email, SHORTEST_MAIL) && { email: email ?? null }),
  }
  return Object.keys(asked).length > 0 ? asked : null
}

/** Who is already there like what is written, likeliest first. */
export function useAlike(typed: Typed, exceptId?: LeadId): readonly LeadLookalike[] {
  const asked = useDeferredValue(askedBy(typed))
  const found = useQuery(
    useApi().leads.lookalikes.queryOptions({
      input: { ...asked, ...(exceptId && { exceptId }) } as never,
      enabled: asked !== null,
      staleTime: 10_000,
      meta: { shown: true },
    }),
  )
  return asked ? (found.data ?? []) : []
}

type T = Translate<LeadWord>
/** One of them in a sentence. */
export function alikeText(t: T, { kind, name, ownerName, status, deleted, reasons }: LeadLookalike): string {
  const why = explain(reasons, currentLanguage())
  if (deleted) return t('alikeDeleted', { name, why })
  const owner = ownerName ?? t('noOwner')
  return kind === 'customer'
    ? t('alikeCustomer', { name, owner, why })
    : t('alikeLead', { name, owner, why, status: optionWord('leads', 'status', status ?? 'new') })
}

/** Said right below what is being typed. */
export function AlikeLines({ typed }: { typed: Typed }) {
  const t = useText(text)
  const alike = useAlike(typed).slice(0, SHOWN)
  return alike.map((one, at) => (
    <Alert
      key={one.id ?? `${one.name} ${at}`}
      type="warning"
      className={`gap-below ${HINT}`}
      title={alikeText(t, one)}
      action={
        one.visible &&
        one.id &&
        !one.deleted && (
          <Link to={`/${one.kind}s/${one.id}` as never} target="_blank" rel="noreferrer">
            {t('openIt')}
          </Link>
        )
      }
    />
  ))
}
