import type { Backup, RefusedRestore } from '../../../src-shared/features/backups/model.ts'
import type { Job } from '../../../src-shared/features/jobs/model.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { BackupEntry } from '../../kernel/backup.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { REFUSED_RESTORE } from '../../kernel/pendingRestore.ts'
import { onCommand, onQuery, onStagedCommand } from '../../kernel/pipeline.ts'
import { asJob } from '../jobs/public.ts'

const asBackup = ({ id, manifest, checkedAt, sound }: BackupEntry): Backup => ({
  id,
  at: manifest.at,
  reason: manifest.reason,
  program: manifest.program,
  schema: manifest.schema,
  seq: manifest.seq,
  size: manifest.size + manifest.files.reduce((sum, file) => sum + file.size, 0),
  customers: manifest.tables['customer']?.rows ?? 0,
  soundAt: sound ? checkedAt : null,
  checkedAt,
})

export const backupsHandlers = {
  list: onQuery.backups.list.handler(async ({ context }) => {
    const { backups } = context.services
    const refused = await context.db.selectFrom('meta').select('value').where('key', '=', REFUSED_RESTORE).executeTakeFirst()
    return {
      rows: backups.list().map(asBackup),
      folder: backups.folder,
      disk: backups.space(),
      refusedRestore: refused ? (JSON.parse(refused.value) as RefusedRestore) : null,
    }
  }),

  create: onCommand.backups.create.handler(({ context }) =>
    startJob(context, { kind: 'backups.create', input: { reason: 'manual' }, action: 'created' }),
  ),

  verify: onCommand.backups.verify.handler(({ input, context }) => {
    requireBackup(context, input.id)
    return startJob(context, { kind: 'backups.check', input, action: 'checked' })
  }),

  remove: onCommand.backups.remove.handler(({ input, context }) => {
    const { backups, jobs } = context.services
    const remove = backups.toRemove(input.id)
    context.record({ entity: 'backup', id: input.id, action: 'removed' })
    // Only once the word stands: a folder that went without one would be worse than a word without effect.
    context.afterCommit(remove)
    context.afterCommit(() => jobs.announce())
    return Promise.resolve(input)
  }),

  restore: onStagedCommand.backups.restore.handler(async ({ input, context }) => {
    if (input.confirm !== input.id) throw new Refusal('notConfirmed')
    const { backups, restart } = context.services
    await backups.prepareRestore(input.id, {
      // The call's own number: asked for twice, it is one restore.
      request: context.batchId,
      actor: { id: context.actor.userId, name: context.actor.name },
    })
    await context.commit((command) => {
      command.record({ entity: 'backup', id: input.id, action: 'restoreAsked' })
      return Promise.resolve(null)
    })
    return { restarting: restart() }
  }),
}

function requireBackup(context: CommandContext, id: string): void {
  if (!context.services.backups.list().some((entry) => entry.id === id)) throw new Refusal('missing', { id })
}

async function startJob(context: CommandContext, start: { kind: string; input: unknown; action: string }): Promise<Job> {
  const { jobs } = context.services
  const going = await context.tx
    .selectFrom('job')
    .select('id')
    .where('kind', '=', start.kind)
    .where('state', 'in', ['waiting', 'running', 'paused'])
    .executeTakeFirst()
  if (going) throw new Refusal('alreadyRunning')
  const { id } = await jobs.enqueue(
    { kind: start.kind, input: start.input, owner: { id: context.actor.userId, name: context.actor.name } },
    context.tx,
  )
  context.record({ entity: 'backup', id, action: start.action })
  context.afterCommit(() => {
    jobs.announce()
    jobs.wake()
  })
  const row = await context.tx.selectFrom('job').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  return asJob(row, context.actor, context.services)
}
