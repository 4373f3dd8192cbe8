import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { BIN_KINDS, type BinKind } from '../../../src-shared/features/recycle-bin/model.ts'
import type { BulkResult } from '../../../src-shared/kernel/list.ts'
import { confirm } from '../../components/confirm.ts'
import { type RowSelection, selectionInput } from '../../components/table/selection.ts'
import { useApi } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { type BinWord, text } from './text.ts'

const TABS: Readonly<Record<BinKind, BinWord>> = {
  customer: 'customers',
  contact: 'contacts',
  opportunity: 'opportunities',
  quote: 'quotes',
  order: 'orders',
  payment: 'payments',
  invoice: 'invoices',
  lead: 'leads',
  product: 'products',
  followUp: 'followUps',
  file: 'files',
}

/** Which part of the recycle bin its address shows, and how much lies in each. */
export function useBin() {
  const t = useText(text)
  const api = useApi()
  const navigate = useNavigate()
  const { tab, q } = useSearch({ strict: false }) as { tab?: unknown; q?: unknown }
  const counts = useQuery(api.recycleBin.counts.queryOptions({ input: {}, placeholderData: keepPreviousData })).data
  const open = BIN_KINDS.filter((kind) => counts === undefined || counts[kind] !== null)
  const kind = open.find((one) => one === tab) ?? open[0] ?? 'customer'
  const words = typeof q === 'string' ? q.slice(0, 200) : ''
  const search = words.trim() === '' ? {} : { search: words.trim() }
  const go = (next: { tab: BinKind; q?: string }) =>
    void navigate({ to: '/recycle-bin', search: (next.q ? next : { tab: next.tab }) as never, replace: true })
  const first = useQuery(
    api.recycleBin.list.queryOptions({ input: { kind, ...search, offset: 0, limit: 1 }, placeholderData: keepPreviousData }),
  )
  return {
    kind,
    words,
    search,
    keepDays: counts?.keepDays ?? null,
    isKnown: counts !== undefined,
    total: first.isPlaceholderData ? undefined : first.data?.count,
    views: open.map((key) => ({ key, label: t(TABS[key]), count: counts?.[key] ?? undefined })),
    page: (offset: number, limit: number) => api.recycleBin.list.queryOptions({ input: { kind, ...search, offset, limit } }),
    choose: (next: BinKind) => go({ tab: next }),
    setWords: (next: string) => go({ tab: kind, q: next }),
  }
}
export type Bin = ReturnType<typeof useBin>

const BECAUSE = [
  'uniqueTaken',
  'customerDeleted',
  'hostDeleted',
  'notYours',
  'inPool',
  'aboveReceived',
  'quoteOrdered',
  'issuedStays',
] as const

/** Products are never deleted for good. */
const wordOf = (word: 'restored' | 'purged', kind: BinKind): BinWord =>
  word === 'restored' || kind === 'product' ? `restored_${kind}` : `purged_${kind}`

/** "已恢复 3 位联系人，1 条没有权限 · 撤销" */
function useResult(kind: BinKind, onDone: () => void) {
  const t = useText(text)
  const undo = useUndo()
  return (word: 'restored' | 'purged', { changed, refused, unchanged, because = {}, batchId }: BulkResult) => {
    onDone()
    const n = (count: number) => ({ n: formatNumber(count) })
    const told = BECAUSE.flatMap((reason) => (because[reason] ? [t(`because_${reason}`, n(because[reason]))] : []))
    const rest = refused - BECAUSE.reduce((sum, reason) => sum + (because[reason] ?? 0), 0)
    const parts = [t(wordOf(word, kind), n(changed)), ...(rest > 0 ? [t('refused', n(rest))] : []), ...told]
    if (unchanged > 0) parts.push(t('unchanged', n(unchanged)))
    undo.say(parts.join(''), { batchId: word === 'restored' && changed > 0 ? batchId : null })
  }
}

/** Bringing back and deleting for good, whatever the kind. */
export function useBinCalls({ kind, search }: Pick<Bin, 'kind' | 'search'>, onDone: () => void) {
  const t = useText(text)
  const api = useApi()
  const say = useResult(kind, onDone)
  const restored = { onSuccess: (result: BulkResult) => say('restored', result) }
  const purged = { onSuccess: (result: BulkResult) => say('purged', result) }
  const customers = useMutation(api.customers.restoreMany.mutationOptions(restored))
  const contacts = useMutation(api.recycleBin.restoreContacts.mutationOptions(restored))
  const opportunities = useMutation(api.recycleBin.restoreOpportunities.mutationOptions(restored))
  const quotes = useMutation(api.recycleBin.restoreQuotes.mutationOptions(restored))
  const orders = useMutation(api.recycleBin.restoreOrders.mutationOptions(restored))
  const invoices = useMutation(api.recycleBin.restoreInvoices.mutationOptions(restored))
  const payments = useMutation(api.recycleBin.restorePayments.mutationOptions(restored))
  const leads = useMutation(api.recycleBin.restoreLeads.mutationOptions(restored))
  const products = useMutation(api.products.restoreMany.mutationOptions(restored))
  const followUps = useMutation(api.recycleBin.restoreFollowUps.mutationOptions(restored))
  const files = useMutation(api.recycleBin.restoreFiles.mutationOptions(restored))
  const purgeCustomers = useMutation(api.customers.purgeMany.mutationOptions(purged))
  const purgeParts = useMutation(api.recycleBin.purge.mutationOptions(purged))
  const parts = {
    contact: contacts,
    opportunity: opportunities,
    quote: quotes,
    order: orders,
    lead: leads,
    payment: payments,
    invoice: invoices,
    followUp: followUps,
    file: files,
  }
  const deletedOnes = (selection: RowSelection) => selectionInput(selection, { ...search, deleted: true })
  const ofParts = (selection: RowSelection) =>
    selection.all ? { search: search.search ?? '', except: [...selection.except] } : { ids: [...selection.ids] }
  const restore = (selection: RowSelection, withCustomers = false) => {
    if (kind === 'customer') customers.mutate({ selection: deletedOnes(selection) })
    else if (kind === 'product') products.mutate({ selection: deletedOnes(selection) })
    else parts[kind].mutate({ selection: ofParts(selection), withCustomers })
  }
  const purge = async (selection: RowSelection, count: number) => {
    if (kind === 'product') return
    const n = formatNumber(count)
    const sure = await confirm({
      title: t(`purgeTitle_${kind}`, { n }),
      body: t(`purgeBody_${kind}`),
      yes: t(`purgeYes_${kind}`, { n }),
      danger: true,
      typed: count,
    })
    if (!sure) return
    if (kind === 'customer') purgeCustomers.mutate({ selection: deletedOnes(selection), confirmCount: count })
    else purgeParts.mutate({ kind, selection: ofParts(selection), confirmCount: count })
  }
  const isBusy = [
    customers,
    contacts,
    opportunities,
    quotes,
    leads,
    orders,
    payments,
    invoices,
    products,
    followUps,
    files,
    purgeCustomers,
    purgeParts,
  ].some(({ isPending }) => isPending)
  return { restore, purge, isBusy }
}
