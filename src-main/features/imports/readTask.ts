import { columnNames, findHeaderRow, type HeaderRow } from '../../../src-shared/features/imports/headerRow.ts'
import { mapColumns } from '../../../src-shared/features/imports/mapping.ts'
import type { ImportableEntity } from '../../../src-shared/features/imports/model.ts'
import type { TaskContext } from '../../kernel/tasks.ts'
import { cellText, openWorkbook, type SheetRow, type Workbook, WorkbookRefusal } from '../../kernel/workbook/sheet.ts'
import { importerIn, type ImportTarget, targetsOf } from './registry.ts'
import { Bench, sourceOf } from './staging.ts'

export type ReadInput = { id: string; entity: ImportableEntity; fileName: string; sheet: number | null }
/** What the file says of itself, before anybody chose anything. `groups`: the row of two-line headers above the names. */
export type FileFacts = {
  format: string
  encoding: string | null
  sheets: { name: string; hidden: boolean }[]
  sheet: number
  rows: number
  columns: number
  headerRow: number
  groupsRow: number | null
  notes: { code: string; row?: number; count?: number }[]
}

const LOOK_AT = 60
const SHEETS_LOOKED_AT = 20

/** Takes the sheet over, row by row as it stands, so that no later step reads the file again. */
export async function readSheet(context: TaskContext, input: ReadInput): Promise<FileFacts> {
  const workbook = await openWorkbook(sourceOf(context.folder, input.id), { fileName: input.fileName })
  const bench = Bench.make(context.folder, input.id)
  try {
    const sheet = input.sheet ?? (await likeliestSheet(workbook, targetsOf(importerIn(context.entities, input.entity))))
    if (!workbook.sheets[sheet]) throw new RangeError(`no sheet ${sheet}`)
    bench.clearRaw()
    const head: SheetRow[] = []
    let rows = 0
    let columns = 0
    for await (const batch of workbook.rows(sheet)) {
      context.signal.throwIfAborted()
      if (head.length < LOOK_AT) head.push(...batch.slice(0, LOOK_AT - head.length))
      bench.inOne(() => {
        for (const row of batch) bench.addRaw(row.number, row.cells)
      })
      for (const row of batch) columns = Math.max(columns, row.cells.length)
      rows += batch.length
      context.report({ rows })
    }
    if (rows === 0) throw new WorkbookRefusal('empty', 'The sheet holds no rows.')
    const header = findHeaderRow(textsOf(head))
    const facts: FileFacts = {
      format: workbook.format,
      encoding: workbook.encoding,
      sheets: workbook.sheets.map(({ name, hidden }) => ({ name, hidden })),
      sheet,
      rows,
      columns,
      headerRow: header.header < 0 ? 0 : (head[header.header]?.number ?? 0),
      groupsRow: header.groups === null ? null : (head[header.groups]?.number ?? null),
      notes: workbook.notes.slice(0, 20).map(({ code, row, count }) => ({
        code,
        ...(row === undefined ? {} : { row }),
        ...(count === undefined ? {} : { count }),
      })),
    }
    return facts
  } finally {
    bench.close()
    await workbook.close()
  }
}

const textsOf = (rows: readonly SheetRow[]): string[][] => rows.map(({ cells }) => cells.map((cell) => cellText(cell)))

/** The visible sheet in whose head most columns find a field. */
async function likeliestSheet(workbook: Workbook, targets: readonly ImportTarget[]): Promise<number> {
  let chosen = 0
  let most = -1
  for (const [index, { hidden }] of workbook.sheets.slice(0, SHEETS_LOOKED_AT).entries()) {
    if (hidden && workbook.sheets.some((sheet) => !sheet.hidden)) continue
    const rows = await headOf(workbook, index)
    const header = findHeaderRow(rows)
    const names = header.header < 0 ? [] : columnNames(rows, header)
    const mapped = mapColumns(
      names.map((name, column) => ({ header: name, samples: rows.slice(header.header + 1).map((row) => row[column] ?? '') })),
      targets,
    ).filter(({ target }) => target !== null).length
    const weight = mapped * 1000 + Math.min(rows.length, 999)
    if (rows.length > 0 && weight > most) {
      most = weight
      chosen = index
    }
    if (workbook.sheets.length === 1) break
  }
  return chosen
}

async function headOf(workbook: Workbook, sheet: number): Promise<string[][]> {
  for await (const batch of workbook.rows(sheet)) return textsOf(batch.slice(0, LOOK_AT))
  return []
}

/** The row that names the columns, told by its number; rows between title and data are judged by it. */
export function headerAt(
  bench: Bench,
  headerRow: number,
  groupsRow: number | null,
): { names: string[]; totals: HeaderRow['totals'] } {
  const text = (n: number | null) => (n === null || n === 0 ? [] : (bench.rawRow(n) ?? []).map((cell) => cellText(cell)))
  const names = text(headerRow)
  const rows = groupsRow === null ? [names] : [text(groupsRow), names]
  const found = { header: rows.length - 1, groups: groupsRow === null ? null : 0 }
  const named = names.length > 1 || (names[0] ?? '') !== ''
  const judged = findHeaderRow([names])
  return {
    names: headerRow === 0 ? [] : columnNames(rows, found),
    totals: (row) => judged.totals(row) || (named && row.length === names.length && row.every((cell, at) => cell === names[at])),
  }
}
