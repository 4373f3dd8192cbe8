import type BetterSqlite3 from 'better-sqlite3'
import { sql } from 'kysely'
import type { CommandContext } from './context.ts'
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
    if (typeof id === 'string') found.set(keyOf(derived), (found.get(keyOf(derived)) ?? new Set()).add(id))
  }
}

const keyOf = ({ table, column }: { table: string; column: string }): string => `${table}.${column}`

/** Computes the noted columns anew from the rows they repeat; a record that already says so is not written. */
export function refreshDerived(raw: BetterSqlite3.Database, found: DerivedRows, at: string): void {
  for (const { table, column, value } of derivedColumns)
    for (const id of found.get(keyOf({ table, column })) ?? [])
      prepared(
        raw,
        `update "${table}" set "${column}" = (${value}), updated_at = ?, version = version + 1 where id = ? and "${column}" is not (${value})`,
      ).run(at, id)
}

/** The same inside a command, for all derived columns of these records after rows they repeat were written. */
export async function followRows(context: CommandContext, table: string, ids: readonly string[]): Promise<void> {
  const list = JSON.stringify(ids)
  for (const { table: of, column, value } of derivedColumns)
    if (of === table)
      await sql`update ${sql.table(table)} set ${sql.ref(column)} = (${sql.raw(value)}), updated_at = ${context.now()}, version = version + 1
        where id in (select value from json_each(${list})) and ${sql.ref(column)} is not (${sql.raw(value)})`.execute(context.tx)
}
