import type BetterSqlite3 from 'better-sqlite3'
import { prepared } from './journal.ts'
import { derivedColumns } from './tableList.ts'

type Image = Record<string, unknown>
export type DerivedRows = Map<string, Set<string>>

export const isDerived = (table: string, column: string): boolean =>
  derivedColumns.some((derived) => derived.table === table && derived.column === column)

/** Notes the records whose derived columns follow this row, by what the row says before or after a change. */
export function noteFollowers(found: DerivedRows, table: string, image: Image | null): void {
  for (const derived of derivedColumns) {
    const id = derived.from === table ? image?.[derived.link] : undefined
    if (typeof id === 'string') found.set(derived.column, (found.get(derived.column) ?? new Set()).add(id))
  }
}

/** Computes the noted columns anew from the rows they repeat; a record that already says so is not written. */
export function refreshDerived(raw: BetterSqlite3.Database, found: DerivedRows, at: string): void {
  for (const { table, column, value } of derivedColumns)
    for (const id of found.get(column) ?? [])
      prepared(
        raw,
        `update "${table}" set "${column}" = (${value}), updated_at = ?, version = version + 1 where id = ? and "${column}" is not (${value})`,
      ).run(at, id)
}
