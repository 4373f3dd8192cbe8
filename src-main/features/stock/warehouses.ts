import { sql } from 'kysely'
import { MOST_WAREHOUSES, type Warehouse, type WarehouseId } from '../../../src-shared/features/stock/model.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { NotFound, Stale } from '../../kernel/errors.ts'
import { onCommand, onQuery } from '../../kernel/pipeline.ts'

type Db = ReadDb | WriteTx
type Row = Omit<Warehouse, 'isDefault' | 'archived'> & { isDefault: number; archived: number; position: number; full: number }

/** The default one first, archived ones last; `full`: something lies in it, is asked of it or is on its way to it. */
async function rowsOf(db: Db): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select w.id, w.name, w.is_default as "isDefault", w.archived, w.position, w.version,
      (select count(*) from stock_level l where l.warehouse_id = w.id) as products,
      exists (select 1 from stock_level l where l.warehouse_id = w.id and (l.on_hand <> 0 or l.demand <> 0))
        or exists (select 1 from purchase p where p.warehouse_id = w.id and p.stage <> 'cancelled' and (p.stage <> 'approved' or p.received < p.ordered)) as full
    from warehouse w order by w.archived, w.is_default desc, w.position, w.id`.execute(plain(db))
  return rows
}
const told = ({ id, name, isDefault, archived, products, version }: Row): Warehouse => ({
  id,
  name,
  isDefault: isDefault === 1,
  archived: archived === 1,
  products,
  version,
})

export type Place = { readonly id: string; readonly name: string }
/** The warehouse that orders are served from. */
export async function defaultWarehouse(db: Db): Promise<Place> {
  const { rows } = await sql<Place>`
    select id, name from warehouse where archived = 0 order by is_default desc, position, id limit 1`.execute(plain(db))
  const [first] = rows
  if (!first) throw new Error('there is no warehouse')
  return first
}

/** One that goods may come to or leave. @throws Refusal warehouseUnknown | warehouseArchived (name) */
export async function openWarehouse(tx: WriteTx, id: string): Promise<Place> {
  const found = (await rowsOf(tx)).find((one) => one.id === id)
  if (!found) throw new Refusal('warehouseUnknown')
  if (found.archived === 1) throw new Refusal('warehouseArchived', { name: found.name })
  return found
}

const keyOf = (name: string): string => name.normalize('NFKC').toLowerCase()

function requireName(rows: readonly Row[], name: string, exceptId: string | null): void {
  if (rows.some((one) => one.id !== exceptId && keyOf(one.name) === keyOf(name))) throw new Refusal('nameTaken', { name })
}

async function created(context: CommandContext, name: string): Promise<string> {
  const rows = await rowsOf(context.tx)
  requireName(rows, name, null)
  if (rows.length >= MOST_WAREHOUSES) throw new Refusal('tooMany', { most: MOST_WAREHOUSES })
  return insertWarehouse(context, name, 1 + Math.max(-1, ...rows.map((one) => one.position)))
}

export async function insertWarehouse(context: CommandContext, name: string, position: number): Promise<string> {
  const id = context.newId()
  const at = context.now()
  await context.tx
    .insertInto('warehouse')
    .values({ id, name, nameKey: keyOf(name), position, createdAt: at, createdBy: context.actor.userId || null, updatedAt: at })
    .execute()
  return id
}

type Edit = { name?: string | undefined; isDefault?: true | undefined; archived?: boolean | undefined }
/** @returns whether anything was written. @throws Refusal nameTaken | defaultStays | warehouseFull | warehouseArchived */
async function edited(context: CommandContext, row: Row, { name, isDefault, archived }: Edit): Promise<boolean> {
  const rows = await rowsOf(context.tx)
  const values: { name?: string; nameKey?: string; archived?: number; isDefault?: number } = {}
  if (name !== undefined && name !== row.name) {
    requireName(rows, name, row.id)
    Object.assign(values, { name, nameKey: keyOf(name) })
  }
  if (archived !== undefined && archived !== (row.archived === 1)) {
    if (archived && row.isDefault === 1) throw new Refusal('defaultStays', { name: row.name })
    if (archived && row.full === 1) throw new Refusal('warehouseFull', { name: row.name })
    values.archived = archived ? 1 : 0
  }
  if (isDefault && row.isDefault === 0) {
    if ((values.archived ?? row.archived) === 1) throw new Refusal('warehouseArchived', { name: row.name })
    values.isDefault = 1
    for (const one of rows) if (one.isDefault === 1) await write(context, one.id, { isDefault: 0 })
  }
  if (Object.keys(values).length === 0) return false
  await write(context, row.id, values)
  return true
}

const write = (context: CommandContext, id: string, values: object) =>
  context.tx
    .updateTable('warehouse')
    .set((eb) => ({ ...values, updatedAt: context.now(), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()

async function one(db: Db, id: string): Promise<Row> {
  const found = (await rowsOf(db)).find((row) => row.id === id)
  if (!found) throw new NotFound('warehouse', id)
  return found
}

export const warehouseHandlers = {
  warehouses: onQuery.stock.warehouses.handler(async ({ context }) => (await rowsOf(context.db)).map(told)),

  createWarehouse: onCommand.stock.createWarehouse.handler(async ({ input, context }) => {
    const id = await created(context, input.name)
    context.record({ entity: 'warehouse', id, action: 'warehouseCreated' })
    return told(await one(context.tx, id))
  }),

  editWarehouse: onCommand.stock.editWarehouse.handler(async ({ input: { id, version, ...edit }, context }) => {
    const row = await one(context.tx, id)
    if (row.version !== version) throw new Stale('warehouse', id)
    if (await edited(context, row, edit)) context.record({ entity: 'warehouse', id, action: 'warehouseEdited' })
    else context.unchanged()
    return told(await one(context.tx, id))
  }),

  removeWarehouse: onCommand.stock.removeWarehouse.handler(async ({ input, context }) => {
    const row = await one(context.tx, input.id)
    if (row.isDefault === 1) throw new Refusal('defaultStays', { name: row.name })
    if (await isUsed(context.tx, row.id)) throw new Refusal('warehouseFull', { name: row.name })
    await context.tx.deleteFrom('warehouse').where('id', '=', row.id).execute()
    context.record({ entity: 'warehouse', id: row.id, action: 'warehouseRemoved', detail: { name: row.name } })
    return { id: row.id as WarehouseId }
  }),
}

async function isUsed(tx: WriteTx, id: string): Promise<boolean> {
  const { rows } = await sql<{ used: number }>`
    select exists (select 1 from stock_level where warehouse_id = ${id}) or exists (select 1 from purchase where warehouse_id = ${id})
      or exists (select 1 from stock_move where other_id = ${id}) as used`.execute(plain(tx))
  return rows[0]?.used === 1
}
