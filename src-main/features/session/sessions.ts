import { createHash, randomBytes } from 'node:crypto'
import { sessionSeconds } from '../../../src-shared/features/session/rules.ts'
import { text } from '../../../src-shared/features/session/text.ts'
import { type Actor, may, type Origin } from '../../../src-shared/kernel/actor.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import type { Backend } from '../../kernel/context.ts'
import { prepared } from '../../kernel/journal.ts'
import { decidesRights } from '../../kernel/policy.ts'
import { buildActor, everything } from './actor.ts'
import { secondsAfter } from './moments.ts'

/** Rights are read anew at least this often, so that a date that has come (somebody leaves, a period begins) takes effect. */
const FRESH_SECONDS = 60
const TOUCH_SECONDS = 60
const REMEMBERED_AT_MOST = 10_000
export const LOCAL_ID = 'local'

export const newToken = (): string => randomBytes(32).toString('base64url')
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex')

export type SessionService = {
  /** Who holds this token now; null when the session has ended, run out, or its user may no longer sign in. */
  actorOf(token: string | null, origin: Origin): Actor | null
  /** For a stream that began as `actor`: whether it may go on. */
  stateOf(token: string | null, actor: Actor): 'same' | 'changed' | 'ended'
  /** Whoever sits at the machine with the data folder, through the command line. */
  localAdmin(origin: Origin): Actor
  /** Forgets what is known of everybody's rights. */
  rightsChanged(): void
  /** Called after rights or sessions changed, so that a stream can look at once. @returns how to stop. */
  endedListeners(listener: () => void): () => void
}

type Known = {
  actor: Actor
  sessionId: string
  origin: string
  idleUntil: string
  expiresAt: string
  freshUntil: string
  touchAt: string
}
type Stored = {
  id: string
  userId: string
  origin: string
  idleUntil: string
  expiresAt: string
  lastSeenAt: string
  looksAs: string | null
}

/** Sessions of one running program. Session rows are technical: they are read and touched outside commands, never inside one's transaction. */
export function createSessions(backend: Backend): SessionService {
  const raw = backend.database.raw
  const known = new Map<string, Known>()
  const listeners = new Set<() => void>()

  const forget = (token: string, sessionId: string): null => {
    known.delete(token)
    if (!raw.inTransaction) prepared(raw, 'delete from session where id = ?').run(sessionId)
    return null
  }

  const load = (token: string, origin: Origin, now: string): Known | null => {
    const session = prepared(
      raw,
      `select id, user_id as userId, origin, idle_until as idleUntil, expires_at as expiresAt, last_seen_at as lastSeenAt, looks_as as looksAs from session where token_hash = ?`,
    ).get(tokenHash(token)) as Stored | undefined
    const before = known.get(token)
    known.delete(token)
    if (!session) return null
    if (session.idleUntil <= now || session.expiresAt <= now) return forget(token, session.id)
    const options = { origin, today: dateIn(now, backend.services.timeZone()) }
    const own = buildActor(raw, session.userId, options)
    if (!own) return forget(token, session.id)
    const actor = session.looksAs === null ? own : asSeenBy(own, buildActor(raw, session.looksAs, options))
    const found: Known = {
      // The same object as long as the rights are the same: streams compare by it.
      actor: before && sameRights(before.actor, actor) ? before.actor : actor,
      sessionId: session.id,
      origin: session.origin,
      idleUntil: session.idleUntil,
      expiresAt: session.expiresAt,
      freshUntil: secondsAfter(now, FRESH_SECONDS),
      touchAt: secondsAfter(session.lastSeenAt, TOUCH_SECONDS),
    }
    // Inside a running transaction the rows may still be rolled back: such an answer is not kept.
    if (raw.inTransaction) return found
    if (known.size >= REMEMBERED_AT_MOST) known.clear()
    known.set(token, found)
    return found
  }

  const touch = (session: Known, now: string): void => {
    if (raw.inTransaction) return
    const idleUntil = secondsAfter(now, sessionSeconds(session.origin).idle)
    prepared(raw, 'update session set last_seen_at = ?, idle_until = ? where id = ?').run(now, idleUntil, session.sessionId)
    session.idleUntil = idleUntil
    session.touchAt = secondsAfter(now, TOUCH_SECONDS)
  }

  const look = (token: string | null, origin: Origin, now: string): Known | null => {
    if (token === null || token === '') return null
    let session: Known | null | undefined = known.get(token)
    if (!session || session.freshUntil <= now) session = load(token, origin, now)
    if (!session) return null
    if (session.idleUntil <= now || session.expiresAt <= now) return forget(token, session.sessionId)
    return session
  }

  const actorOf = (token: string | null, origin: Origin): Actor | null => {
    const now = backend.now()
    const session = look(token, origin, now)
    if (session && session.touchAt <= now) touch(session, now)
    return session?.actor ?? null
  }

  const rightsChanged = (): void => {
    for (const session of known.values()) session.freshUntil = ''
    for (const listener of listeners) listener()
  }

  // Undo, redo and imports change people, too; whatever does, the commit says so.
  backend.bus.listen(({ entities }) => {
    if (entities.some(decidesRights)) rightsChanged()
  })

  return {
    actorOf,
    stateOf(token, actor) {
      if (token === null) return 'same'
      // Without touching: a page that lies open and only listens is the very one that is to run out.
      const now = look(token, actor.origin, backend.now())?.actor
      if (!now || sitterOf(now) !== sitterOf(actor)) return 'ended'
      return now === actor || sameRights(now, actor) ? 'same' : 'changed'
    },
    localAdmin: (origin) => localAdmin(raw, origin),
    rightsChanged,
    endedListeners(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Who may manage people sees as another user does; who may no longer, or whose other is gone, is himself again. */
function asSeenBy(own: Actor, other: Actor | null): Actor {
  if (!other || !may(own, 'people.manage')) return own
  const { mustChangePassword: _hers, ...sight } = other
  return { ...sight, lookedBy: { userId: own.userId, name: own.name } }
}
const sitterOf = ({ userId, lookedBy }: Actor): string => lookedBy?.userId ?? userId

const sameRights = (a: Actor, b: Actor): boolean => JSON.stringify(a) === JSON.stringify(b)

function localAdmin(raw: Backend['database']['raw'], origin: Origin): Actor {
  const language = prepared(raw, 'select language from workspace').pluck().get() as string | undefined
  const name = text[language === 'en-US' ? 'en-US' : 'zh-CN'].localAdmin
  return {
    userId: LOCAL_ID,
    employeeId: null,
    name,
    origin,
    permissions: everything(),
    fieldRights: {},
    owners: { own: [], department: [], below: [] },
  }
}
