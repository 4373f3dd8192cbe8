import type { Actor } from '../../src-shared/kernel/actor.ts'
import { type Permission, PERMISSIONS } from '../../src-shared/kernel/permissions.ts'
import type { Backend, CommandContext } from './context.ts'
import type { ReadDb } from './database.ts'
import type { RunOptions } from './workers.ts'

export const JOB_STATES = ['waiting', 'running', 'paused', 'done', 'failed', 'cancelled', 'interrupted'] as const
export type JobState = (typeof JOB_STATES)[number]

/** What is stored of a chunk together with its rows, so that a killed job knows exactly where it was. */
export type ChunkOptions = {
  /** Where to go on after this chunk; any JSON. */
  cursor?: unknown
  done?: number
  total?: number
  batchId?: string
  undoes?: number
  irreversible?: string
  /** As in CommitOptions: the cursor goes with its rows. */
  relaxed?: boolean
}

export type Commit = <Output>(work: (command: CommandContext) => Promise<Output>, chunk?: ChunkOptions) => Promise<Output>
export type ChunkGroup = { readonly commit: Commit; readonly mayGoOn: () => Promise<boolean> }

/** What a running job may use. It writes only through `commit`, chunk by chunk. */
export type JobContext = {
  readonly id: string
  /** Who started it, with the rights he has at this moment. @throws JobOwnerGone */
  readonly actor: () => Actor
  /** What the last committed chunk left, or null at the first start. */
  readonly cursor: unknown
  /** How many times it was started since it last got further. */
  readonly attempt: number
  readonly signal: AbortSignal
  /** One command with its own journal entry, by the owner with today's rights; the cursor is stored in the same transaction. */
  readonly commit: Commit
  /**
   * Chunks that follow each other in one transaction, as long as nobody else wants to write: `commit` as above, `mayGoOn` between two.
   * A chunk that fails takes those before it in the group back, their cursors too.
   */
  readonly group: <Output>(work: (group: ChunkGroup) => Promise<Output>) => Promise<Output>
  /** Stores where to go on without a command, for work that writes no business rows. */
  readonly save: (cursor: unknown) => Promise<void>
  /** A named read-only task on a worker thread; ends early when the job is stopped. */
  readonly scan: <Output>(task: string, input: unknown, options?: Omit<RunOptions, 'signal'>) => Promise<Output>
  /** Shown on the page; costs little, may be called at every row. */
  readonly progress: (done: number, total?: number) => void
  /** Lets other calls run, and ends the job here when somebody wants it paused or cancelled. @throws JobStopped */
  readonly checkpoint: () => Promise<void>
  readonly db: ReadDb
  readonly folder: string
  readonly now: () => string
  readonly newId: () => string
  readonly services: Backend['services']
  readonly entities: Backend['entities']
  /** Technical rows (import rows, sessions) that are not journaled; queued with everything else that writes. */
  readonly technical: Backend['database']['write']
}

export type JobKind<Input = never, Result = unknown> = {
  /** Goes on from its cursor after a kill or a failure; otherwise a kill is reported and a person decides. */
  readonly resumable: boolean
  /** False for work that must not stop half way, such as taking something back; it can still be paused. */
  readonly cancellable?: boolean
  /** Checked again before every chunk when somebody started it. */
  readonly needs?: Permission
  /** What tells two jobs of one kind apart on the page, such as a file name. The kind's own word is in text.ts. */
  readonly title?: (input: Input) => string
  readonly run: (context: JobContext, input: Input) => Promise<Result>
  /** Takes back what was prepared and what the chunks did; runs whenever the job is cancelled, also before it began. */
  readonly onCancel?: (context: JobContext, input: Input) => Promise<void>
}
export type JobTable = Readonly<Record<string, JobKind>>

/** Ends a run because somebody, or the end of the program, wants it to stop. Not an error. */
export class JobStopped extends Error {
  readonly why: 'pause' | 'cancel' | 'shutdown'
  constructor(why: JobStopped['why']) {
    super(`stopped: ${why}`)
    this.name = 'JobStopped'
    this.why = why
  }
}

/** Whoever started the job may no longer do anything: disabled, left, or without the permission. */
export class JobOwnerGone extends Error {
  constructor(ownerId: string) {
    super(`the owner ${ownerId} may not act any more`)
    this.name = 'JobOwnerGone'
  }
}

/** The program itself, for schedules: it may everything and is nobody's account. */
export const systemActor = (origin: 'job' | 'system' = 'system'): Actor => ({
  userId: '',
  employeeId: null,
  name: 'system',
  origin,
  permissions: Object.fromEntries(PERMISSIONS.map((permission) => [permission, 'all' as const])),
  fieldRights: {},
  owners: { own: [], department: [], below: [] },
})
