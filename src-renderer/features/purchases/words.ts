import { purchaseEntity } from '../../../src-shared/features/purchases/entity.ts'
import type { PurchaseState } from '../../../src-shared/features/purchases/model.ts'
import type { EditorKind } from '../../components/FieldEditor.tsx'
import type { Tone } from '../../components/marks.tsx'
import type { FieldType } from '../../../src-shared/kernel/entity.ts'

export const FIELDS = purchaseEntity.fields
export const STATE_TONE: Readonly<Record<PurchaseState, Tone>> = {
  draft: 'ink',
  pending: 'warn',
  approved: 'lamp',
  partial: 'lamp',
  received: 'ok',
  cancelled: 'ink',
}
export const EDITOR: Partial<Record<FieldType, EditorKind>> = {
  text: 'text',
  longText: 'longText',
  date: 'date',
  reference: 'select',
}
