import type { Notice } from '../../../src-shared/features/notifications/model.ts'
import { text as jobWords } from '../../../src-shared/features/jobs/text.ts'
import type { Given } from '../../../src-shared/features/handover/kinds.ts'
import type { Viewed } from '../../../src-shared/features/views/plain.ts'
import { NOTICE_KINDS, type NoticeKind } from '../../../src-shared/kernel/notices.ts'
import { formatNumber } from '../../kernel/format.ts'
import { currentLanguage, labelled, translate } from '../../kernel/text.ts'
import { givenText } from '../handover/public.ts'
import { text } from './text.ts'

const isKnown = (kind: string): kind is NoticeKind => (NOTICE_KINDS as readonly string[]).includes(kind)
const shown = (value: unknown): string =>
  typeof value === 'number' ? formatNumber(value) : typeof value === 'string' ? value : ''

/** A notice in one sentence. */
export function noticeText(notice: Notice): string {
  const { kind, many, title, byName, recordId } = notice
  const values = {
    ...Object.fromEntries(Object.entries(notice.detail).map(([key, value]) => [key, shown(value)])),
    ...ofJob(notice),
    ...ofHandover(notice),
    by: byName === '' ? translate(text, 'someone') : byName,
    title: title ?? '',
    n: formatNumber(many),
  }
  if (!isKnown(kind)) return translate(text, 'one.other', values)
  return translate(text, many > 1 || (recordId === null && title === null) ? `many.${kind}` : `one.${kind}`, values)
}

/** What was handed over, kind by kind; notices of earlier versions counted it all together. */
function ofHandover({ kind, detail, many }: Notice): Record<string, string> {
  if (kind !== 'handedOver') return {}
  const parts = detail['parts'] as Given | undefined
  return { what: parts ? givenText(parts) : translate(text, 'handedOverItems', { n: formatNumber(many) }) }
}

function ofJob({ kind, detail }: Notice): Record<string, string> {
  const file = shown(detail['title'])
  if (kind === 'importDone') return { file }
  if (kind !== 'jobFailed') return {}
  const words: Readonly<Record<string, string>> = jobWords[currentLanguage()]
  const job = words[`kinds.${shown(detail['kind'])}`] ?? shown(detail['kind'])
  return { job, file: file === '' ? '' : labelled('', file) }
}

const LISTS: Readonly<Record<Viewed, string>> = {
  customer: '/customers',
  contact: '/contacts',
  pool: '/pools',
  product: '/products',
  opportunity: '/opportunities',
  order: '/orders',
  payment: '/payments',
  invoice: '/invoices',
  quote: '/quotes',
  lead: '/leads',
  stock: '/stock',
  purchase: '/purchases',
}

/** The page that a notice is about, when there is one. */
const isOneInvoice = ({ opens, entity, many }: Pick<Notice, 'opens' | 'entity' | 'many'>): boolean =>
  entity === 'invoice' && many === 1 && opens?.entity === 'invoice'

export function addressOfNotice({ opens, entity, detail, many }: Notice): string | null {
  if (!opens) return null
  if (entity === 'invoice') return isOneInvoice({ opens, entity, many }) ? `/invoices/${opens.id}` : LISTS.invoice
  if (opens.entity === 'customer') return `/customers/${opens.id}`
  if (opens.entity === 'lead') return `/leads/${opens.id}`
  if (opens.entity === 'import') return `/imports/${opens.id}`
  if (opens.entity === 'opportunity') return `/opportunities/${opens.id}`
  if (opens.entity === 'order') return `/orders/${opens.id}`
  if (opens.entity === 'purchase') return `/purchases/${opens.id}`
  if (opens.entity === 'approval') return `/approvals/${opens.id}`
  if (opens.entity === 'view') return LISTS[detail['list'] as Viewed]
  return opens.entity === 'job' ? '/settings/jobs' : null
}

/** What stands behind the address: the view that was shared, or that of what waits for him or was asked for by him. */
export function searchOfNotice({ opens, entity, kind, many }: Notice): Record<string, string> {
  if (isOneInvoice({ opens, entity, many })) return {}
  if (entity === 'invoice') return { view: kind === 'invoiceRequested' ? 'waiting' : 'mine' }
  return opens?.entity === 'view' ? { view: opens.id } : {}
}
