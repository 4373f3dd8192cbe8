import type { Me } from '../../../src-shared/features/session/contract.ts'
import { fieldRightOf, mayDo } from '../../kernel/context.tsx'
import { FIELD_OF, QUICK, type QuickKey, VIEWS, type ViewKey } from './views.ts'

/** May be searched and sorted by: what is hidden or masked may not, or its order would tell what it hides. */
export const mayAskBy = (me: Me, field: string): boolean => ['read', 'write'].includes(fieldRightOf(me, 'customer', field))

const ASKS_BY: Record<ViewKey, string | null> = {
  all: null,
  mine: 'ownerId',
  dueToday: 'nextFollowUpAt',
  quiet7: 'lastFollowUpAt',
  newThisMonth: 'createdAt',
}

/** The views that make sense for somebody: no 我的 without an employee, none that asks by a hidden field. */
export const viewsOf = (me: Me): readonly ViewKey[] =>
  VIEWS.filter((view) => {
    const field = ASKS_BY[view]
    return (view !== 'mine' || me.employeeId !== null) && (field === null || mayAskBy(me, field))
  })

export const quickOf = (me: Me): readonly QuickKey[] => QUICK.filter((key) => mayAskBy(me, FIELD_OF[key]))

const FIGURE_NEEDS: Record<string, (me: Me) => boolean> = {
  last: (me) => fieldRightOf(me, 'customer', 'lastFollowUpAt') !== 'hidden',
  next: (me) => fieldRightOf(me, 'customer', 'nextFollowUpAt') !== 'hidden',
  followUps: (me) => mayDo(me, 'followUps.read'),
  people: (me) => mayDo(me, 'contacts.read'),
}
/** A figure that may not be seen is not shown at all: a dash would say "none". */
export const seesFigure = (me: Me, key: string): boolean => FIGURE_NEEDS[key]?.(me) ?? true
