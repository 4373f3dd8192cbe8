import { open } from 'node:fs/promises'
import { columnNames, findHeaderRow } from '../../src-shared/features/imports/headerRow.ts'
import { dedupeTable, DedupeProblem, isRowId, languageOf, sameTitle } from '../../src-shared/kernel/matching/table/dedupe.ts'
import type { Matching } from '../../src-shared/kernel/matching/language.ts'
import { writeAtomically } from '../kernel/workbook/atomicFile.ts'
import { cellText, columnName, openWorkbook, type Workbook } from '../kernel/workbook/sheet.ts'
import { UsageError } from './arguments.ts'
import { checkPlaces } from './cleanFile.ts'

export type DedupeRequest = {
  readonly file: string
  readonly out: string
  /** Null: by the writing of the file. */
  readonly matching: Matching | null
  readonly ignore: readonly string[]
}
export type DedupeReport = {
  out: string
  sheet: string
  matching: Matching
  /** Whether the language was given or told by the writing of the file. */
  matchingBy: 'given' | 'file'
  /** Where `row_id` comes from: the column of that name, or the row as Excel counts it (the header of a plain table is row 1). */
  rowId: 'column' | 'line'
  headerRow: number
  rows: number
  clusters: number
  /** Pairs of rows found to be one; `candidates`: pairs compared in full. */
  pairs: number
  candidates: number
  columns: readonly { header: string; as: string }[]
  ms: number
  warnings: readonly string[]
}

type Table = {
  readonly sheet: string
  readonly header: readonly string[]
  readonly headerRow: number
  readonly rows: readonly (readonly string[])[]
  readonly numbers: readonly number[]
}
const HEADER_WITHIN = 50

/**
 * Writes for every row of a table the cluster it belongs to: `row_id,cluster_id`, rows in the order of the file, clusters numbered from 1 as they are
 * met. `row_id` is the cell of the column of that name; without one it is the number of the row as Excel shows it, so the first record below a
 * one-line header is 2 (a record with line breaks inside counts as one row).
 */
export async function dedupeFile(request: DedupeRequest): Promise<DedupeReport> {
  checkPlaces(request)
  const begun = performance.now()
  const workbook = await openWorkbook(request.file)
  try {
    const table = await readTable(workbook, request.ignore)
    const matching = request.matching ?? languageOf(table.rows)
    const { clusters, columns, candidates } = dedupe(table, matching, request.ignore)
    const rowId = table.header.findIndex(isRowId)
    const numbers = numberClusters(clusters)
    const lines = clusters.map(
      (_, at) =>
        `${quoted((rowId < 0 ? '' : (table.rows[at]?.[rowId] ?? '').trim()) || String(table.numbers[at]))},${numbers[at]}`,
    )
    await writeAtomically(request.out, async (temporary) => {
      const file = await open(temporary, 'wx')
      try {
        await file.writeFile(`${['row_id,cluster_id', ...lines].join('\r\n')}\r\n`)
      } finally {
        await file.close()
      }
    })
    return {
      out: request.out,
      sheet: table.sheet,
      matching,
      matchingBy: request.matching === null ? 'file' : 'given',
      rowId: rowId < 0 ? 'line' : 'column',
      headerRow: table.headerRow,
      rows: table.rows.length,
      clusters: new Set(clusters).size,
      pairs: pairsIn(clusters),
      candidates,
      columns,
      ms: Math.round(performance.now() - begun),
      warnings: workbook.warnings,
    }
  } finally {
    await workbook.close()
  }
}

function dedupe(table: Table, matching: Matching, ignore: readonly string[]): ReturnType<typeof dedupeTable> {
  try {
    return dedupeTable(table.header, table.rows, { matching, ignore })
  } catch (error) {
    throw error instanceof DedupeProblem ? new UsageError(error.message) : error
  }
}

/** The first visible sheet that has rows, below its header; what stands above the header is no record. */
async function readTable(workbook: Workbook, ignore: readonly string[]): Promise<Table> {
  const order = workbook.sheets.map(({ hidden }, at) => ({ hidden, at })).toSorted((a, b) => Number(a.hidden) - Number(b.hidden))
  for (const { at } of order) {
    const rows: string[][] = []
    const numbers: number[] = []
    for await (const batch of workbook.rows(at)) {
      for (const { number, cells } of batch) {
        rows.push(cells.map((cell) => cellText(cell)))
        numbers.push(number)
      }
    }
    if (rows.length === 0) continue
    const { header, below } = headerOf(rows, ignore)
    return {
      sheet: workbook.sheets[at]?.name ?? '',
      header,
      headerRow: below === 0 ? 0 : (numbers[below - 1] ?? 0),
      rows: rows.slice(below),
      numbers: numbers.slice(below),
    }
  }
  throw new UsageError('the file has no rows')
}

/** The row of column names: the first that holds the ignored ones or `row_id`, else the one that looks like it; a table without gets A, B, C. */
function headerOf(rows: readonly (readonly string[])[], ignore: readonly string[]): { header: readonly string[]; below: number } {
  const holds = (row: readonly string[], names: readonly string[]): boolean =>
    names.every((name) => row.some((cell) => sameTitle(cell, name)))
  const told = rows.slice(0, HEADER_WITHIN).findIndex((row) => row.some(isRowId) || (ignore.length > 0 && holds(row, ignore)))
  if (told >= 0) return { header: rows[told] ?? [], below: told + 1 }
  const found = findHeaderRow(rows.slice(0, HEADER_WITHIN))
  if (found.header >= 0) return { header: columnNames(rows, found), below: found.header + 1 }
  const first = rows[0] ?? []
  if (looksNamed(first)) return { header: first, below: 1 }
  const width = rows.slice(0, HEADER_WITHIN).reduce((most, row) => Math.max(most, row.length), 0)
  return { header: Array.from({ length: width }, (_, at) => columnName(at)), below: 0 }
}

/** Names of columns are words, each its own. */
const looksNamed = (row: readonly string[]): boolean => {
  const cells = row.map((cell) => cell.trim()).filter((cell) => cell !== '')
  return (
    cells.length === row.length &&
    new Set(cells).size === cells.length &&
    cells.every((cell) => /^\p{L}[\p{L}\p{N} _\-./()（）]{0,30}$/u.test(cell) && !/\d{3}/.test(cell))
  )
}

function numberClusters(clusters: readonly number[]): number[] {
  const numbers = new Map<number, number>()
  return clusters.map((cluster) => {
    const number = numbers.get(cluster) ?? numbers.size + 1
    numbers.set(cluster, number)
    return number
  })
}

function pairsIn(clusters: readonly number[]): number {
  const sizes = new Map<number, number>()
  for (const cluster of clusters) sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1)
  return [...sizes.values()].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0)
}

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
