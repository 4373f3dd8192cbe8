import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import { type EntityDescriptor, type FieldDescriptor, findField, isCustomKey } from '../../../src-shared/kernel/entity.ts'
import { MOST_DECIMALS } from '../../../src-shared/kernel/custom/values.ts'
import type { Selection, Sum, SumInput, SumResult, Which } from '../../../src-shared/kernel/list.ts'
import type { QueryContext } from '../context.ts'
import { plain, type ReadDb, type WriteTx } from '../database.ts'
import { BadInput, Forbidden } from '../errors.ts'
import { mayAskBy } from '../policy.ts'
import { columnSql } from './column.ts'
import { askerOf, knownSql } from './pools.ts'
import { whereOf } from './where.ts'
import { settledFor } from './settle.ts'

type Db = ReadDb | WriteTx
type Asked = { field: string; sum: Sum }
type Value = number | string | null

const NUMBERS: ReadonlySet<string> = new Set(['number', 'money'])
const DAYS: ReadonlySet<string> = new Set(['date', 'instant'])

/** What a column can be summed up to: numbers to all, days to all but a sum, anything to how many have it. */
export const fits = (field: FieldDescriptor, sum: Sum): boolean => {
  if (field.type === 'tags') return false
  if (sum === 'filled' || sum === 'empty') return true
  return NUMBERS.has(field.type) || (DAYS.has(field.type) && sum !== 'sum')
}

/** Numbers may have decimals, those of the company up to millionths: they are added as whole parts, which is exact. */
const scaleOf = ({ key, type, precision = 0 }: FieldDescriptor): number => {
  if (type !== 'number') return 1
  return 10 ** (isCustomKey(key) ? MOST_DECIMALS : precision)
}

function aggregate(field: FieldDescriptor, sum: Sum, column: RawBuilder<unknown>): RawBuilder<unknown> {
  if (sum === 'filled' || sum === 'empty') return sql`count(nullif(${column}, ''))`
  if (sum === 'min') return sql`min(${column})`
  if (sum === 'max') return sql`max(${column})`
  if (DAYS.has(field.type)) return sql`avg(julianday(${column}))`
  const scale = scaleOf(field)
  if (scale === 1) return sql`cast(coalesce(sum(${column}), 0) as text)`
  // Whole parts and the rest each for themselves: together they would leave what an integer holds.
  const parts = sql`cast(round(${column} * ${scale}) as integer)`
  return sql`coalesce(sum(${parts} / ${scale}), 0) || ' ' || coalesce(sum(${parts} % ${scale}), 0)`
}

const UNIX_EPOCH = 2_440_587.5
const DAY_MS = 86_400_000

function valueOf(field: FieldDescriptor, sum: Sum, raw: Value, counted: { filled: number; all: number }): Value {
  if (sum === 'filled') return raw
  if (sum === 'empty') return counted.all - Number(raw)
  if (counted.filled === 0) return null
  if (sum === 'min' || sum === 'max') return raw
  if (DAYS.has(field.type)) {
    const instant = new Date(Math.round((Number(raw) - UNIX_EPOCH) * DAY_MS)).toISOString()
    return field.type === 'date' ? instant.slice(0, 10) : instant
  }
  const total = totalOf(String(raw), scaleOf(field))
  // Beyond this a number no longer holds every fen.
  if (field.type === 'money' && !Number.isSafeInteger(total)) throw new Error(`the sum of ${field.key} is too large to be exact`)
  return sum === 'avg' ? total / counted.filled : total
}

/** `text`: whole parts and, apart from them, what is left in parts of the scale. The nearest number to the exact sum. */
function totalOf(text: string, scale: number): number {
  const [whole = '0', rest = '0'] = text.split(' ')
  const exact = BigInt(whole) * BigInt(scale) + BigInt(rest)
  const [units, parts] = [exact / BigInt(scale), exact % BigInt(scale)]
  return parts === 0n ? Number(units) : Number(`${exact < 0n && units === 0n ? '-' : ''}${units}.${fractionOf(parts, scale)}`)
}

const fractionOf = (parts: bigint, scale: number): string =>
  String(parts < 0n ? -parts : parts).padStart(String(scale).length - 1, '0')

function askedFieldOf(actor: Actor, entity: EntityDescriptor, { field: key, sum }: Asked): FieldDescriptor {
  const field = findField(entity, key)
  if (!field) throw new BadInput('unknownField', ['sums', key])
  if (!fits(field, sum)) throw new BadInput('notANumberField', ['sums', key])
  if (!mayAskBy(actor, entity, key)) throw new Forbidden(`${entity.feature}.fields`, [key])
  return field
}

/**
 * Figures of columns over a selection, all in one walk. What the actor sees masked or not at all he learns by a sum as little as by an order.
 * @throws BadInput for what does not fit the field, Forbidden for a field that must not be asked by
 */
export async function sumColumns(
  db: Db,
  caller: Actor,
  entity: EntityDescriptor,
  { selection, pool, sums }: SumInput,
): Promise<{ figures: SumResult; capped: boolean }> {
  const which = 'ids' in selection ? { ...(pool !== undefined && { pool }) } : selection.which
  const actor = await askerOf(db, caller, entity, which)
  const fields = sums.map((one) => askedFieldOf(actor, entity, one))
  const { where, capped } = await whereOf(db, actor, entity, which, { counted: true })
  const parts = fields.flatMap((field, n) => {
    const column = knownSql(actor, entity, field.key, columnSql('t', field))
    return [
      sql`${aggregate(field, sums[n]?.sum ?? 'filled', column)} as ${sql.ref(`v${n}`)}`,
      sql`count(${column}) as ${sql.ref(`c${n}`)}`,
    ]
  })
  const { rows } = await sql<Record<string, Value>>`
    select count(*) as n, ${sql.join(parts)} from ${sql.table(entity.table)} t where ${where} ${chosen(selection)}`.execute(
    plain(db),
  )
  const [row = {}] = rows
  const figures = sums.map(({ field, sum }, n) => {
    const filled = Number(row[`c${n}`] ?? 0)
    const descriptor = fields[n] as FieldDescriptor
    return {
      field,
      sum,
      value: valueOf(descriptor, sum, row[`v${n}`] ?? null, { filled, all: Number(row['n'] ?? 0) }),
      count: filled,
    }
  })
  return { figures, capped }
}

function chosen(selection: Selection): RawBuilder<unknown> {
  if ('ids' in selection) return sql`and t.id in (select value from json_each(${JSON.stringify(selection.ids)}))`
  return selection.except.length === 0
    ? sql``
    : sql`and t.id not in (select value from json_each(${JSON.stringify(selection.except)}))`
}

/** The sum of one numeric field over the rows in reach, and how many of them have a value. */
export async function sumRows(
  db: Db,
  actor: Actor,
  entity: EntityDescriptor,
  which: Which,
  key: string,
): Promise<{ sum: number; count: number; capped: boolean }> {
  const wanted: SumInput = { selection: { which, except: [] }, sums: [{ field: key, sum: 'sum' }] }
  const { figures, capped } = await sumColumns(db, actor, entity, wanted)
  return { sum: Number(figures[0]?.value ?? 0), count: figures[0]?.count ?? 0, capped }
}

/** The same figures from a worker: they look at every row. */
export async function sumsFor(context: QueryContext, entity: EntityDescriptor, input: SumInput): Promise<SumResult> {
  const { selection } = input
  const settledSelection: Selection =
    'ids' in selection ? selection : { ...selection, which: await settledFor(context, entity, selection.which) }
  const asked = { actor: context.actor, entity: entity.name, input: { ...input, selection: settledSelection } }
  return (await context.scan<{ figures: SumResult }>('records.sums', asked)).figures
}
