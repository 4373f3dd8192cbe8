import type BetterSqlite3 from 'better-sqlite3'
import type { MatchRecord } from '../../../src-shared/kernel/matching/keys.ts'
import { prepared } from '../../kernel/journal.ts'
import { type Askable, withoutHidden } from './askable.ts'
import { MATCH_CONTACTS, type MatchRow, recordOf } from './importer.ts'

/** A customer as matching compares him, whoever asks: what is found goes through the policy before anybody sees it. */
export type Compared = {
  readonly id: string
  readonly record: MatchRecord
  readonly deleted: boolean
}

/** The customers of these ids, in any order; who is gone is left out. `asks`: what of them may speak; absent: all of it. */
export function readCompared(raw: BetterSqlite3.Database, ids: readonly string[], asks?: Askable): Map<string, Compared> {
  const rows = prepared(
    raw,
    `select c.id, c.name, c.phone, c.phone2, c.email, c.credit_code as creditCode, c.city, c.address, c.owner_id as ownerId, c.deleted_at as deletedAt,
      ${MATCH_CONTACTS} as contacts
    from json_each(?) w cross join customer c on c.id = w.value`,
    // In their order: ids grow with time, so neighbours lie side by side in the file.
  ).all(JSON.stringify([...ids].sort())) as MatchRow[]
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        record: recordOf(asks ? withoutHidden(asks, row) : row),
        deleted: row.deletedAt !== null,
      },
    ]),
  )
}
