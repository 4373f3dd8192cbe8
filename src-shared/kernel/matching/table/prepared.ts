import type { Field, FieldKind } from './columns.ts'
import { atomsOf, comparable } from './values.ts'
import { dependentGroups, type Groups } from './dependence.ts'
import { compareValues, EQUAL, type Level, MISSING, OTHER } from './compare.ts'

/** Columns that are compared with each other where that fits better: a given name in the surname's column, the second address line in the first's. */
type Swap = { readonly first: number; readonly second: number }

/** A column made ready: every distinct value once, rows by the number of their value; -1 where the row says nothing. */
export type PreparedField = {
  readonly kind: FieldKind
  readonly header: string
  readonly values: readonly string[]
  readonly ids: Int32Array
  /** In how many rows each value stands. */
  readonly counts: Int32Array
  readonly known: Map<number, Level>
}
export type PreparedTable = {
  readonly count: number
  readonly fields: readonly PreparedField[]
  readonly swaps: readonly Swap[]
  readonly groups: Groups
}

const UNCOMPARED: ReadonlySet<FieldKind> = new Set(['serial', 'empty'])
const KNOWN_AT_MOST = 400_000

/** @param fields the columns that count; what `recogniseColumns` made of them. */
export function prepareTable(fields: readonly Field[], rows: readonly (readonly string[])[]): PreparedTable {
  const prepared = fields
    .filter(({ kind }) => !UNCOMPARED.has(kind))
    .map((field) => prepareField(field, rows))
    .filter(informative)
  return { count: rows.length, fields: prepared, swaps: swapsOf(prepared), groups: dependentGroups(prepared) }
}

function prepareField({ column, header, kind }: Field, rows: readonly (readonly string[])[]): PreparedField {
  const byCell = new Map<string, number>()
  const byValue = new Map<string, number>()
  const values: string[] = []
  const ids = new Int32Array(rows.length)
  for (const [at, row] of rows.entries()) {
    const cell = row[column] ?? ''
    let id = byCell.get(cell)
    if (id === undefined) {
      const value = comparable(kind, cell)
      id = value === '' ? -1 : (byValue.get(value) ?? values.length)
      if (id === values.length) {
        values.push(value)
        byValue.set(value, id)
      }
      byCell.set(cell, id)
    }
    ids[at] = id
  }
  const counts = new Int32Array(values.length)
  for (const id of ids) if (id >= 0) counts[id] = (counts[id] ?? 0) + 1
  return { kind, header, values, ids, counts, known: new Map() }
}

/** A code of which every row has its own numbers the rows; one value for all tells nobody apart. */
function informative({ kind, values, ids }: PreparedField): boolean {
  const filled = ids.reduce((sum, id) => sum + (id >= 0 ? 1 : 0), 0)
  if (values.length < 2) return false
  return !((kind === 'code' || kind === 'credit') && filled >= 20 && values.length === filled)
}

function swapsOf(fields: readonly PreparedField[]): Swap[] {
  const at = (kind: FieldKind): number[] => fields.flatMap((field, index) => (field.kind === kind ? [index] : []))
  const [given, surname] = [at('given'), at('surname')]
  const lines = at('address')
  const swaps: Swap[] = []
  if (given[0] !== undefined && surname[0] !== undefined) swaps.push({ first: given[0], second: surname[0] })
  if (lines[0] !== undefined && lines[1] !== undefined) swaps.push({ first: lines[0], second: lines[1] })
  return swaps
}

/** Compares two rows: one level for each field into `out`, and behind them one for each swap (equal = exchanged). */
export function compareRows(table: PreparedTable, a: number, b: number, out: Uint8Array, from: number): void {
  const { fields, swaps } = table
  for (let at = 0; at < fields.length; at++) {
    const field = fields[at] as PreparedField
    out[from + at] = levelOf(field, field.ids[a] as number, field.ids[b] as number)
  }
  for (let at = 0; at < swaps.length; at++)
    out[from + fields.length + at] = compareSwapped(table, swaps[at] as Swap, a, b, out, from)
}

function levelOf(field: PreparedField, one: number, two: number): Level {
  if (one < 0 || two < 0) return MISSING
  if (one === two) return EQUAL
  const pair = one < two ? one * field.values.length + two : two * field.values.length + one
  const known = field.known.get(pair)
  if (known !== undefined) return known
  const level = compareValues(field.kind, field.values[one] ?? '', field.values[two] ?? '')
  if (field.known.size < KNOWN_AT_MOST) field.known.set(pair, level)
  return level
}

/** Where the two columns agree better crosswise, the levels are those of the cross. */
function compareSwapped(
  { fields }: PreparedTable,
  { first, second }: Swap,
  a: number,
  b: number,
  out: Uint8Array,
  from: number,
): Level {
  const [straight1, straight2] = [out[from + first] as Level, out[from + second] as Level]
  if (straight1 <= 1 || straight2 <= 1) return OTHER
  const [one, two] = [fields[first] as PreparedField, fields[second] as PreparedField]
  const cross1 = crossLevel(one, two, a, b)
  const cross2 = crossLevel(one, two, b, a)
  if (Math.min(cross1, cross2) > 1) return OTHER
  if (cross1 + cross2 >= straight1 + straight2 + (straight1 === MISSING ? 0 : 1)) return OTHER
  out[from + first] = cross1
  out[from + second] = cross2
  return EQUAL
}

function crossLevel(one: PreparedField, two: PreparedField, a: number, b: number): Level {
  const [left, right] = [one.ids[a] as number, two.ids[b] as number]
  return left < 0 || right < 0 ? MISSING : compareValues(one.kind, one.values[left] ?? '', two.values[right] ?? '')
}

/** The atoms of every row by field, as numbers: what rows are gathered by. Fields that swap share their atoms' names. */
export function atomTable(table: PreparedTable): {
  readonly ids: readonly (readonly number[])[][]
  readonly kinds: readonly FieldKind[]
} {
  const names = new Map<string, number>()
  const ids = table.fields.map((field, at) => {
    const swap = table.swaps.findIndex(({ first, second }) => first === at || second === at)
    const space = swap >= 0 ? `swap${swap}` : `field${at}`
    return field.values.map((value) =>
      atomsOf(field.kind, value).map((atom) => {
        const name = `${space} ${atom}`
        const known = names.get(name) ?? names.size
        if (known === names.size) names.set(name, known)
        return known
      }),
    )
  })
  return { ids, kinds: table.fields.map(({ kind }) => kind) }
}
