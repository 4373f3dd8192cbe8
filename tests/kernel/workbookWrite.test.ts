import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { escapeFormula, isFormulaLike, unescapeFormula } from '../../src-shared/kernel/cleaning/formula.ts'
import { inspectWorkbook } from '../../src-main/kernel/workbook/sheet.ts'
import { type WriteCell, type WriteColumn, writeCsv, writeXlsx } from '../../src-main/kernel/workbook/write.ts'
import { readCells, scratch } from './workbookMaker.ts'

const files = scratch()
afterAll(() => files.remove())

async function* batches(...all: (readonly WriteCell[])[][]): AsyncGenerator<readonly (readonly WriteCell[])[]> {
  yield* all
}

const columns: WriteColumn[] = [
  { header: '名称', type: 'text' },
  { header: '手机', type: 'phone' },
  { header: '数量', type: 'number' },
  { header: '日期', type: 'date' },
  { header: '时间', type: 'datetime', width: 22 },
  { header: '金额', type: 'money' },
]
const rows: WriteCell[][] = [
  ['=1+1', '+8613800138000', -5.5, '2024-02-29', '2024-02-29T13:05:59', 123_456],
  ['多\n行_x000D_', '01012345', 0, { date: '2020-01-01' }, null, -5],
]

test('xlsx: values keep their types, text is text, the header is frozen', async () => {
  const path = files.path('out.xlsx')
  expect(await writeXlsx(path, { sheetName: '客户/名单', columns, rows: batches(rows) })).toEqual({ rows: 2 })
  expect(await readCells(path)).toEqual([
    ['名称', '手机', '数量', '日期', '时间', '金额'],
    ['=1+1', '+8613800138000', -5.5, { date: '2024-02-29' }, { date: '2024-02-29T13:05:59' }, 1234.56],
    ['多\n行_x000D_', '01012345', 0, { date: '2020-01-01' }, null, -0.05],
  ])
  const book = new ExcelJS.Workbook()
  await book.xlsx.readFile(path)
  const sheet = book.worksheets[0] as ExcelJS.Worksheet
  expect(sheet.name).toBe('客户 名单')
  expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 })
  expect([sheet.getCell('A2').type, sheet.getCell('A2').numFmt, sheet.getCell('B2').numFmt]).toEqual([
    ExcelJS.ValueType.String,
    '@',
    '@',
  ])
  expect(sheet.getCell('F2').numFmt).toBe('#,##0.00')
})

test('csv: mark, CR LF, inert text, numbers and phones as they are', async () => {
  const path = files.path('out.csv')
  await writeCsv(path, { columns, rows: batches(rows, [[' +x', '+1-2', 1e20, '', '', 0]]) })
  expect(readFileSync(path, 'utf8')).toBe(
    '\uFEFF名称,手机,数量,日期,时间,金额\r\n"\'=1+1",+8613800138000,-5.5,2024-02-29,2024-02-29 13:05:59,1234.56\r\n' +
      '"多\n行_x000D_",01012345,0,2020-01-01,,-0.05\r\n"\' +x","\'+1-2",100000000000000000000,,,0.00\r\n',
  )
})

test('formula escape: every dangerous beginning, on every line, taken back exactly', () => {
  for (const mark of ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) {
    for (const before of ['', ' ', '\u00A0', '\uFEFF', '\u3000', ' \u00A0']) {
      const text = `${before}${mark}cmd`
      expect(escapeFormula(text), JSON.stringify(text)).toBe(`'${text}`)
      if (mark !== '\r') expect(escapeFormula(`好\n${text}`)).toBe(`好\n'${text}`)
    }
  }
  expect(escapeFormula('\n=x')).toBe("'\n'=x")
  expect(escapeFormula('a\r=x\r\n+y')).toBe("a\r'=x\r\n'+y")
  expect([escapeFormula('a=b'), escapeFormula('1-2'), escapeFormula("it's"), escapeFormula('')]).toEqual([
    'a=b',
    '1-2',
    "it's",
    '',
  ])
  const text = fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', ' ', '\n', '\r', '\t', 'a', '甲', '\u00A0', '＝') })
  fc.assert(
    fc.property(text, (value) => unescapeFormula(escapeFormula(value)) === value),
    { numRuns: 5000 },
  )
  fc.assert(
    fc.property(text, (value) =>
      escapeFormula(value)
        .split(/[\r\n]/)
        .every((line) => !/^[ \u00A0]*[=+\-@＝]/.test(line)),
    ),
  )
  expect(isFormulaLike('=1')).toBe(true)
})

const character = fc.oneof(
  fc.constantFrom(
    '甲',
    '乙',
    'a',
    ',',
    '"',
    "'",
    '\n',
    '=',
    '-',
    '_x000D_',
    '&',
    '<',
    ']]>',
    ' ',
    ';',
    '|',
    '\t',
    '\u{1F600}',
    '\u0007',
    '\r',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }),
)
const text = fc.array(character, { maxLength: 8 }).map((parts) => parts.join('').replace(/\p{Surrogate}|[\uFFFE\uFFFF\0]/gu, ''))
const table = fc.array(fc.tuple(text, text, fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))), {
  minLength: 1,
  maxLength: 12,
})
const threeColumns: WriteColumn[] = [
  { header: 'a', type: 'text' },
  { header: 'b', type: 'text' },
  { header: 'c', type: 'number' },
]

function expected(data: readonly (readonly [string, string, number])[], number: (value: number) => unknown): unknown[] {
  return data.map(([a, b, c]) => [a === '' ? null : a, b === '' ? null : b, number(Object.is(c, -0) ? 0 : c)])
}

test('any table → xlsx → read is the same table', async () => {
  await fc.assert(
    fc.asyncProperty(table, async (data) => {
      const path = files.path('any.xlsx')
      await writeXlsx(path, { sheetName: 'S', columns: threeColumns, rows: batches(data) })
      expect((await readCells(path)).slice(1)).toEqual(expected(data, (value) => value))
    }),
    { numRuns: 60 },
  )
})

test('any table → csv → read is the same table', async () => {
  await fc.assert(
    fc.asyncProperty(table, async (data) => {
      const path = files.path('any.csv')
      await writeCsv(path, { columns: threeColumns, rows: batches(data) })
      const read = (await readCells(path)).slice(1)
      expect(read.map((cells) => cells.slice(0, 2))).toEqual(data.map(([a, b]) => [a === '' ? null : a, b === '' ? null : b]))
      const shown = (value: number): number => (Number.isInteger(value) ? value : Number(value.toPrecision(15))) + 0
      expect(read.map((cells) => Number(cells[2]))).toEqual(data.map((row) => shown(row[2])))
    }),
    { numRuns: 200 },
  )
})

test('nothing half-written: a source that fails leaves the old file and no other', async () => {
  for (const [name, write] of [
    ['fail.xlsx', writeXlsx],
    ['fail.csv', writeCsv],
  ] as const) {
    const path = files.path(name)
    writeFileSync(path, 'old')
    const failing = async function* (): AsyncGenerator<WriteCell[][]> {
      yield rows
      throw new Error('source broke')
    }
    await expect(write(path, { sheetName: 'S', columns, rows: failing() })).rejects.toThrow('source broke')
    expect(readFileSync(path, 'utf8')).toBe('old')
  }
  await expect(writeXlsx(files.path('no/such/folder.xlsx'), { sheetName: 'S', columns, rows: batches(rows) })).rejects.toThrow(
    'ENOENT',
  )
  expect(readdirSync(files.path('.')).filter((name) => name.endsWith('.part'))).toEqual([])
  expect(existsSync(files.path('no'))).toBe(false)
})

test('no rows, and a header only', async () => {
  await writeXlsx(files.path('empty.xlsx'), { sheetName: '', columns, rows: batches() })
  expect((await inspectWorkbook(files.path('empty.xlsx'))).sheets).toEqual([
    { name: 'Sheet', hidden: false, rows: 1, cols: 6, nonEmpty: 6 },
  ])
})
