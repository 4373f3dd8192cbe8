import type { Actor } from '../../src-shared/kernel/actor.ts'
import type { LiveChange } from '../../src-shared/kernel/live.ts'

export type Following = { actor: Actor; token: string | null; since: number | undefined; signal: AbortSignal | undefined }

/** What the program offers to handlers beside the database, filled in by backend.ts: no feature is imported here. */
export interface Services {
  /** Forgets what is known of everybody's rights: somebody's role, department or account changed. */
  readonly rightsChanged: () => void
  /** The program's own version, for the page before signing in. */
  readonly version: string
  /** The workspace's time zone. */
  readonly timeZone: () => string
  /** Every commit from now on (or since a number), as far as this caller sees it. */
  readonly follow: (following: Following) => AsyncGenerator<LiveChange>
}
