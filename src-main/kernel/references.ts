import { sql } from 'kysely'
import type { Entity } from '../../src-shared/kernel/procedure.ts'
import type { CommandContext } from './context.ts'
import type { ReadDb, WriteTx } from './database.ts'
import { businessTables, looseLinks } from './tableList.ts'

/**
 * One way in which business rows point at a record: by foreign key, or by a registered link (`entityColumn`). `sole`: the unique
 * keys in which the column stands. A row that is pointed elsewhere may meet one that is there already, so such rows are copied
 * where they are missing and stay where they are.
 */
export type Reference = {
  table: string
  column: string
  entityColumn: string | null
  sole: readonly (readonly string[])[]
  columns: readonly string[]
}

/** Every column of business rows that points at records of a table, as SQLite itself and the list of loose links report it. */
export async function referencesTo(db: ReadDb | WriteTx, target: string): Promise<Reference[]> {
  const { rows } = await sql<{ table: string; column: string }>`
    select m.name as "table", fk."from" as "column" from sqlite_master m join pragma_foreign_key_list(m.name) fk
    where m.type = 'table' and fk."table" = ${target} and m.name <> ${target} order by 1, 2`.execute(db)
  const loose = looseLinks.map(({ table, entityColumn, recordColumn }) => ({ table, column: recordColumn, entityColumn }))
  const known = new Set(businessTables.map(({ name }) => name))
  const found: Reference[] = []
  for (const one of [...rows.map((row) => ({ ...row, entityColumn: null })), ...loose])
    if (known.has(one.table)) found.push({ ...one, ...(await shapeOf(db, one)) })
  return found
}

async function shapeOf(
  db: ReadDb | WriteTx,
  { table, column }: { table: string; column: string },
): Promise<Pick<Reference, 'sole' | 'columns'>> {
  const { rows } = await sql<{ columns: string; keys: string }>`
    select (select json_group_array(name) from pragma_table_info(${table})) as columns,
      (select json_group_array(json(k.names)) from (select json_group_array(ii.name) as names
        from pragma_index_list(${table}) il join pragma_index_info(il.name) ii where il."unique" = 1 and il.origin <> 'pk' group by il.name) k) as keys`.execute(
    db,
  )
  const keys = JSON.parse(rows[0]?.keys ?? '[]') as string[][]
  return { sole: keys.filter((key) => key.includes(column)), columns: JSON.parse(rows[0]?.columns ?? '[]') as string[] }
}

type Repointing = { entity: Entity; fromIds: readonly string[]; toId: string }

/** Points rows at another record. @returns how many were moved, by table. */
export async function repoint(
  context: CommandContext,
  references: readonly Reference[],
  { entity, fromIds, toId }: Repointing,
): Promise<Record<string, number>> {
  const moved: Record<string, number> = {}
  for (const reference of references) {
    const theirs = theirRows(reference, entity, fromIds)
    const count =
      reference.sole.length > 0 ? await copy(context, reference, theirs, toId) : await move(context, reference, theirs, toId)
    if (count > 0) moved[reference.table] = (moved[reference.table] ?? 0) + count
  }
  return moved
}

const theirRows = ({ column, entityColumn }: Reference, entity: Entity, ids: readonly string[]) =>
  sql`${sql.ref(column)} in (select value from json_each(${JSON.stringify(ids)}))${entityColumn === null ? sql`` : sql` and ${sql.ref(entityColumn)} = ${entity}`}`

type Rows = ReturnType<typeof theirRows>

async function move(context: CommandContext, { table, column, columns }: Reference, theirs: Rows, toId: string): Promise<number> {
  const versioned = columns.includes('version') ? sql`, updated_at = ${context.now()}, version = version + 1` : sql``
  const { numAffectedRows } =
    await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${toId}${versioned} where ${theirs}`.execute(context.tx)
  return Number(numAffectedRows ?? 0n)
}

async function copy(
  context: CommandContext,
  { table, column, columns, sole }: Reference,
  theirs: Rows,
  toId: string,
): Promise<number> {
  const { rows } = await sql<{ id: string }>`select id from ${sql.table(table)} where ${theirs} order by id`.execute(context.tx)
  let copied = 0
  for (const { id } of rows) {
    const value = (name: string) =>
      name === 'id' ? sql`${context.newId()}` : name === column ? sql`${toId}` : sql`o.${sql.ref(name)}`
    const taken = sole.map(
      (key) =>
        sql`exists (select 1 from ${sql.table(table)} x where ${sql.join(
          key.map((name) => sql`x.${sql.ref(name)} = ${name === column ? sql`${toId}` : sql`o.${sql.ref(name)}`}`),
          sql` and `,
        )})`,
    )
    const { numAffectedRows } = await sql`
      insert into ${sql.table(table)} (${sql.join(columns.map((name) => sql.ref(name)))})
      select ${sql.join(columns.map(value))} from ${sql.table(table)} o where o.id = ${id} and not (${sql.join(taken, sql` or `)})`.execute(
      context.tx,
    )
    copied += Number(numAffectedRows ?? 0n)
  }
  return copied
}
