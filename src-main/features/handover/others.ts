import { todayOf } from '../../kernel/clock.ts'
import type { OtherKind } from '../../../src-shared/features/handover/kinds.ts'
import type { QueryContext } from '../../kernel/context.ts'
import { countLeads } from '../leads/public.ts'
import { countOwned, countTeams, departmentsOf, poolsOf, readLeaver, reportsOf, viewsOf } from './store.ts'

type Reading = Pick<QueryContext, 'db' | 'now' | 'services'>

/** How many of a kind somebody would leave, kind by kind. */
export const COUNT_OF: Readonly<Record<OtherKind, (context: Reading, employeeId: string) => Promise<number>>> = {
  opportunities: ({ db }, id) => countOwned(db, 'opportunity', id),
  quotes: ({ db }, id) => countOwned(db, 'quote', id),
  orders: ({ db }, id) => countOwned(db, 'sales_order', id),
  leads: ({ db }, id) => countLeads(db, id),
  departments: async ({ db }, id) => (await departmentsOf(db, id)).length,
  reports: async (context, id) => (await reportsOf(context.db, id, todayOf(context))).length,
  teams: ({ db }, id) => countTeams(db, id),
  pools: async ({ db }, id) => (await poolsOf(db, id)).length,
  views: async ({ db }, id) => (await viewsOf(db, (await readLeaver(db, id)).userId)).length,
}
