import { dateIn } from '../../../src-shared/kernel/time.ts'
import { may } from '../../../src-shared/kernel/actor.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { JobKind } from '../../kernel/jobKinds.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { mayAskBy } from '../../kernel/policy.ts'
import { accountsOf, type Due, type DueKind, toldOn, unlookedFrom } from './due.ts'

export const REMIND = 'opportunities.remind'
/** A computer that was off for longer begins anew: what is that old stands on the workbench. */
const MOST_DAYS = 30
/** So many are told in a short transaction. */
const TOLD_AT_ONCE = 100

/**
 * Each morning owners hear, once, of opportunities whose expected day passed without an end, and of those that began to stall, since the
 * run before; however many, it is one notice of a kind.
 */
export const remindOwners: JobKind<unknown, { told: number }> = {
  resumable: true,
  run: async (context) => {
    const zone = context.services.timeZone()
    const today = dateIn(context.now(), zone)
    const dayOf = (at: string): string => dateIn(at, zone)
    const from = await unlookedFrom(context.db, REMIND, { today, most: MOST_DAYS, dayOf })
    const due = from < today ? await context.scan<Due[]>('opportunities.due', { from, to: today, zone }) : []
    let told = 0
    for (let at = 0; at < due.length; at += TOLD_AT_ONCE) {
      await context.checkpoint()
      told += await context.commit(async (command) => {
        const part = due.slice(at, at + TOLD_AT_ONCE)
        // A morning that was cut off and begins again tells nobody twice.
        const known = await toldOn(command.tx, today)
        const mayKnow = await knowers(command, part)
        const fresh = part.filter((one) => !known.has(`${one.kind} ${one.ownerId}`) && mayKnow(one))
        for (const { kind, ownerId, many, first } of fresh)
          command.notify({
            employeeIds: [ownerId],
            kind,
            entity: 'opportunity',
            recordId: many === 1 ? first : null,
            many,
            detail: { day: today },
          })
        command.unchanged()
        return fresh.length
      })
    }
    return { told }
  },
}

/** What a notice tells by being there. */
const TELLS: Readonly<Record<DueKind, string>> = { dealLate: 'expectedOn', dealStalled: 'rotsAt' }

/** Nobody is told of a day that he may not read. */
async function knowers(command: CommandContext, due: readonly Due[]): Promise<(one: Due) => boolean> {
  const accounts = await accountsOf(
    command.tx,
    due.map(({ ownerId }) => ownerId),
  )
  const entity = entityIn(command, 'opportunity')
  return ({ kind, ownerId }) => {
    const actor = command.services.actorOf(accounts.get(ownerId) ?? '')
    return actor !== null && may(actor, 'opportunities.read') && mayAskBy(actor, entity, TELLS[kind])
  }
}
