import { paymentEntity } from '../../../src-shared/features/payments/entity.ts'

export const FIELDS = paymentEntity.fields
