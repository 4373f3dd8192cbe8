import type { JobContext, JobKind } from '../../kernel/jobKinds.ts'

const DAY_MS = 86_400_000
const KEEP_REPLIES_DAYS = 7
const KEEP_JOBS_DAYS = 90
const KEEP_NOTICES_DAYS = 90
/** Few enough that nobody waits behind one deletion. */
const AT_ONCE = 2000

type Tidied = { replies: number; sessions: number; guards: number; jobs: number; notices: number }

/** Clears what is technical and old: stored answers, ended sessions, counted wrong tries, finished jobs. */
export const housekeeping: JobKind<unknown, Tidied> = {
  resumable: true,
  run: async (context) => {
    const before = (days: number) => new Date(Date.parse(context.now()) - days * DAY_MS).toISOString()
    return {
      replies: await clear(context, (limit) =>
        context.technical
          .deleteFrom('idempotency')
          .where(({ eb, refTuple, selectFrom }) =>
            eb(
              refTuple('actor', 'key'),
              'in',
              selectFrom('idempotency')
                .select(['actor', 'key'])
                .where('at', '<', before(KEEP_REPLIES_DAYS))
                .limit(limit)
                .$asTuple('actor', 'key'),
            ),
          )
          .executeTakeFirst(),
      ),
      sessions: await clear(context, () =>
        context.technical
          .deleteFrom('session')
          .where((eb) => eb.or([eb('expiresAt', '<', context.now()), eb('idleUntil', '<', context.now())]))
          .executeTakeFirst(),
      ),
      guards: await clear(context, () =>
        context.technical.deleteFrom('loginGuard').where('lastAt', '<', before(1)).executeTakeFirst(),
      ),
      jobs: await clear(context, (limit) =>
        context.technical
          .deleteFrom('job')
          .where('id', 'in', (eb) =>
            eb.selectFrom('job').select('id').where('finishedAt', '<', before(KEEP_JOBS_DAYS)).limit(limit),
          )
          .executeTakeFirst(),
      ),
      notices: await clear(context, (limit) =>
        context.technical
          .deleteFrom('notification')
          .where('id', 'in', (eb) =>
            eb.selectFrom('notification').select('id').where('at', '<', before(KEEP_NOTICES_DAYS)).limit(limit),
          )
          .executeTakeFirst(),
      ),
    }
  },
}

async function clear(context: JobContext, step: (limit: number) => Promise<{ numDeletedRows: bigint }>): Promise<number> {
  let all = 0
  while (true) {
    await context.checkpoint()
    const gone = Number((await step(AT_ONCE)).numDeletedRows)
    all += gone
    if (gone < AT_ONCE) return all
  }
}
