import { sql } from 'kysely'
import { type Actor, fieldRight } from '../../../src-shared/kernel/actor.ts'
import { askingFields, requireComplete, uniqueFields, type Written } from '../../../src-shared/kernel/custom/rules.ts'
import { columnOf, type EntityDescriptor, type FieldDescriptor, isCustomKey } from '../../../src-shared/kernel/entity.ts'
import { attempt, Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../context.ts'
import { plain, type ReadDb, type WriteTx } from '../database.ts'
import type { Fault, RowResult } from '../importer.ts'
import { envOf } from '../livingEntities.ts'
import { rowsFor } from '../policy.ts'
import { wholeOrNot } from '../savepoint.ts'
import { columnSql } from './column.ts'
import { customersInReach } from './customCells.ts'

type Values = Record<string, unknown>
/** Who asks and where: inside the write, or on a connection that only reads, beforehand. */
type Asking = Pick<CommandContext, 'actor'> & { readonly tx: ReadDb | WriteTx }
/** Fields whose values stand once: by what the company asks, and numbers by themselves. */
export const onceIn = (entity: EntityDescriptor): readonly FieldDescriptor[] => [
  ...uniqueFields(entity),
  ...entity.fields.filter(({ single }) => single === true),
]
type Soundness = { before: Values | null; values: Values; exceptId?: string }

/**
 * What the company asks of a record, inside the transaction that writes it, whoever writes: what must be filled in is, what may stand once
 * stands once, customers that are named are there.
 * @throws Refusal requiredMissing | uniqueTaken | notACustomer, naming the field
 */
export async function requireSound(context: Asking, entity: EntityDescriptor, written: Soundness): Promise<void> {
  const { before, values, exceptId = '' } = written
  requireComplete(entity, writtenBy(context.actor, entity, before, values))
  await requireNamed(context, entity, values)
  for (const field of onceIn(entity)) {
    const value = values[field.key]
    if (value !== undefined && value !== null && value !== '' && value !== before?.[field.key])
      await requireFree(context, entity, { field, value, exceptId })
  }
}

/** What somebody's values make of a record, as the rules for what must be filled in ask it. */
export const writtenBy = (actor: Actor, entity: EntityDescriptor, before: Values | null, values: Values): Written => ({
  before,
  after: { ...before, ...values },
  mayWrite: (key) => fieldRight(actor, entity.name, key) === 'write',
  env: envOf(entity),
})

async function requireNamed(context: Asking, entity: EntityDescriptor, values: Values): Promise<void> {
  const named = entity.fields.filter(
    ({ key, type }) => type === 'reference' && isCustomKey(key) && typeof values[key] === 'string',
  )
  if (named.length === 0) return
  const ids = named.map(({ key }) => String(values[key]))
  const there = await customersInReach(context.tx, context.actor, ids)
  const missing = named.find(({ key }) => !there.has(String(values[key])))
  if (missing)
    throw new Refusal('notACustomer', { field: missing.key, feature: entity.feature, label: missing.label ?? missing.key })
}

type Wanted = { field: FieldDescriptor; value: unknown; exceptId: string }

/** A value that another living record has already, wherever it is: the one who asks is told which as far as he sees it. */
async function requireFree(context: Asking, entity: EntityDescriptor, { field, value, exceptId }: Wanted): Promise<void> {
  const { rows } = await sql<{ id: string; title: string; seen: number }>`
    select t.id, ${sql.ref(`t.${columnOf(entity.title)}`)} as title, ${rowsFor(context.actor, entity, 't')} as seen
    from ${sql.table(entity.table)} t where ${columnSql('t', field)} = ${value} and ${field.single ? sql`1 = 1` : sql`t.deleted_at is null`} and t.id <> ${exceptId} limit 1`.execute(
    plain(context.tx),
  )
  const [other] = rows
  if (!other) return
  throw new Refusal('uniqueTaken', {
    field: field.key,
    feature: entity.feature,
    name: other.seen ? other.title : `${[...other.title][0] ?? ''}***`,
    ...(other.seen && { id: other.id }),
    ...(field.label !== undefined && { label: field.label }),
  })
}

/**
 * A record may come back from the recycle bin unless somebody has taken its number meanwhile.
 * @throws Refusal uniqueTaken, naming the field and who has it
 */
export async function requireStillFree(
  context: CommandContext,
  entity: EntityDescriptor,
  row: Values & { id: string },
): Promise<void> {
  for (const field of uniqueFields(entity)) {
    const value = row[field.key]
    if (value !== undefined && value !== null && value !== '')
      await requireFree(context, entity, { field, value, exceptId: row.id })
  }
}

async function isFree(context: CommandContext, entity: EntityDescriptor, row: Values & { id: string }): Promise<boolean> {
  try {
    await requireStillFree(context, entity, row)
    return true
  } catch (error) {
    if (error instanceof Refusal && error.reason === 'uniqueTaken') return false
    throw error
  }
}

/** Of those that are to come back from the recycle bin, the ones whose numbers and names are still free, also among each other. */
export async function freeAmong<Row extends Values & { id: string }>(
  context: CommandContext,
  entity: EntityDescriptor,
  rows: readonly Row[],
): Promise<Row[]> {
  if (uniqueFields(entity).length === 0) return [...rows]
  const taken = new Map<string, number>()
  const free: Row[] = []
  for (const [at, row] of rows.entries()) {
    const first = !(attempt(() => requireFirst(entity, row, (key) => taken.get(key))) instanceof Refusal)
    for (const key of first ? onceKeys(entity, row) : []) taken.set(key, at)
    if (first && (await isFree(context, entity, row))) free.push(row)
  }
  return free
}

/** With what a new record begins where nothing was said. */
export function withDefaults(context: Asking, entity: EntityDescriptor, values: Values): Values {
  const begun = entity.fields.filter(
    ({ key, setting }) =>
      setting !== undefined &&
      setting.defaultValue !== null &&
      values[key] === undefined &&
      fieldRight(context.actor, entity.name, key) === 'write',
  )
  if (begun.length === 0) return values
  const { today } = envOf(entity)
  return {
    ...values,
    ...Object.fromEntries(
      begun.map(({ key, type, setting }) => [
        key,
        type === 'date' && setting?.defaultValue === 'today' ? today() : setting?.defaultValue,
      ]),
    ),
  }
}

const REFUSED: ReadonlySet<string> = new Set(['requiredMissing', 'uniqueTaken', 'notACustomer'])
const asksAnything = (entity: EntityDescriptor): boolean =>
  entity.fields.some(
    ({ key, type, setting, single }) => setting !== undefined || single === true || (type === 'reference' && isCustomKey(key)),
  )

/** Whether anything is asked of new rows: numbers, which every customer has, only where rows bring them. */
export const asksOfRows = (entity: EntityDescriptor, isGiven: (key: string) => boolean): boolean =>
  askingFields(entity).length > 0 || uniqueFields(entity).length > 0 || onceIn(entity).some(({ key }) => isGiven(key))

/** Of a new row: what it would make, each with what is asked of its kind. */
type NewRow = { readonly row: number; readonly parts: readonly (readonly [EntityDescriptor, Values])[] }
/** Which row of the sheet holds a value that may stand once. */
export type Taken = { readonly rowOf: (key: string) => number | undefined; readonly take: (key: string, row: number) => void }

/**
 * Which new rows of a sheet are not what the company asks of records, and in which fields; defaults are filled in where the sheet says nothing.
 * Two rows must not share what may stand once either. The one judgement of the check beforehand and of the write.
 */
export async function faultsOf(context: Asking, rows: readonly NewRow[], taken: Taken): Promise<Map<number, Fault>> {
  const faults = new Map<number, Fault>()
  for (const { row, parts } of rows) {
    const own = new Map<string, number>()
    const fault = await faultOf(async () => {
      for (const [entity, values] of parts) {
        if (!asksAnything(entity)) continue
        Object.assign(values, withDefaults(context, entity, values))
        await requireSound(context, entity, { before: null, values })
        requireFirst(entity, values, (key) => own.get(key) ?? taken.rowOf(key))
        for (const key of onceKeys(entity, values)) own.set(key, row)
      }
    })
    // A row that is not taken leaves what it holds to the next.
    if (fault) faults.set(row, fault)
    else for (const key of own.keys()) taken.take(key, row)
  }
  return faults
}

/** The same as the results of a chunk that is written. */
export async function soundRows(context: CommandContext, rows: readonly NewRow[]): Promise<Map<number, RowResult>> {
  const taken = new Map<string, number>()
  const faults = await faultsOf(context, rows, {
    rowOf: (key) => taken.get(key),
    take: (key, row) => void taken.set(key, row),
  })
  return new Map([...faults].map(([row, fault]) => [row, failed(row, fault)]))
}

const failed = (row: number, fault: Fault): RowResult => ({ row, outcome: 'failed', reason: fault.reason, fault })

const filledOnce = (entity: EntityDescriptor, values: Values): FieldDescriptor[] =>
  onceIn(entity).filter(({ key }) => values[key] !== undefined && values[key] !== null && values[key] !== '')
const onceKey = (entity: EntityDescriptor, key: string, values: Values): string => JSON.stringify([entity.name, key, values[key]])
/** What a record holds of what may stand once. */
export const onceKeys = (entity: EntityDescriptor, values: Values): string[] =>
  filledOnce(entity, values).map(({ key }) => onceKey(entity, key, values))

function requireFirst(entity: EntityDescriptor, values: Values, rowOf: Taken['rowOf']): void {
  for (const { key } of filledOnce(entity, values)) {
    const row = rowOf(onceKey(entity, key, values))
    if (row !== undefined) throw new Refusal('uniqueTaken', { field: key, feature: entity.feature, row })
  }
}

async function faultOf(work: () => Promise<unknown>): Promise<Fault | null> {
  try {
    await work()
    return null
  } catch (error) {
    if (!(error instanceof Refusal) || !REFUSED.has(error.reason)) throw error
    const { feature, field, fields = [field], row } = error.detail ?? {}
    return {
      reason: error.reason,
      feature: String(feature),
      fields: (fields as readonly unknown[]).map(String),
      ...(typeof row === 'number' && { row }),
    }
  }
}

/** One row of a sheet over a record that stands: refused, it leaves nothing behind, and the others go on. */
export async function tried(
  context: CommandContext,
  entities: readonly EntityDescriptor[],
  row: number,
  work: () => Promise<RowResult>,
): Promise<RowResult> {
  if (!entities.some(asksAnything)) return work()
  let result: RowResult | undefined
  const fault = await faultOf(async () => {
    result = await wholeOrNot(context.tx, work)
  })
  return fault ? failed(row, fault) : (result as RowResult)
}
