import { remindJob } from '../../kernel/ownerReminders.ts'

export const REMIND = 'opportunities.remind'

/** Each morning owners hear, once, of opportunities whose expected day passed without an end, and of those that began to stall. */
export const remindOwners = remindJob({
  kind: REMIND,
  task: 'opportunities.due',
  entity: 'opportunity',
  needs: 'opportunities.read',
  tells: { dealLate: 'expectedOn', dealStalled: 'rotsAt' },
})
