import type { Job } from '../../../src-shared/features/jobs/model.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { onCommand, onQuery } from '../../kernel/pipeline.ts'
import { customerReach, reaches } from '../../kernel/policy.ts'
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
    return { runId: input.runId, n: input.n, ...(await setApart(context, input)) }
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

/** @returns how many pairs were new, and how many stayed because the caller reaches neither for editing. */ async function setApart(
  context: CommandContext,
  { runId, n, at }: { runId: string; n: number; at: number | null },
): Promise<{ pairs: number; left: number }> {
  const open = await openGroup(context.tx, context.actor, runId, n)
  const members = open ? await membersOf(context.tx, context.actor, runId, [n]) : []
  const one = at === null ? null : members.find((member) => member.at === at)
  if (!open || one === undefined) throw new Refusal('groupGone')
  const reach = customerReach(context.actor, 'edit')
  const isOurs = ({ ownerId }: StoredMember): boolean => reaches(reach, ownerId)
  const apart = one
    ? members.filter((member) => member !== one).map((other) => [one, other] as const)
    : everyPair(members.toSorted((a, b) => Number(isOurs(b)) - Number(isOurs(a))).slice(0, MEMBERS_AT_MOST))
  const known = await decisionsAmong(
    context.tx,
    members.map(({ id }) => id),
  )
  const undecided = apart.filter(([a, b]) => !known.has(pairOf(a, b).join(' ')))
  // Whether two customers are one is for whoever keeps one of them to say.
  const ours = undecided.filter((pair) => pair.some(isOurs))
  const [first] = ours
  if (!first) throw new Refusal('notInReach')
  for (const [a, b] of ours) {
    const [firstId, secondId] = pairOf(a, b)
    await context.tx
      .insertInto('notDuplicate')
      .values({ id: context.newId(), firstId, secondId, createdAt: context.now(), createdBy: context.actor.userId })
      .execute()
  }
  context.record({
    entity: 'customer',
    id: (one && isOurs(one) ? one : (first.find(isOurs) ?? first[0])).id,
    action: 'notDuplicates',
    detail: { pairs: ours.length },
  })
  return { pairs: ours.length, left: undecided.length - ours.length }
}

/** As it is stored: the lesser id first. */
const pairOf = (a: StoredMember, b: StoredMember): readonly [string, string] => (a.id < b.id ? [a.id, b.id] : [b.id, a.id])

const everyPair = (members: readonly StoredMember[]): (readonly [StoredMember, StoredMember])[] =>
  members.flatMap((a, index) => members.slice(index + 1).map((b) => [a, b] as const))
