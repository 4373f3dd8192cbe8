import type { LiveChange } from '../../src-shared/kernel/live.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { may } from '../../src-shared/kernel/actor.ts'
import type { Permission } from '../../src-shared/kernel/permissions.ts'
import type { Entity } from '../../src-shared/kernel/procedure.ts'
import type { Commit, TouchedRecord } from './commitBus.ts'
import type { Backend } from './context.ts'
import { prepared } from './journal.ts'
import { customerReach, decidesRights, mayReadKind, reaches } from './policy.ts'
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
}

/** Only what the listener sees now or saw before is told to him; ids of others' records never leave. */
export function visiblePart(backend: Pick<Backend, 'database' | 'entities'>, actor: Actor, commit: Commit): LiveChange {
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
  const reach = customerReach(actor, 'read')
  if (reach === 'all' || record.ownersBefore.some((owner) => reaches(reach, owner))) return true
  const customerId = descriptor.parentKey ? record.customerId : record.id
  const owner = prepared(backend.database.raw, 'select owner_id from customer where id = ?').pluck().get(customerId) as
    | string
    | null
    | undefined
  return reaches(reach, owner ?? null)
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
  // The listener's pages may still show what older rights gave; whose rights they were is not asked, looking again is cheap.
  return { ...merged(parts), seq: last, ...(rightsTouched && { session: 'changed' as const }) }
}
