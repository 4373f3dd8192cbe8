import { readAddress } from '../../cleaning/address.ts'
import { readEmails } from '../../cleaning/email.ts'
import { readPhones } from '../../cleaning/phone.ts'
import { cleanText, isNothing } from '../../cleaning/text.ts'
import { candidatePairs, clusterPairs } from '../cluster.ts'
import { type MatchKey, type MatchRecord, matchKeys } from '../keys.ts'
import { type PairScore, scorePair } from '../score.ts'
import { THRESHOLDS } from '../weights.ts'
import type { Field, FieldKind } from './columns.ts'
import { compareRows, type PreparedTable, prepareTable } from './prepared.ts'
import { LEVELS, MISSING } from './compare.ts'
import { randomPairs } from './model.ts'

/** Columns that `scorePair` knows; whatever else the file has is weighed by what its own duplicates say of it. */
const CUSTOMER: ReadonlySet<FieldKind> = new Set([
  'name',
  'given',
  'surname',
  'contact',
  'phone',
  'email',
  'address',
  'place',
  'region',
  'credit',
  'house',
])

export type LinkedCustomers = {
  readonly clusters: number[]
  readonly candidates: number
  readonly further: readonly FurtherWeights[]
}
/** Bits of a column beyond the customer's own, by level of agreement. */
export type FurtherWeights = { readonly header: string; readonly kind: FieldKind; readonly bits: readonly number[] }

/** Whether the table names customers, so that the rules for names, branches and switchboards can be used. */
export const namesCustomers = (fields: readonly Field[]): boolean =>
  fields.some(({ kind }) => kind === 'name' || kind === 'surname')

/** Finds rows about one customer with the one function that form, import and write use, and the file's further columns beside it. */
export function linkCustomers(fields: readonly Field[], rows: readonly (readonly string[])[]): LinkedCustomers {
  const records = rows.map((row) => recordOf(fields, row))
  const further = prepareTable(
    fields.filter(({ kind }) => !CUSTOMER.has(kind)),
    rows,
  )
  const pairs = candidatePairs(records.map((record, row) => [...matchKeys(record), ...codeKeys(further, row)]))
  const scored = pairs.map(({ a, b }) => ({ a, b, ...scorePair(records[a] as MatchRecord, records[b] as MatchRecord) }))
  const weights = furtherWeights(further, scored)
  const bitsOf = furtherBits(further, weights)
  const same = scored.flatMap((pair) => {
    if (pair.conflict) return []
    const bits = pair.bits + bitsOf(pair.a, pair.b)
    return bits >= needed(pair) ? [{ a: pair.a, b: pair.b, score: bits }] : []
  })
  const clusters = clusterPairs(
    records.length,
    same,
    (a, b) => scorePair(records[a] as MatchRecord, records[b] as MatchRecord).conflict,
  )
  return { clusters, candidates: pairs.length, further: weights }
}

const needed = ({ reasons }: PairScore): number =>
  reasons.some(({ code }) => code === 'coreDiffers') ? THRESHOLDS.sameOtherName : THRESHOLDS.same

/** What the row says of its customer. */
export function recordOf(fields: readonly Field[], row: readonly string[]): MatchRecord {
  const cells = (kind: FieldKind): string[] =>
    fields.flatMap((field) => (field.kind === kind ? [said(row[field.column])] : [])).filter((cell) => cell !== '')
  const numbers = cells('phone').map((cell) => readPhones(cell))
  const whole = [...cells('region'), ...cells('place'), ...cells('address'), ...cells('house')]
  const address =
    whole.length === 0
      ? null
      : readAddress(
          cells('address').length === 1 && hasPlace(cells('address')[0] ?? '') ? (cells('address')[0] ?? '') : whole.join(''),
        )
  return {
    name: cells('name')[0] ?? [...cells('surname'), ...cells('given')].join(''),
    contact: cells('contact')[0] ?? null,
    phones: numbers.flatMap(({ phones }) => phones.map(({ e164 }) => e164)),
    masked: numbers.flatMap(({ masked }) => masked),
    email: readEmails(cells('email')[0] ?? '').emails[0] ?? null,
    creditCode: cells('credit')[0] ?? null,
    city: address?.city ?? null,
    address: address === null ? null : address.detail,
  }
}

const said = (cell: string | undefined): string => (isNothing(cell ?? '') ? '' : cleanText(cell ?? ''))
const hasPlace = (address: string): boolean => readAddress(address).city !== null

/** Codes of the file's own (a member's number) gather rows, too. */
const codeKeys = ({ fields }: PreparedTable, row: number): MatchKey[] =>
  fields.flatMap(({ kind, header, ids }) =>
    kind === 'code' && (ids[row] ?? -1) >= 0 ? [{ kind: 'code' as const, key: `${header} ${ids[row]}` }] : [],
  )

const [LEAST, MOST] = [-4, 8]
const ENOUGH = 20
/** Believed of a column whose kind is known, before the file has shown it. */
const BELIEF = [0.8, 0.06, 0.02, 0.12]

/** What each further column says, from the pairs that the customer's own columns are sure of (m) and from a random draw (u). */
function furtherWeights(table: PreparedTable, scored: readonly (PairScore & { a: number; b: number })[]): FurtherWeights[] {
  const width = table.fields.length
  if (width === 0) return []
  const levels = new Uint8Array(width + table.swaps.length)
  const count = (into: number[][], a: number, b: number): void => {
    compareRows(table, a, b, levels, 0)
    for (let at = 0; at < width; at++) {
      const level = levels[at] as number
      const own = into[at]
      if (level !== MISSING && own) own[level] = (own[level] ?? 0) + 1
    }
  }
  const empty = (): number[][] => table.fields.map(() => Array.from({ length: LEVELS }, () => 0))
  const [true_, chance] = [empty(), empty()]
  for (const { a, b, verdict } of scored) if (verdict === 'same') count(true_, a, b)
  const random = randomPairs(table.count)
  for (let at = 0; at < random.count; at++) count(chance, random.a[at] as number, random.b[at] as number)
  return table.fields.map(({ header, kind }, at) => ({ header, kind, bits: bitsFor(kind, true_[at] ?? [], chance[at] ?? []) }))
}

/** A column in which the sure duplicates do not agree (who brought the customer, when the row was typed) says nothing. */
function bitsFor(kind: FieldKind, agreed: readonly number[], chance: readonly number[]): number[] {
  const pairs = agreed.reduce((sum, one) => sum + one, 0)
  const known = kind === 'birth' || kind === 'code'
  if (!known && (pairs < ENOUGH || (agreed[0] ?? 0) / pairs < 0.5)) return [0, 0, 0, 0]
  const strangers = chance.reduce((sum, one) => sum + one, 0) + 1
  return agreed.map((one, level) => {
    const m = (one + ENOUGH * (known ? (BELIEF[level] ?? 0) : 1 / LEVELS)) / (pairs + ENOUGH)
    const u = ((chance[level] ?? 0) + 1 / LEVELS) / strangers
    const bits = Math.max(LEAST, Math.min(MOST, Math.log2(m / u)))
    return level === LEVELS - 1 ? Math.min(0, bits) : bits
  })
}

function furtherBits(table: PreparedTable, weights: readonly FurtherWeights[]): (a: number, b: number) => number {
  const levels = new Uint8Array(table.fields.length + table.swaps.length)
  return (a, b) => {
    if (weights.length === 0) return 0
    compareRows(table, a, b, levels, 0)
    return weights.reduce((sum, { bits }, at) => sum + (levels[at] === MISSING ? 0 : (bits[levels[at] as number] ?? 0)), 0)
  }
}
