import type { JobContext, JobKind } from '../../kernel/jobKinds.ts'
import type { RunOptions } from '../../kernel/workers.ts'

const watched = (context: JobContext): RunOptions => ({
  signal: context.signal,
  onProgress: (progress) => context.progress(Math.round((progress as { share: number }).share * 100), 100),
})

/** Cut off, both begin from the start: half a backup is no backup. */
export const backupJobs = {
  'backups.create': {
    resumable: true,
    run: async (context: JobContext, { reason }: { reason: 'daily' | 'manual' }) => {
      await context.checkpoint()
      const { id, manifest } = await context.services.backups.make(reason, watched(context))
      context.progress(100, 100)
      return { id, size: manifest.size, seq: manifest.seq }
    },
  } satisfies JobKind<{ reason: 'daily' | 'manual' }>,

  'backups.check': {
    resumable: true,
    title: ({ id }: { id: string }) => id,
    run: async (context: JobContext, { id }: { id: string }) => {
      await context.checkpoint()
      return { id, sound: await context.services.backups.check(id, watched(context)) }
    },
  } satisfies JobKind<{ id: string }>,
}
