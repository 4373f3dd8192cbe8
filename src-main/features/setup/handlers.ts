import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { matchingOf } from '../../kernel/matchingSetting.ts'
import { onCommand, onQuery, onStagedCommand } from '../../kernel/pipeline.ts'
import { companyOf, hashPassword, mayCompleteSetup, openSession } from '../session/public.ts'
import { addSampleData, removeSampleData } from './sample.ts'
import { createWorkspace, requireSoundWorkspace } from './workspace.ts'

export const setupHandlers = {
  complete: onStagedCommand.setup.complete.handler(async ({ input, context }) => {
    if ((await companyOf(context.db)) !== null) throw new Refusal('alreadySetUp')
    // Before anything costs time: without the token of the opened address nobody becomes administrator.
    if (!(await mayCompleteSetup(context.db, context.setupToken))) throw new Refusal('wrongToken')
    requireSoundWorkspace(input)
    const passwordHash = await hashPassword(input.password)
    const { door } = context
    const admin = await context.commit(
      async (write) => {
        const { userId, employeeId } = await createWorkspace(write, input, passwordHash)
        const session = door && (await openSession(write, userId, door))
        if (session) write.afterCommit(() => door.open(session.token))
        return { ...context.actor, userId, employeeId, name: input.name }
      },
      { input: null },
    )
    if (input.sampleData) await addSampleData({ ...context, actor: admin }, admin)
    return { ok: true }
  }),

  matching: onQuery.setup.matching.handler(async ({ context }) => ({ matching: await matchingOf(context.db) })),

  changeMatching: onCommand.setup.changeMatching.handler(async ({ input, context }) => {
    const { id } = await context.tx.selectFrom('workspace').select('id').executeTakeFirstOrThrow()
    await context.tx
      .updateTable('workspace')
      .set((eb) => ({ matching: input.matching, updatedAt: context.now(), version: eb('version', '+', 1) }))
      .where('id', '=', id)
      .execute()
    context.record({ entity: 'workspace', id, action: 'matchingChanged' })
    return { matching: input.matching }
  }),

  addSampleData: onStagedCommand.setup.addSampleData.handler(async ({ context }) => ({
    customers: await addSampleData(context),
  })),
  removeSampleData: onStagedCommand.setup.removeSampleData.handler(({ context }) => removeSampleData(context)),
}
