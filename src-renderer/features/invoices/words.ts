import { invoiceEntity } from '../../../src-shared/features/invoices/entity.ts'
import type { InvoiceStatus } from '../../../src-shared/features/invoices/model.ts'
import type { Tone } from '../../components/marks.tsx'

export const FIELDS = invoiceEntity.fields
export const STATUS_TONE: Readonly<Record<InvoiceStatus, Tone>> = {
  requested: 'warn',
  issued: 'brand',
  posted: 'ok',
  void: 'ink',
}
/** Why an invoice is not deleted. */
export const STAYS = { issuedStays: 'keptRows' } as const
