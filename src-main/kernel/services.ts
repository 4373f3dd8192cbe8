import type { Actor } from '../../src-shared/kernel/actor.ts'
import type { BackupShelf } from './backupShelf.ts'
import type { IndexKeeper } from './dialect/indexKeeper.ts'
import type { Jobs } from './jobs.ts'
import type { Presence } from './presence.ts'
import type { Scheduler } from './scheduler.ts'
import type { Source } from './searchSources.ts'
import type { NoticeRequest } from '../../src-shared/kernel/notices.ts'
import type { LiveChange } from '../../src-shared/kernel/live.ts'

export type Following = { actor: Actor; token: string | null; since: number | undefined; signal: AbortSignal | undefined }

/** Documents and keys that older rules made, and how they come by today's. */
export type SearchRenewal = {
  readonly outdated: () => Source[]
  /** Writes those of these records anew, in a transaction of its own. */
  readonly renew: (kind: Source, ids: readonly string[]) => Promise<void>
  /** Notes that all of a kind are by today's rules. */
  readonly renewed: (kind: Source) => Promise<void>
}

/** What the program offers to handlers beside the database, filled in by backend.ts: no feature is imported here. */
export interface Services {
  /** Tells people in person outside of a command: the end of a job, what comes due. */
  readonly notify: (notices: readonly NoticeRequest[]) => Promise<void>
  /** Makes every window of these employees look at their notices again. */
  readonly noticesChanged: (employeeIds: readonly string[]) => void
  /** Forgets what is known of everybody's rights: somebody's role, department or account changed. */
  readonly rightsChanged: () => void
  /** A user as his roles make him today, for asking what he may see; null when he may not sign in. */
  readonly actorOf: (userId: string) => Actor | null
  /** The data folder, for features that keep files beside the database. */
  readonly folder: string
  /** The program's own version, for the page before signing in. */
  readonly version: string
  /** The workspace's time zone. */
  readonly timeZone: () => string
  /** The number of the last command: what was read after it has all of it and may have more. */
  readonly lastSeq: () => number
  /** Every commit from now on (or since a number), as far as this caller sees it. */
  readonly follow: (following: Following) => AsyncGenerator<LiveChange>
  /** Who looks at which record now. */
  readonly presence: Presence
  /** What runs in the background, by wish or by time. */
  readonly jobs: Jobs
  readonly scheduler: Scheduler
  readonly backups: BackupShelf
  /** For whoever writes very many rows: merging of the search index waits meanwhile, and between two transactions index and log get their turn. */
  readonly searchIndex: Pick<IndexKeeper, 'hold' | 'breathe'> & SearchRenewal
  /** Ends the program and starts it anew; false when whoever runs it cannot do that. */
  readonly restart: () => boolean
}
