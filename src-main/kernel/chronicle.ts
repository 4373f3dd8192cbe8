import type BetterSqlite3 from 'better-sqlite3'
import type { Backend } from './context.ts'
import type { JournalRow } from './journal.ts'

/**
 * What records were on a day, kept in rows that are only ever added. They tell of undo and redo as of any other command, so they stand
 * outside journal and digest: taking something back adds a row here and removes none.
 */
export type Chronicle = {
  /** Tables of which a changed row may be worth a line. */
  readonly tables: ReadonlySet<string>
  readonly note: (raw: BetterSqlite3.Database, entry: Entry) => void
}
/** The command that is being closed: its number, its instant and day, who gave it. */
export type Entry = {
  readonly seq: number
  readonly at: string
  readonly day: string
  readonly employeeId: string | null
  readonly newId: () => string
}

/** Tells those chronicles of a command whose tables it touched. */
export function tellChronicles(
  { chronicles, database }: Pick<Backend, 'chronicles' | 'database'>,
  touched: readonly JournalRow[],
  entry: () => Entry,
): void {
  for (const { tables, note } of chronicles) if (touched.some(({ tbl }) => tables.has(tbl))) note(database.raw, entry())
}
