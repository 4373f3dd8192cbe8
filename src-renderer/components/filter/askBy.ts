import type { Me } from '../../../src-shared/features/session/contract.ts'
import { fieldRightOf } from '../../kernel/context.tsx'

/** May be asked by: what is hidden or masked may not, or the rows found would tell it. */
export const mayAskBy = (me: Me, entity: string, field: string): boolean =>
  ['read', 'write'].includes(fieldRightOf(me, entity, field))
