import type { Me } from '../../../src-shared/features/session/contract.ts'
import { mayAskBy as mayAskByField } from '../../components/filter/askBy.ts'
import { fieldRightOf, mayDo } from '../../kernel/context.tsx'

/** May be searched and sorted by: what is hidden or masked may not, or its order would tell what it hides. */
export const mayAskBy = (me: Me, field: string): boolean => mayAskByField(me, 'customer', field)

/** Fields with a button of their own over the list; the names under which older links carried their values. */
export const QUICK = { level: 'level', status: 'status', owner: 'ownerId', source: 'source', city: 'city' } as const
export type QuickField = (typeof QUICK)[keyof typeof QUICK]
export const quickOf = (me: Me): readonly QuickField[] => Object.values(QUICK).filter((field) => mayAskBy(me, field))

const FIGURE_NEEDS: Record<string, (me: Me) => boolean> = {
  last: (me) => fieldRightOf(me, 'customer', 'lastFollowUpAt') !== 'hidden',
  next: (me) => fieldRightOf(me, 'customer', 'nextFollowUpAt') !== 'hidden',
  followUps: (me) => mayDo(me, 'followUps.read'),
  people: (me) => mayDo(me, 'contacts.read'),
}
/** A figure that may not be seen is not shown at all: a dash would say "none". */
export const seesFigure = (me: Me, key: string): boolean => FIGURE_NEEDS[key]?.(me) ?? true
