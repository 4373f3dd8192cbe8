import type { Matching } from '../language.ts'
import { type Field, recogniseColumns } from './columns.ts'
import { linkCustomers, namesCustomers } from './linkCustomers.ts'
import { linkTable } from './linkTable.ts'
import { prepareTable } from './prepared.ts'

export type Deduped = {
  /** For each row the lowest row of its cluster, rows counted from 0. */
  readonly clusters: readonly number[]
  readonly columns: readonly { readonly header: string; readonly as: string }[]
  /** Pairs that were compared in full. */
  readonly candidates: number
}

/** What `dedupe` cannot do, as a sentence. */
export class DedupeProblem extends Error {}

/**
 * Finds the rows of any table that are about one and the same. Chinese customer lists are judged by the rules of the product's one matching function;
 * every other table by a model estimated from itself.
 * @throws DedupeProblem for an ignored column that is not there, or where nothing is left to compare.
 */
export function dedupeTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  options: { readonly matching: Matching; readonly ignore: readonly string[] },
): Deduped {
  const unknown = options.ignore.filter((name) => !header.some((title) => sameTitle(title, name)))
  if (unknown.length > 0)
    throw new DedupeProblem(`there is no column ${unknown.join(', ')}; the file has ${header.filter(Boolean).join(', ')}`)
  const fields = recogniseColumns(header, rows).filter(
    ({ header: title }) => !isRowId(title) && !options.ignore.some((name) => sameTitle(title, name)),
  )
  const compared = fields.filter(({ kind }) => kind !== 'serial' && kind !== 'empty')
  if (compared.length === 0) throw new DedupeProblem('no column is left that could be compared')
  const { clusters, candidates } =
    rows.length < 2 ? { clusters: rows.map((_, at) => at), candidates: 0 } : link(compared, rows, options.matching)
  return { clusters, candidates, columns: fields.map(({ header: title, kind }) => ({ header: title, as: kind })) }
}

function link(
  fields: readonly Field[],
  rows: readonly (readonly string[])[],
  matching: Matching,
): { clusters: readonly number[]; candidates: number } {
  if (matching === 'zh' && namesCustomers(fields)) return linkCustomers(fields, rows)
  return linkTable(prepareTable(fields, rows))
}

export const sameTitle = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase()
/** The column that numbers the rows of the answer is never compared. */
export const isRowId = (title: string): boolean => sameTitle(title, 'row_id')

const HAN = /[\u3400-\u9fff]/
const LOOK_AT = 500

/** Chinese where one row in ten holds Chinese writing. */
export function languageOf(rows: readonly (readonly string[])[]): Matching {
  const looked = rows.slice(0, LOOK_AT)
  return looked.filter((row) => row.some((cell) => HAN.test(cell))).length * 10 >= looked.length && looked.length > 0
    ? 'zh'
    : 'en'
}
