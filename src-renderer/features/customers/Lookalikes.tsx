import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type LinkProps, Link, useNavigate } from '@tanstack/react-router'
import { Alert, Button, Form, type FormInstance, Input } from 'antd'
import { type MouseEvent, type ReactNode, useDeferredValue, useEffect, useRef } from 'react'
import type { CustomerId, Lookalike, NewCustomer } from '../../../src-shared/features/customers/model.ts'
import { explain } from '../../../src-shared/kernel/matching/explain.ts'
import { confirm } from '../../components/confirm.ts'
import { HINT } from '../../components/passHints.ts'
import { useAskBeforeClose } from '../../components/useAskBeforeClose.ts'
import type { Api } from '../../kernel/api.ts'
import { useApi, useCan } from '../../kernel/context.tsx'
import { currentLanguage, useText } from '../../kernel/text.ts'
import { toast } from '../../kernel/toast.tsx'
import { mergeAddress } from '../merges/public.ts'
import { text } from './text.ts'
import type { T } from './words.tsx'

type Written = { name?: unknown; phone?: unknown }
const SHORTEST_NAME = 2
const SHORTEST_PHONE = 7

/** What to ask by, or null while too little is written to tell anything. */
function askedBy({ name, phone }: Written): Asked | null {
  const [words, number] = [name, phone].map((value) => (typeof value === 'string' ? value.trim() : ''))
  const byName = words && words.length >= SHORTEST_NAME ? { name: words } : {}
  const byPhone = number && number.replaceAll(/\D/g, '').length >= SHORTEST_PHONE ? { phones: [number] } : {}
  const asked = { ...byName, ...byPhone }
  return Object.keys(asked).length > 0 ? asked : null
}

/** Everything that the write itself looks by: whom it would name has been shown then. */
function allOf({ name, phone, phone2, email, creditCode }: NewCustomer): Asked {
  const phones = [phone, phone2].flatMap((one) => one || [])
  return { name, phones, ...(email && { email }), ...(creditCode && { creditCode }) }
}

type Asked = { name?: string; phones?: string[]; email?: string; creditCode?: string; exceptId?: CustomerId }
const lookalikesOf = (api: Api, asked: Asked | null) =>
  api.customers.lookalikes.queryOptions({
    input: asked ?? {},
    enabled: asked !== null,
    staleTime: 10_000,
    meta: { shown: true },
  })

type Alike = { readonly written: Asked; readonly shown: readonly Lookalike[] }

/** The likeliest of who is already there; `exceptId`: who is being changed is not like himself. */
export function useAlike({ name, phone, exceptId }: Written & { exceptId?: CustomerId }): Alike {
  const written = askedBy(useDeferredValue({ name, phone }))
  const asked = written && exceptId ? { ...written, exceptId } : written
  const found = useQuery(lookalikesOf(useApi(), asked))
  return { written: written ?? {}, shown: (asked ? (found.data ?? []) : []).slice(0, 3) }
}

type LookalikesProps = Written & { exceptId?: CustomerId; onSeen?: (name: string) => void }

/** Who is already there, said right below what is being typed. */
export function Lookalikes({ onSeen, ...written }: LookalikesProps) {
  const alike = useAlike(written)
  useEffect(() => {
    for (const one of alike.shown) onSeen?.(keyOf(one))
  })
  return <AlikeLines alike={alike} {...(written.exceptId && { other: written.exceptId })} />
}

/** `other`: the customer with whom they may be merged. */
export function AlikeLines({ alike: { shown, written }, other }: { alike: Alike; other?: CustomerId }) {
  const t = useText(text)
  return shown.map((one) => (
    <Alert
      key={keyOf(one)}
      type="warning"
      className={`gap-below ${HINT}`}
      title={t(wordOf(one), namesOf(t, one))}
      action={<Act one={one} asked={written} {...(other && { other })} />}
    />
  ))
}

/** Away from a form: what was typed into it is only thrown away by who says so. */
export function LeavingLink({ children, ...to }: LinkProps & { children: ReactNode }) {
  const form = Form.useFormInstance() as FormInstance | undefined
  const navigate = useNavigate()
  const isDirty = () => form?.isFieldsTouched() === true
  const leave = useAskBeforeClose(isDirty, () => void navigate(to))
  const onClick = (event: MouseEvent) => {
    // In a tab of its own nothing is lost.
    if (event.ctrlKey || event.metaKey || event.shiftKey || !isDirty()) return
    event.preventDefault()
    leave()
  }
  return (
    <Link {...to} onClick={onClick}>
      {children}
    </Link>
  )
}

/** What can be done with one that is there: look at it, take it from its pool, or have a word with whose it is. */
function Act({ one, asked, other }: { one: Lookalike; asked: Asked; other?: CustomerId }) {
  const t = useText(text)
  const api = useApi()
  const { name } = one
  const claim = useMutation(
    api.pools.claim.mutationOptions({
      onSuccess: ({ claimed, refused }) =>
        toast(claimed > 0 ? t('lookalikeClaimed', { name }) : t('lookalikeNotClaimed', { name }), {
          tone: refused.length > 0 ? 'bad' : 'ok',
        }),
    }),
  )
  const ask = useMutation(
    api.customers.askOwner.mutationOptions({ onSuccess: () => toast(t('ownerAsked', { owner: one.ownerName ?? '' })) }),
  )
  const mayMerge = useCan('customers.edit')
  if (one.deleted) return null
  const { id } = one
  return (
    <span className="row g6">
      {id && one.visible && <LeavingLink to={`/customers/${id}`}>{t('openIt')}</LeavingLink>}
      {id && other && one.visible && mayMerge && <LeavingLink {...mergeAddress([other, id])}>{t('mergeIt')}</LeavingLink>}
      {id && one.claimable && (
        <Button size="small" loading={claim.isPending} onClick={() => claim.mutate({ ids: [id] })}>
          {t('claimIt')}
        </Button>
      )}
      {!one.visible && one.ownerName !== null && (
        <Button
          size="small"
          disabled={ask.isSuccess}
          loading={ask.isPending}
          onClick={() => ask.mutate({ ...asked, ref: one.ref })}
        >
          {t('askOwner')}
        </Button>
      )}
    </span>
  )
}

const keyOf = (one: Lookalike): string => `${one.id} ${one.name}`
const namesOf = (t: T, one: Lookalike) => ({
  name: one.name,
  owner: one.ownerName ?? (one.poolName === null ? t('nobody') : t('inPool', { pool: one.poolName })),
  why: explain(one.reasons, currentLanguage()),
})
const wordOf = ({ deleted, because, visible }: Lookalike) => {
  if (deleted) return 'lookalikeDeleted'
  if (because.includes('phone')) return 'lookalikePhone'
  // Who may not be opened is asked about.
  return visible ? 'lookalike' : 'lookalikeMasked'
}

/** Who is there like it and was seen, and why it is saved all the same. */
type Despite = { seen?: string[]; despite?: string }

/** By name and by number: that is no likeness, and a line below a field is passed over. */
const isTheSame = ({ because }: Lookalike): boolean => because.includes('phone') && because.includes('core')

/** Who types and saves faster than the hint comes is asked before it is saved; who has seen it is not asked again. */
export function useLookalikeGuard() {
  const t = useText(text)
  const api = useApi()
  const cache = useQueryClient()
  const seen = useRef(new Set<string>())
  const asked = useRef(new Set<string>())
  const maySave = async (written: NewCustomer): Promise<Despite | null> => {
    const whole = allOf(written)
    // Where nobody answers, the save itself looks, and names whom it finds.
    const found = await cache.fetchQuery({ ...lookalikesOf(api, whole), staleTime: 0 }).catch(() => [])
    const living = found.filter(({ deleted }) => !deleted)
    const shown = { seen: living.map(({ ref }) => ref) }
    const [fresh] = living.filter((one) => !asked.current.has(keyOf(one)) && (isTheSame(one) || !seen.current.has(keyOf(one))))
    if (!fresh) return shown
    asked.current.add(keyOf(fresh))
    seen.current.add(keyOf(fresh))
    const names = namesOf(t, fresh)
    let despite = ''
    const body = (
      <>
        {t('alikeBody', names)}
        <Input
          className="gap-above"
          maxLength={500}
          placeholder={t('alikeReason')}
          aria-label={t('alikeReason')}
          onChange={(event) => {
            despite = event.target.value.trim()
          }}
        />
      </>
    )
    const sure = await confirm({ title: t('alikeTitle', names), body, yes: t('alikeYes') })
    return sure ? { ...shown, ...(despite !== '' && { despite }) } : null
  }
  return {
    maySave,
    onSeen: (key: string) => void seen.current.add(key),
    forget: () => (seen.current.clear(), asked.current.clear()),
  }
}
