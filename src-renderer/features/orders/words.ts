import { orderEntity } from '../../../src-shared/features/orders/entity.ts'
import type { OrderStatus, PlanState } from '../../../src-shared/features/orders/model.ts'
import type { FieldType } from '../../../src-shared/kernel/entity.ts'
import type { EditorKind } from '../../components/FieldEditor.tsx'
import type { Tone } from '../../components/marks.tsx'

export const FIELDS = orderEntity.fields
export const STATUS_TONE: Readonly<Record<OrderStatus, Tone>> = {
  draft: 'ink',
  confirmed: 'brand',
  delivered: 'ok',
  cancelled: 'bad',
}
export const PLAN_TONE: Readonly<Record<PlanState, Tone>> = {
  pending: 'ink',
  partial: 'info',
  done: 'ok',
  overdue: 'bad',
  void: 'ink',
}
export const EDITOR: Partial<Record<FieldType, EditorKind>> = {
  text: 'text',
  longText: 'longText',
  money: 'money',
  date: 'date',
  reference: 'select',
}
/** A record is chosen where there is room to look for it. */
export const EDITED_ELSEWHERE: ReadonlySet<string> = new Set(['customerId', 'contactId', 'opportunityId'])
/** Why an order is not changed or not deleted. */
export const STAYS = {
  cancelled: 'cancelledRows',
  pendingApproval: 'approvalRows',
  moneyAllocated: 'paidRows',
  invoiceLiving: 'invoicedRows',
  goodsOut: 'outRows',
} as const
