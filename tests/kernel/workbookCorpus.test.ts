import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { inspectWorkbook, openWorkbook, type SheetInfo, WorkbookRefusal } from '../../src-main/kernel/workbook/sheet.ts'
import { readAll } from './workbookMaker.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const data = join(resolve(root, process.env['KEZHAN_SHARED'] ?? '../shared'), 'data')
const present = existsSync(join(data, 'spreadsheets', 'expected.json'))
if (!present) console.warn(`skipped: the workbook corpora are not at ${data} (KEZHAN_SHARED)`)

type Seen = { name: string; state?: string; last_row: number; last_col: number; nonempty: number }
type Expected = {
  file: string
  expect: 'read' | 'refuse' | 'read-or-refuse'
  readers: Record<string, { sheets?: Seen[]; records?: number; fields_per_record?: number[] }>
}
const corpus: Expected[] = present ? JSON.parse(readFileSync(join(data, 'spreadsheets', 'expected.json'), 'utf8')) : []

function seen(sheets: readonly Seen[]): SheetInfo[] {
  return sheets.map((s) => ({
    name: s.name,
    hidden: s.state !== undefined && s.state !== 'visible',
    rows: s.last_row,
    cols: s.last_col,
    nonEmpty: s.nonempty,
  }))
}

describe.skipIf(!present)('spreadsheets of the wild', () => {
  // The first file would otherwise pay for loading the code.
  test.each(corpus)('$file ($expect)', async (item) => {
    const path = join(data, 'spreadsheets', item.file)
    // Processor time, not the clock: the machine may be busy with others.
    const start = process.cpuUsage()
    let sheets: SheetInfo[] | null = null
    try {
      sheets = (await inspectWorkbook(path)).sheets
    } catch (error) {
      // Whatever cannot be read says why; anything else is a crash.
      expect(error).toBeInstanceOf(WorkbookRefusal)
      expect((error as Error).message).toMatch(/\.$/)
      expect(item.expect).not.toBe('read')
    }
    const { user, system } = process.cpuUsage(start)
    expect((user + system) / 1000).toBeLessThan(2000)
    if (item.expect === 'refuse') expect(sheets).toBeNull()
    if (sheets === null) return
    const answers = Object.values(item.readers).flatMap((reader) => (reader.sheets?.length ? [seen(reader.sheets)] : []))
    if (answers.length > 0) expect(answers).toContainEqual(sheets)
    for (const { records, fields_per_record } of Object.values(item.readers)) {
      if (records !== undefined) expect([sheets[0]?.rows, sheets[0]?.cols]).toEqual([records, fields_per_record?.[0]])
    }
    for (const [index, sheet] of sheets.entries()) {
      const rows = await readAll(path, index)
      expect(rows.at(-1)?.number ?? 0).toBe(sheet.rows)
      expect(rows.reduce((sum, row) => sum + row.cells.filter((cell) => cell !== null).length, 0)).toBe(sheet.nonEmpty)
    }
  })
})

describe.skipIf(!present)('the same rows as different exporters write them', () => {
  const names = [
    'gbk.csv',
    'utf8-bom.csv',
    'utf16le-tab.txt',
    'semicolon-utf8.csv',
    'gbk-named-xls.xls',
    'html-gb2312-named-xls.xls',
  ]
  test.each(names)('addresses-%s', async (name) => {
    const rows = await readAll(join(data, 'encodings', `addresses-${name}`))
    const same = await readAll(join(data, 'encodings', 'addresses-utf8-bom.csv'))
    expect(rows.length).toBe(501)
    expect(rows[0]?.cells).toEqual(['编号', '地址', '备注'])
    expect(rows.slice(1).reduce((sum, row) => sum + Number(row.cells[0]), 0)).toBe(125_250)
    expect(rows).toEqual(same)
  })
})

test.skipIf(!present)('a large real sheet: 245,903 rows with dates', async () => {
  const workbook = await openWorkbook(join(data, 'ml', 'online_retail_2010-12_2011-06.xlsx'))
  let rows = 0
  let customers = 0
  let sum = 0
  for await (const batch of workbook.rows(0)) {
    for (const { number, cells } of batch) {
      if (number === 1) continue
      rows++
      if (cells[6] === null || cells[6] === undefined) customers++
      sum += Number(cells[3]) * Number(cells[5])
      if (number === 2) expect(cells[4]).toEqual({ date: '2010-12-01T08:26:00' })
    }
  }
  await workbook.close()
  expect([rows, customers, sum.toFixed(3)]).toEqual([245_903, 69_014, '4397950.761'])
})
