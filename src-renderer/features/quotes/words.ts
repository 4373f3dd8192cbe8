import { quoteEntity } from '../../../src-shared/features/quotes/entity.ts'
import type { Quote } from '../../../src-shared/features/quotes/model.ts'
import type { FieldType } from '../../../src-shared/kernel/entity.ts'
import type { EditorKind } from '../../components/FieldEditor.tsx'
import type { Tone } from '../../components/marks.tsx'
import type { QuoteWord } from './text.ts'

export const FIELDS = quoteEntity.fields
export const STATUS_TONE: Readonly<Record<Quote['status'], Tone>> = {
  draft: 'ink',
  pending: 'warn',
  approved: 'info',
  sent: 'brand',
  accepted: 'ok',
  rejected: 'bad',
  expired: 'bad',
}
export const EDITOR: Partial<Record<FieldType, EditorKind>> = {
  text: 'text',
  longText: 'longText',
  date: 'date',
  reference: 'select',
}
/** Chosen where there is room to look for it, or beside the lines. */
export const EDITED_ELSEWHERE: ReadonlySet<string> = new Set(['customerId', 'contactId', 'opportunityId', 'discountFen'])
/** What the customer reads changes in a draft alone. */
export const CONTENT: ReadonlySet<string> = new Set(['quotedOn', 'validUntil', 'terms'])
/** Why a quote is not one to give to the customer as it stands; null where it is. */
export function notForCustomer({ status, superseded }: Pick<Quote, 'status' | 'superseded'>): QuoteWord | null {
  if (superseded === true) return 'printSuperseded'
  return NOT_FOR_CUSTOMER[status] ?? null
}
const NOT_FOR_CUSTOMER: Partial<Record<Quote['status'], QuoteWord>> = {
  draft: 'notForPrint',
  pending: 'printPending',
  rejected: 'printRejected',
  expired: 'printExpired',
}
/** Why a quote is not deleted. */
export const STAYS = { pendingApproval: 'pendingRows' } as const
