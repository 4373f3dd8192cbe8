import { stockEntity } from '../../../src-shared/features/stock/entity.ts'

export const FIELDS = stockEntity.fields
