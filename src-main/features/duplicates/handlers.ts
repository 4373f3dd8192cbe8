import type { Job } from '../../../src-shared/features/jobs/model.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { onCommand, onQuery } from '../../kernel/pipeline.ts'
import { asJob } from '../jobs/public.ts'
import { groupDetail } from './detail.ts'
import { decisionsAmong, lastRun, membersOf, openGroup, type StoredMember } from './store.ts'

const KIND = 'duplicates.find'

export const duplicatesHandlers = {
  state: onQuery.duplicates.state.handler(async ({ context }) => {
    const last = await lastRun(context.db)
    const newest = await context.db
      .selectFrom('job')
      .selectAll()
      .where('kind', '=', KIND)
      .orderBy('id', 'desc')
      .executeTakeFirst()
    const shown = newest && newest.state !== 'done' && newest.state !== 'cancelled' ? newest : null
    return { last, job: shown ? asJob(shown, context.actor, context.services) : null }
  }),

  groups: onQuery.duplicates.groups.handler(({ input, context }) =>
    context.scan('duplicates.groups', { actor: context.actor, input }),
  ),

  counts: onQuery.duplicates.counts.handler(({ input, context }) =>
    context.scan('duplicates.count', { actor: context.actor, runId: input.runId }),
  ),

  group: onQuery.duplicates.group.handler(({ input, context }) => groupDetail(context, input)),

  find: onCommand.duplicates.find.handler(({ context }) => startSearch(context)),

  notDuplicates: onCommand.duplicates.notDuplicates.handler(async ({ input, context }) => {
    const pairs = await setApart(context, input)
    return { runId: input.runId, n: input.n, pairs }
  }),
}

async function startSearch(context: CommandContext): Promise<Job> {
  const { jobs } = context.services
  const { userId, name } = context.actor
  const going = await context.tx
    .selectFrom('job')
    .select('id')
    .where('kind', '=', KIND)
    .where('state', 'in', ['waiting', 'running', 'paused'])
    .executeTakeFirst()
  if (going) throw new Refusal('alreadyRunning')
  const { id } = await jobs.enqueue({ kind: KIND, input: null, owner: { id: userId, name } }, context.tx)
  await context.tx
    .insertInto('duplicateRun')
    .values({ id, userId, userName: name, state: 'searching', createdAt: context.now() })
    .execute()
  context.record({ entity: 'job', id, action: 'found', detail: { kind: KIND } })
  context.afterCommit(() => {
    jobs.announce()
    jobs.wake()
  })
  const row = await context.tx.selectFrom('job').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  return asJob(row, context.actor, context.services)
}

/** More than a person compares at once; the pairs of so many would be a long write. */
const MEMBERS_AT_MOST = 30

/** @returns how many pairs were new. */
async function setApart(
  context: CommandContext,
  { runId, n, at }: { runId: string; n: number; at: number | null },
): Promise<number> {
  const open = await openGroup(context.tx, context.actor, runId, n)
  const members = open ? await membersOf(context.tx, runId, [n]) : []
  const one = at === null ? null : members.find((member) => member.at === at)
  if (!open || one === undefined) throw new Refusal('groupGone')
  const apart = one
    ? members.filter((member) => member !== one).map((other) => [one, other] as const)
    : everyPair(members.slice(0, MEMBERS_AT_MOST))
  const known = await decisionsAmong(
    context.tx,
    members.map(({ id }) => id),
  )
  const fresh = apart
    .map(([a, b]) => (a.id < b.id ? ([a.id, b.id] as const) : ([b.id, a.id] as const)))
    .filter(([first, second]) => !known.has(`${first} ${second}`))
  for (const [firstId, secondId] of fresh)
    await context.tx
      .insertInto('notDuplicate')
      .values({ id: context.newId(), firstId, secondId, createdAt: context.now(), createdBy: context.actor.userId })
      .execute()
  context.record({
    entity: 'customer',
    id: (one ?? members[0])?.id ?? '',
    action: 'notDuplicates',
    detail: { pairs: fresh.length },
  })
  return fresh.length
}

const everyPair = (members: readonly StoredMember[]): (readonly [StoredMember, StoredMember])[] =>
  members.flatMap((a, index) => members.slice(index + 1).map((b) => [a, b] as const))
