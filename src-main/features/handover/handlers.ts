import { todayOf } from '../../kernel/clock.ts'
import type { Estate } from '../../../src-shared/features/handover/model.ts'
import { onQuery, onStagedCommand } from '../../kernel/pipeline.ts'
import { customerReach, reaches } from '../../kernel/policy.ts'
import { countLeads } from '../leads/public.ts'
import { handOver, sharesOf } from './run.ts'
import {
  countBinned,
  countBy,
  countCustomers,
  countOwned,
  countTeams,
  departmentsOf,
  poolsOf,
  readLeaver,
  reportsOf,
  viewsOf,
} from './store.ts'

export const handoverHandlers = {
  look: onQuery.handover.look.handler(async ({ input: { employeeId }, context }): Promise<Estate> => {
    const { db, actor } = context
    const { userId, login, ...employee } = await readLeaver(db, employeeId)
    return {
      employee,
      ...(await countCustomers(db, employeeId)),
      binned: await countBinned(db, employeeId),
      byLevel: await countBy(db, employeeId, 'level'),
      byProvince: await countBy(db, employeeId, 'province'),
      departments: await departmentsOf(db, employeeId),
      reports: await reportsOf(db, employeeId, todayOf(context)),
      opportunities: await countOwned(db, 'opportunity', employeeId),
      quotes: await countOwned(db, 'quote', employeeId),
      orders: await countOwned(db, 'sales_order', employeeId),
      leads: await countLeads(db, employeeId),
      teams: await countTeams(db, employeeId),
      pools: await poolsOf(db, employeeId),
      views: await viewsOf(db, userId),
      login,
      mayTransfer: reaches(customerReach(actor, 'transfer'), employeeId),
    }
  }),

  preview: onQuery.handover.preview.handler(({ input, context }) => sharesOf(context, input)),

  run: onStagedCommand.handover.run.handler(({ input, context }) => handOver(context, input)),
}
