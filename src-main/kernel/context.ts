import type { Actor, Origin } from '../../src-shared/kernel/actor.ts'
import type { EntityDescriptor } from '../../src-shared/kernel/entity.ts'
import type { NoticeRequest } from '../../src-shared/kernel/notices.ts'
import type { Entity } from '../../src-shared/kernel/procedure.ts'
import type { Chronicle } from './chronicle.ts'
import type { CommitBus } from './commitBus.ts'
import type { Group } from './commandGroup.ts'
import type { Database, ReadDb, WriteTx } from './database.ts'
import type { Logger } from './logger.ts'
import type { SearchDocs } from './searchDocs.ts'
import type { ReadyName } from './searchTerms.ts'
import type { Services } from './services.ts'
import type { ByColumn, MayTouch, RowOutcome } from './undo.ts'
import type { TaskPool } from './workers.ts'

export type Change = { entity: Entity; id: string; action: string; detail?: Record<string, unknown> }

/** What one running program holds. Handlers never see it; the pipeline hands them what their kind of call may have. */
export type Backend = {
  readonly folder: string
  readonly version: string
  readonly database: Database
  readonly entities: ReadonlyMap<Entity, EntityDescriptor>
  readonly searchDocs: SearchDocs
  readonly chronicles: readonly Chronicle[]
  readonly bus: CommitBus
  readonly workers: TaskPool
  readonly log: Logger
  readonly services: Services
  readonly now: () => string
  readonly newId: () => string
}

/** How a transport starts and ends the session of whoever is calling. */
export type SessionDoor = {
  /** The token of the session in use, or null. */
  token(): string | null
  open(token: string): void
  close(): void
  /** Decides how long a session opened here lasts. */
  readonly origin: Origin
  /** A short word for the list of open sessions: browser, window, address. */
  readonly device: string
  /** What guessing is counted by, beside the account. */
  readonly address: string
  /** Something that outlives sessions and tells one browser from the others of its address; absent where the door is one device. */
  readonly keepsake?: { token(): string | null; keep(token: string): void }
}

/** What a transport supplies with every call. Nothing else about the transport is visible to handlers. */
export type RequestContext = {
  readonly backend: Backend
  /** Read on every call, so that signing in or out needs no new port. */
  readonly actor: Actor | null
  readonly idempotencyKey: string | null
  /** A header of the call, by its name in small letters; put here per call by a transport that has headers. */
  readonly headerOf?: (name: string) => string | null
  /** What goes back beside the answer. */
  readonly tell?: (name: string, value: string) => void
  readonly door: SessionDoor | null
  /** The one-time token that a first run needs, when the caller brought it. */
  readonly setupToken?: string | null
}

export type QueryContext = {
  readonly db: ReadDb
  readonly actor: Actor
  readonly now: () => string
  readonly entities: Backend['entities']
  /** Runs a named read-only task on a worker's own connection: whatever scans goes there, so that short calls never wait. */
  readonly scan: TaskPool['run']
  readonly services: Services
  readonly door: SessionDoor | null
}

export type CommandContext = {
  readonly tx: WriteTx
  readonly actor: Actor
  readonly now: () => string
  readonly newId: () => string
  readonly entities: Backend['entities']
  /** The number this command will carry once committed. */
  readonly seq: number
  /** The business word of what was done; the journal already has the rows. */
  readonly record: (change: Change) => void
  /** Tells people in person, in the same transaction; whoever does it is not told, and the policy is asked again when it is read. */
  readonly notify: (notice: NoticeRequest) => void
  /** Says that this call rightly changed nothing: no history is written. */
  readonly unchanged: () => void
  /** Runs when the commit has returned; what it throws reaches the caller although the rows stay. */
  readonly afterCommit: (action: () => void) => void
  readonly services: Services
  /** Search terms of names this command is going to write, worked out beforehand on another thread. */
  readonly makeReady: (names: readonly ReadyName[]) => void
  /** Takes the rows of an earlier command back inside this one. */
  readonly reverse: (seq: number, mayTouch: MayTouch, byColumn?: ByColumn) => RowOutcome[]
}

/** For calls that must do slow work (hashing, files, many chunks) around their transactions. */
export type StagedContext = Omit<QueryContext, 'db'> & {
  readonly db: ReadDb
  readonly newId: () => string
  readonly door: SessionDoor | null
  readonly setupToken: string | null
  /** One number for all the commands of this call, the same when the call is repeated under its key. */
  readonly batchId: string
  /** What a part of this call answered before under the same key, or null. */
  readonly answered: <Output>(part: string) => Output | null
  /** One transaction with its own journal entry; `part` tells the parts of one call apart under its idempotency key. */
  readonly commit: <Output>(work: (context: CommandContext) => Promise<Output>, options?: CommitOptions) => Promise<Output>
}

/**
 * `relaxed`: a chunk of a run that can go on where it was, or a step of a call whose last step is not relaxed: the disk is not waited for,
 * so a power cut may take the last ones with their cursor or their answer, and nothing was acknowledged to anybody. The next command of
 * anybody, and the end of the run, bring them to disk. `bulk`: of very many chunks, whose records nobody is told one by one.
 * `input`: what stands for the call's input under its idempotency key, where the input itself holds a password.
 */
export type CommitOptions = {
  part?: string
  input?: unknown
  batchId?: string
  undoes?: number
  actor?: Actor
  irreversible?: string
  relaxed?: boolean
  bulk?: boolean
  /** The transaction of several commands that this one belongs to. */
  group?: Group
}
