import type BetterSqlite3 from 'better-sqlite3'
import { prepared } from '../../kernel/journal.ts'

/**
 * What the base had written when a row was exported: the number of the last command, with the beginning of its hash, because after a
 * restored backup the same number is another command. The letter keeps Excel from making a figure of it.
 */
export function stateOf(raw: BetterSqlite3.Database): string {
  const last = prepared(raw, 'select seq, hash from command order by seq desc limit 1').get() as
    | { seq: number; hash: string }
    | undefined
  return last ? `v${last.seq}-${last.hash.slice(0, 8)}` : 'v0'
}

/** The command after which changes are somebody else's; null when the text is none, or of another line of history. */
export function seqOfState(raw: BetterSqlite3.Database, text: string): number | null {
  const read = /^v(\d{1,15})(?:-([0-9a-f]{8}))?$/.exec(text.trim())
  if (!read) return null
  const seq = Number(read[1])
  if (seq === 0) return 0
  const hash = prepared(raw, 'select hash from command where seq = ?').pluck().get(seq) as string | undefined
  return hash?.slice(0, 8) === read[2] ? seq : null
}
