import type { LiveChange } from '../../src-shared/kernel/live.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { may } from '../../src-shared/kernel/actor.ts'
import type { EntityDescriptor } from '../../src-shared/kernel/entity.ts'
import type { Permission } from '../../src-shared/kernel/permissions.ts'
import type { Entity } from '../../src-shared/kernel/procedure.ts'
import type { Commit, TouchedRecord } from './commitBus.ts'
import type { Backend } from './context.ts'
import { prepared } from './journal.ts'
import { wasTold } from './notices.ts'
import { customerReach, decidesRights, mayReadKind, reaches, reachIn, unseenHosts } from './policy.ts'
import type { Following } from './services.ts'
import { commitAt } from './touched.ts'

const CATCH_UP_AT_MOST = 500
/** Changes within this time leave as one message: an import commits many times a second. */
const COALESCE_MS = 100

const GUARDED: Partial<Record<Entity, Permission>> = {
  role: 'people.read',
  user: 'people.read',
  department: 'people.read',
  backup: 'backups.manage',
  productCategory: 'products.read',
  priceList: 'products.read',
  approvalFlow: 'approvals.manage',
  sourceCost: 'sourceCosts.read',
  leadRule: 'leadPools.manage',
}

/** Only what the listener sees now or saw before is told to him; ids of others' records never leave. */
export function visiblePart(backend: Pick<Backend, 'database' | 'entities'>, actor: Actor, commit: Commit): LiveChange {
  if (commit.told) return { seq: commit.seq, changes: isAmong(commit.told, actor) ? toldOf(commit) : [] }
  if (commit.records === null)
    return {
      seq: commit.seq,
      changes: commit.entities.filter((entity) => knows(backend, actor, entity)).map((entity) => ({ entity, ids: null })),
    }
  const byEntity = new Map<Entity, string[]>()
  for (const record of commit.records)
    if (sees(backend, actor, record)) byEntity.set(record.entity, [...(byEntity.get(record.entity) ?? []), record.id])
  return { seq: commit.seq, changes: [...byEntity].map(([entity, ids]) => ({ entity, ids })) }
}

const NOTICES = { entity: 'notification' as const, ids: null }
/** What one keeps for oneself changes with no command of its own. */
const OWN = [NOTICES, { entity: 'favourite' as const, ids: null }]
/** Who is where, or else what is one's own. */
const toldOf = ({ entities }: Commit): LiveChange['changes'] =>
  entities.length > 0 ? entities.map((entity) => ({ entity, ids: null })) : OWN
const isAmong = (told: readonly string[], { employeeId }: Actor): boolean => employeeId !== null && told.includes(employeeId)

function knows(backend: Pick<Backend, 'entities'>, actor: Actor, entity: Entity): boolean {
  const descriptor = backend.entities.get(entity)
  if (descriptor) return mayReadKind(actor, descriptor)
  const needed = GUARDED[entity]
  return !needed || may(actor, needed)
}

function sees(backend: Pick<Backend, 'database' | 'entities'>, actor: Actor, record: TouchedRecord): boolean {
  if (!knows(backend, actor, record.entity)) return false
  const descriptor = backend.entities.get(record.entity)
  if (!descriptor?.ownerKey && !descriptor?.parentKey) return true
  if (hangsOnUnseen(backend, actor, descriptor, record.id)) return false
  const reach = reachIn(actor, descriptor, 'read')
  if (reach === 'all' || record.ownersBefore.some((owner) => reaches(reach, owner))) return true
  if (reach === 'none') return false
  if (sawItInPool(actor, record)) return true
  if (actor.employeeId !== null && record.membersBefore.includes(actor.employeeId)) return true
  if (descriptor.queue) return wasQueued(actor, descriptor, record) || seesQueued(backend, actor, descriptor, record.id)
  if (descriptor.ownerKey && descriptor.parentKey && seesByOwner(backend, actor, descriptor, record.id)) return true
  const customerId = descriptor.parentKey ? record.customerId : record.id
  return seesCustomer(backend, actor, customerId ?? '')
}

const sawItInPool = ({ pools = [], leadPools = [] }: Actor, { poolsBefore }: TouchedRecord): boolean =>
  poolsBefore.some((pool) => leadPools.includes(pool) || pools.some(({ id }) => id === pool))

/** Whoever may give what is nobody's saw it until somebody had it. */
const wasQueued = (actor: Actor, { queue }: EntityDescriptor, { ownersBefore }: TouchedRecord): boolean =>
  queue !== undefined && may(actor, queue.seesAll) && ownersBefore.includes(null)

/** What may be nobody's: by its owner, or while it has none by right or by its pool. */
function seesQueued(backend: Pick<Backend, 'database'>, actor: Actor, descriptor: EntityDescriptor, id: string): boolean {
  const { queue, table } = descriptor
  const row = prepared(
    backend.database.raw,
    `select t.owner_id as ownerId, t.${queue?.column} as poolId, t.deleted_at as deletedAt from ${table} t where t.id = ?`,
  ).get(id) as Pick<Standing, 'ownerId' | 'poolId' | 'deletedAt'> | undefined
  if (!row || !queue) return false
  if (reaches(reachIn(actor, descriptor, 'read'), row.ownerId)) return true
  if (row.ownerId !== null || row.deletedAt !== null) return false
  return may(actor, queue.seesAll) || (actor.leadPools ?? []).includes(row.poolId ?? '')
}

const STANDING = `select c.owner_id as ownerId, c.pool_id as poolId, c.deleted_at as deletedAt,
  exists (select 1 from record_member m where m.entity = 'customer' and m.record_id = c.id and m.employee_id = ?) as shared from customer c where c.id = ?`
type Standing = { ownerId: string | null; poolId: string | null; deletedAt: string | null; shared: number }

function seesCustomer(backend: Pick<Backend, 'database'>, actor: Actor, id: string): boolean {
  const row = prepared(backend.database.raw, STANDING).get(actor.employeeId ?? '', id) as Standing | undefined
  if (!row) return false
  if (reaches(customerReach(actor, 'read'), row.ownerId) || row.shared === 1) return true
  return row.deletedAt === null && (actor.pools ?? []).some((pool) => pool.id === row.poolId)
}

/** What has an owner of its own beside the customer it hangs on: by him, or as one of its team. */
function seesByOwner(backend: Pick<Backend, 'database'>, actor: Actor, descriptor: EntityDescriptor, id: string): boolean {
  const { name, table } = descriptor
  const row = prepared(
    backend.database.raw,
    `select t.owner_id as ownerId, exists (select 1 from record_member m where m.entity = '${name}' and m.record_id = t.id and m.employee_id = ?) as shared
      from ${table} t where t.id = ?`,
  ).get(actor.employeeId ?? '', id) as Pick<Standing, 'ownerId' | 'shared'> | undefined
  return row !== undefined && (row.shared === 1 || reaches(reachIn(actor, descriptor, 'read'), row.ownerId))
}

/** What hangs on a conversation is not told to whom conversations are hidden. A row that is gone is told to nobody who could not have seen it. */
function hangsOnUnseen(backend: Pick<Backend, 'database'>, actor: Actor, descriptor: EntityDescriptor, id: string): boolean {
  const unseen = unseenHosts(actor, descriptor)
  if (unseen.length === 0) return false
  const kind = prepared(backend.database.raw, `select ${descriptor.host?.column} from ${descriptor.table} where id = ?`)
    .pluck()
    .get(id) as string | undefined
  return kind === undefined || unseen.includes(kind)
}

/** Follows commits for one listener until its signal, its session or the program ends. */
export async function* followCommits(
  backend: Backend,
  following: Following,
  sessionState: () => 'same' | 'changed' | 'ended',
): AsyncGenerator<LiveChange> {
  let waiting: Commit[] = []
  let wake: (() => void) | undefined
  const stop = backend.bus.listen((commit) => {
    waiting.push(commit)
    wake?.()
  })
  const ring = () => wake?.()
  following.signal?.addEventListener('abort', ring)
  try {
    yield catchUp(backend, following)
    while (!following.signal?.aborted) {
      await new Promise<void>((resolve) => {
        wake = resolve
        if (waiting.length > 0 || following.signal?.aborted) resolve()
        else setTimeout(resolve, 1000).unref()
      })
      const session = sessionState()
      if (session !== 'same') {
        yield { seq: waiting.at(-1)?.seq ?? 0, changes: [], session }
        return
      }
      if (waiting.length === 0) continue
      if (waiting.length > 1 || waiting[0]?.records === null)
        await new Promise((resolve) => setTimeout(resolve, COALESCE_MS).unref())
      const taken = waiting
      waiting = []
      yield merged(taken.map((commit) => visiblePart(backend, following.actor, commit)))
    }
  } finally {
    stop()
    following.signal?.removeEventListener('abort', ring)
  }
}

function merged(parts: readonly LiveChange[]): LiveChange {
  const byEntity = new Map<Entity, Set<string> | null>()
  for (const { entity, ids } of parts.flatMap((part) => part.changes)) {
    const known = byEntity.get(entity)
    if (ids === null || known === null) byEntity.set(entity, null)
    else byEntity.set(entity, new Set([...(known ?? []), ...ids]))
  }
  return {
    seq: parts.at(-1)?.seq ?? 0,
    changes: [...byEntity].map(([entity, ids]) => ({ entity, ids: ids === null ? null : [...ids] })),
  }
}

/** The first message: what was missed since the listener's last number, or "refetch everything" when that is too much. */
function catchUp(backend: Backend, { actor, since }: Following): LiveChange {
  const last = backend.database.lastCommand().seq
  if (since === undefined || since === last) return { seq: last, changes: [] }
  // Of chunks that were told and then lost with the power nothing is here: what the listener has of them must go.
  if (since > last) return { seq: last, changes: [], missed: true }
  if (last - since > CATCH_UP_AT_MOST || since < 0) return { seq: last, changes: [], missed: true }
  const parts: LiveChange[] = []
  let rightsTouched = false
  for (let seq = since + 1; seq <= last; seq++) {
    const commit = commitAt(backend, seq)
    rightsTouched ||= commit.entities.some(decidesRights)
    parts.push(visiblePart(backend, actor, commit))
  }
  if (wasTold(backend.database.raw, actor.employeeId, since)) parts.push({ seq: last, changes: [NOTICES] })
  // The listener's pages may still show what older rights gave; whose rights they were is not asked, looking again is cheap.
  return { ...merged(parts), seq: last, ...(rightsTouched && { session: 'changed' as const }) }
}
