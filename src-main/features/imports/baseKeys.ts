import type BetterSqlite3 from 'better-sqlite3'
import { hashOfNumber } from '../../../src-shared/kernel/matching/keyNumber.ts'
import { prepared } from '../../kernel/journal.ts'
import { FileKeys } from './fileKeys.ts'

/** Reading one key into memory costs as much as looking two up; a document has about three, a row six. */
const DOCUMENTS_A_ROW = 1

/**
 * The keys that the base carries now, for a file that is long beside it; null where it is not, and the rows ask the index. Whoever comes
 * later is met by the write, which asks again when anybody else has written.
 */
export function baseKeys(raw: BetterSqlite3.Database, rows: number): FileKeys | null {
  const documents = prepared(raw, 'select coalesce(max(id), 0) from search_doc').pluck().get() as number
  if (documents > rows * DOCUMENTS_A_ROW) return null
  const keys = new FileKeys()
  const once = (): boolean => false
  const all = prepared(raw, 'select distinct key from match_key').pluck()
  for (const key of all.iterate()) keys.add(hashOfNumber(key as number), 0, once)
  return keys
}
