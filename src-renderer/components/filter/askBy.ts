import type { Me } from '../../../src-shared/features/session/contract.ts'
import type { EntityDescriptor, FieldDescriptor } from '../../../src-shared/kernel/entity.ts'
import { fieldRightOf } from '../../kernel/context.tsx'

/** May be asked by: what is hidden or masked may not, or the rows found would tell it. */
export const mayAskBy = (me: Me, entity: string, field: string): boolean =>
  ['read', 'write'].includes(fieldRightOf(me, entity, field))

/** May be sorted by: an id says nothing about the name behind it; the owner goes by who he is. */
export const maySortBy = (me: Me, entity: EntityDescriptor, field: FieldDescriptor): boolean =>
  field.type !== 'tags' && (field.type !== 'reference' || field.key === entity.ownerKey) && mayAskBy(me, entity.name, field.key)
