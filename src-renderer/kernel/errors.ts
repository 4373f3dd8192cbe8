import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import type { Conflict } from '../../src-shared/kernel/conflict.ts'
import { setConnected } from './connection.ts'
import { text } from './errorsText.ts'
import { formatNumber } from './format.ts'
import { fieldWord, sliceWord } from './slices.ts'
import { translate } from './text.ts'
import { toast } from './toast.tsx'

/** What a call answers with when it does not succeed: a closed set of codes. */
type Failure = {
  code: string
  data?: {
    reason?: string
    detail?: Record<string, unknown>
    needs?: string
    incident?: string
    issues?: Issue[]
    cause?: string
    conflict?: Conflict
  }
}
type Issue = { path: (string | number)[]; message: string }

const CODES = ['BAD_REQUEST', 'UNAUTHORIZED', 'FORBIDDEN', 'NOT_FOUND', 'STALE', 'REFUSED', 'INTERNAL_SERVER_ERROR']
export function failureOf(error: unknown): Failure | null {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && CODES.includes(code) ? (error as Failure) : null
}

/** Nobody answered: neither the host's refusal nor its fault. */
export const isUnreachable = (error: unknown): boolean =>
  failureOf(error) === null && (error as Error | null)?.name !== 'AbortError'

/** The sentence of a refusal; `{{name}}` in it is filled from the refusal's detail, whose `kind` may have a closer one. */
export const refusalText = (feature: string, reason: string, given: Record<string, unknown> = {}): string => {
  const detail = withCounts(feature, reason, withLabels(feature, withLabel(feature, given)))
  return (
    (typeof detail['kind'] === 'string' ? sliceWord(feature, `refusals.${reason}.${detail['kind']}`, detail) : undefined) ??
    sliceWord(feature, `refusals.${reason}`, detail) ??
    translate(text, 'refusedPlain', { reason })
  )
}

/** A refusal that names one of the program's own fields by its key names it by its word. */
function withLabel(feature: string, detail: Record<string, unknown>): Record<string, unknown> {
  const { field, label } = detail
  if (typeof field !== 'string' || label !== undefined) return detail
  return { ...detail, label: fieldWord(typeof detail['feature'] === 'string' ? detail['feature'] : feature, field) }
}

/** One that names several names them all. */
function withLabels(feature: string, detail: Record<string, unknown>): Record<string, unknown> {
  const { fields } = detail
  if (!Array.isArray(fields)) return detail
  const of = typeof detail['feature'] === 'string' ? detail['feature'] : feature
  return { ...detail, labels: fields.map((key) => fieldWord(of, String(key))).join(translate(text, 'listSeparator')) }
}

/** A refusal that counts what stands in the way names each kind of it by its word: `refusals.<reason>.<kind>`. */
function withCounts(feature: string, reason: string, detail: Record<string, unknown>): Record<string, unknown> {
  const { counts } = detail
  if (typeof counts !== 'object' || counts === null) return detail
  const parts = Object.entries(counts).map(([kind, n]) =>
    sliceWord(feature, `refusals.${reason}.${kind}`, { n: formatNumber(Number(n)) }),
  )
  return { ...detail, counts: parts.filter(Boolean).join(translate(text, 'listSeparator')) }
}

/** One word per field of a BAD_REQUEST, for forms: { "phone": "notAPhone" }. */
export function fieldIssues(error: unknown): Record<string, string> {
  const failure = failureOf(error)
  const { reason, detail } = failure?.data ?? {}
  if (failure?.code === 'REFUSED' && reason && typeof detail?.['field'] === 'string')
    return {
      [detail['field']]: refusalText(typeof detail['feature'] === 'string' ? detail['feature'] : 'customers', reason, detail),
    }
  if (failure?.code !== 'BAD_REQUEST') return {}
  const found: Record<string, string> = {}
  for (const issue of failure.data?.issues ?? [])
    found[issue.path.filter((p) => p !== 'values').join('.')] ??= issueText(issue.message)
  return found
}

const ISSUES = ['required', 'notADate', 'notABirthday', 'notAnInstant', 'notAnId'] as const
/** How the schema says that words are too many. */
const TOO_LONG = /^Too big: expected string to have <=(\d+) characters$/
const issueText = (message: string): string => {
  const most = TOO_LONG.exec(message)?.[1]
  if (most !== undefined) return translate(text, 'issue_tooLong', { n: formatNumber(Number(most)) })
  return (ISSUES as readonly string[]).includes(message)
    ? translate(text, `issue_${message as (typeof ISSUES)[number]}`)
    : translate(text, 'issue_other')
}

/** What was being done: only who was saving may be told that something was not saved. */
export type Doing = 'load' | 'save'

/** One sentence for any failed call. `feature` is the first part of the call's path. */
export const failureText = (error: unknown, feature: string, doing: Doing = 'save'): string =>
  doing === 'load' ? loadFailure(error, feature) : saveFailure(error, feature)

function loadFailure(error: unknown, feature: string): string {
  const failure = failureOf(error)
  if (!failure) return translate(text, 'unreachableLoad')
  switch (failure.code) {
    case 'BAD_REQUEST':
      return failure.data?.reason ? refusalText(feature, failure.data.reason) : translate(text, 'badRequestLoad')
    case 'FORBIDDEN':
      return translate(text, 'forbiddenLoad')
    case 'INTERNAL_SERVER_ERROR':
      return translate(text, 'internalLoad', { incident: failure.data?.incident ?? '–' })
    default:
      return saveFailure(error, feature)
  }
}

const FORBIDDEN_WORDS: Readonly<Record<string, 'mustChangePassword' | 'lookingAs'>> = {
  mustChangePassword: 'mustChangePassword',
  lookingAs: 'lookingAs',
}

function saveFailure(error: unknown, feature: string): string {
  const failure = failureOf(error)
  if (!failure) return translate(text, 'unreachable')
  const data = failure.data ?? {}
  switch (failure.code) {
    case 'REFUSED':
      return refusalText(feature, data.reason ?? '', data.detail)
    case 'BAD_REQUEST':
      return (
        Object.values(fieldIssues(error))[0] ?? (data.reason ? refusalText(feature, data.reason) : translate(text, 'badRequest'))
      )
    case 'FORBIDDEN':
      return translate(text, FORBIDDEN_WORDS[data.reason ?? ''] ?? 'forbidden')
    case 'NOT_FOUND':
      return translate(text, 'notFound')
    case 'STALE':
      return translate(text, 'stale')
    case 'UNAUTHORIZED':
      return translate(text, 'unauthorized')
    default:
      return translate(text, 'internal', { incident: data.incident ?? '–' })
  }
}

declare module '@tanstack/react-query' {
  interface Register {
    /** `shown`: the page shows the failure itself, in the place that failed. */
    mutationMeta: { shown?: boolean }
    queryMeta: { shown?: boolean }
  }
}

const featureOf = (key: readonly unknown[] | undefined): string => {
  const path = key?.[0]
  return Array.isArray(path) ? String(path[0]) : ''
}

/** The one place that decides what a failed call looks like; features have no `catch`. */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  const tell = (error: unknown, feature: string, shown: boolean, doing: Doing) => {
    const failure = failureOf(error)
    const away = isUnreachable(error)
    if (away) setConnected(false)
    if (failure?.code === 'UNAUTHORIZED') return onSignedOut()
    // That nothing new can be read while the host is away is what the banner says, once.
    if (shown || (away && doing === 'load')) return
    toast(failureText(error, feature, doing), { tone: 'bad' })
  }
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      // A page whose first load failed says so in its own place; a refetch that failed must not pass unseen.
      onError: (error, query) =>
        tell(error, featureOf(query.queryKey), query.meta?.shown === true || query.state.data === undefined, 'load'),
    }),
    mutationCache: new MutationCache({
      onError: (error, _variables, _result, mutation) => {
        if (failureOf(error)?.code === 'STALE') void client.invalidateQueries()
        tell(error, featureOf(mutation.options.mutationKey), mutation.meta?.shown === true, 'save')
      },
    }),
    defaultOptions: {
      queries: {
        retry: (count, error) => isUnreachable(error) && count < 2,
        staleTime: 5_000,
        gcTime: 120_000,
        refetchOnWindowFocus: false,
      },
      mutations: { retry: false },
    },
  })
  return client
}
