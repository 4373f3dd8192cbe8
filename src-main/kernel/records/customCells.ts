import { sql } from 'kysely'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import { chosenIn } from '../../../src-shared/kernel/custom/chosen.ts'
import { type EntityDescriptor, type FieldDescriptor, isCustomKey } from '../../../src-shared/kernel/entity.ts'
import { plain, type ReadDb, type WriteTx } from '../database.ts'
import { envOf } from '../livingEntities.ts'
import { mayAskBy, rowsFor } from '../policy.ts'

type Db = ReadDb | WriteTx
type Row = Record<string, unknown>

/** As much of a customer as it takes to know whether somebody sees him. */
const CUSTOMER: EntityDescriptor = {
  name: 'customer',
  table: 'customer',
  feature: 'customers',
  title: 'name',
  ownerKey: 'ownerId',
  pooled: true,
  recyclable: true,
  fields: [],
}

/**
 * The company's fields of rows as they leave the backend: only what is defined and not put aside, several options as a list, formulas
 * worked out, and beside customers that are named, what they are called, as far as the reader sees them.
 */
export async function withCustomCells(db: Db, actor: Actor, entity: EntityDescriptor, rows: Row[]): Promise<Row[]> {
  const fields = entity.fields.filter(({ key }) => isCustomKey(key))
  if (fields.length === 0) return rows
  const stored = rows.map(({ custom }) => (typeof custom === 'string' && custom !== '{}' ? (JSON.parse(custom) as Row) : {}))
  const named = fields.filter(({ key, type }) => type === 'reference' && mayAskBy(actor, entity, key))
  const names = named.length > 0 ? await namesOf(db, actor, named, stored) : null
  return rows.map((row, at) => {
    const own = stored[at] ?? {}
    return {
      ...row,
      custom: cellsOf(entity, fields, row, own),
      ...(names && { customNames: Object.fromEntries(named.flatMap(({ key }) => entryOf(key, names.get(String(own[key]))))) }),
    }
  })
}

const entryOf = (key: string, name: string | undefined): [string, string][] => (name === undefined ? [] : [[key, name]])

function cellsOf(entity: EntityDescriptor, fields: readonly FieldDescriptor[], row: Row, own: Row): Row {
  const cells: Row = {}
  for (const { key, type, formula } of fields) {
    if (formula) {
      const value = formula.compute((input) => (isCustomKey(input) ? own[input] : row[input]) ?? null, envOf(entity))
      if (value !== null) cells[key] = value
    } else if (own[key] !== undefined) cells[key] = type === 'multiSelect' ? chosenIn(own[key]) : own[key]
  }
  return cells
}

async function namesOf(
  db: Db,
  actor: Actor,
  fields: readonly FieldDescriptor[],
  stored: readonly Row[],
): Promise<Map<string, string>> {
  const ids = [...new Set(stored.flatMap((own) => fields.flatMap(({ key }) => (typeof own[key] === 'string' ? [own[key]] : []))))]
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; name: string }>`
    select t.id, t.name from customer t where t.id in (select value from json_each(${JSON.stringify(ids)})) and ${rowsFor(actor, CUSTOMER, 't')}`.execute(
    plain(db),
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Which of these customers somebody sees and may name; `binned`: those in the recycle bin too. */
export async function customersInReach(
  db: Db,
  actor: Actor,
  ids: readonly string[],
  { binned = false }: { binned?: boolean } = {},
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select t.id from customer t where t.id in (select value from json_each(${JSON.stringify(ids)})) and ${binned ? sql`1 = 1` : sql`t.deleted_at is null`}
    and ${rowsFor(actor, CUSTOMER, 't')}`.execute(plain(db))
  return new Set(rows.map(({ id }) => id))
}
