import { sql } from 'kysely'
import { may } from '../../../src-shared/kernel/actor.ts'
import type { Permission } from '../../../src-shared/kernel/permissions.ts'
import type { QueryContext } from '../../kernel/context.ts'
import { ofTable } from '../../kernel/journal.ts'
import { rowsById } from '../../kernel/records/select.ts'
import type { StoredCommand } from './store.ts'

const LONGEST = 80
/** Of several records a line names so many. */
const NAMED = 3
/** A record may have been written more than once. */
const LOOKED_AT = 8

/** The first of the records that commands of several were about, where the caller sees them today. @returns their names, by the number of the command. */
export async function firstNames(context: QueryContext, commands: readonly StoredCommand[]): Promise<Map<number, string[]>> {
  const named = new Map<number, string[]>()
  for (const entity of context.entities.values()) {
    const seqs = commands
      .filter((one) => one.entity === entity.name && one.recordId === null && one.rows > 0)
      .map(({ seq }) => seq)
    if (seqs.length === 0) continue
    const { rows } = await sql<{ seq: number; ids: string }>`
      select w.value as seq, (select json_group_array(row_id) from (
        select j.row_id from journal j where j.seq = w.value and ${ofTable(entity.table, 'j')} limit ${LOOKED_AT})) as ids
      from json_each(${JSON.stringify(seqs)}) w`.execute(context.db)
    const idsOf = new Map(rows.map(({ seq, ids }) => [seq, [...new Set(JSON.parse(ids) as string[])]]))
    const found = await rowsById(context.db, context.actor, entity, [...new Set([...idsOf.values()].flat())], {
      deleted: true,
      listed: true,
    })
    const names = new Map(found.map((row) => [String(row['id']), String(row[entity.title]).slice(0, LONGEST)]))
    for (const [seq, ids] of idsOf) named.set(seq, [...new Set(ids.flatMap((id) => names.get(id) ?? []))].slice(0, NAMED))
  }
  return named
}

/** Names of the records that commands were about, where the caller sees them today. */
export async function recordNames(context: QueryContext, commands: readonly StoredCommand[]): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (const entity of context.entities.values()) {
    const ids = commands.flatMap((command) => (command.entity === entity.name && command.recordId ? [command.recordId] : []))
    if (ids.length === 0) continue
    for (const row of await rowsById(context.db, context.actor, entity, ids, { deleted: true, listed: true }))
      names.set(String(row['id']), String(row[entity.title]).slice(0, LONGEST))
  }
  for (const [entity, { table, column, needs }] of Object.entries(PLAIN_NAMES)) {
    const ids = commands.flatMap((command) => (command.entity === entity && command.recordId ? [command.recordId] : []))
    if (ids.length === 0 || (needs !== null && !may(context.actor, needs))) continue
    const { rows } = await sql<{ id: string; name: string }>`
      select id, ${sql.ref(column)} as name from ${sql.table(table)} where id in (select value from json_each(${JSON.stringify(ids)}))`.execute(
      context.db,
    )
    for (const row of rows) names.set(row.id, row.name.slice(0, LONGEST))
  }
  return names
}

/** What has a name and no field rights of its own; who may see the list of them may see a name in history. */
const PLAIN_NAMES: Record<string, { table: string; column: string; needs: Permission | null }> = {
  employee: { table: 'employee', column: 'name', needs: null },
  tag: { table: 'tag', column: 'name', needs: null },
  customField: { table: 'custom_field', column: 'label', needs: null },
  productCategory: { table: 'product_category', column: 'path', needs: 'products.read' },
  priceList: { table: 'price_list', column: 'name', needs: 'products.read' },
  pipeline: { table: 'pipeline', column: 'name', needs: null },
  sourceCost: { table: 'source_cost', column: 'source', needs: 'sourceCosts.read' },
  leadPool: { table: 'lead_pool', column: 'name', needs: null },
  leadRule: { table: 'lead_rule', column: 'name', needs: 'leadPools.manage' },
  warehouse: { table: 'warehouse', column: 'name', needs: null },
  department: { table: 'department', column: 'name', needs: 'people.read' },
  role: { table: 'role', column: 'name', needs: 'people.read' },
  pool: { table: 'pool', column: 'name', needs: 'pools.manage' },
  poolRule: { table: 'pool_rule', column: 'name', needs: 'pools.manage' },
  user: { table: 'user_account', column: 'login', needs: 'people.read' },
}
