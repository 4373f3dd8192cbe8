// The values of the wild workbooks beside what other readers saw and what Excel itself shows.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type CellValue, cellText, openWorkbook } from '../../src-main/kernel/workbook/sheet.ts'
import { dayNumber } from '../../src-main/kernel/workbook/serial.ts'
import { sharedFile } from '../support/sharedData.ts'

const list = sharedFile('spreadsheets', 'expected.json')
const folder = list === null ? '' : join(list, '..')
type Told = string | number | boolean
type Item = {
  file: string
  expect: string
  readers: Record<string, { sheets?: { name: string; first_rows?: [number, ...Told[]][] }[]; date1904?: boolean }>
}
const items: Item[] = list === null ? [] : JSON.parse(readFileSync(list, 'utf8'))

async function rowsOf(path: string, sheet: number): Promise<Map<number, CellValue[]>> {
  const workbook = await openWorkbook(path)
  try {
    const rows = new Map<number, CellValue[]>()
    if (workbook.sheets[sheet])
      for await (const batch of workbook.rows(sheet)) for (const row of batch) rows.set(row.number, row.cells)
    return rows
  } finally {
    await workbook.close()
  }
}

const serialOf = (date: string, date1904: boolean): number => {
  const [year, month, day, hour, minute, second] = date.split(/[-T:]/).map(Number)
  const days = dayNumber(year ?? 0, month ?? 0, day ?? 0) + (date1904 ? 24_107 : 25_569)
  const shift = !date1904 && days < 61 ? 1 : 0
  return days - shift + ((hour ?? 0) * 3600 + (minute ?? 0) * 60 + (second ?? 0)) / 86_400
}
const close = (a: number, b: number, by: number): boolean => Math.abs(a - b) <= by
const bare = (text: string): string =>
  text
    .replace(/_x000D_/g, '\r')
    .replace(/\s+/g, ' ')
    .trim()

/** The other readers cut texts at 60 characters, trim some, know dates as serials and booleans as 0 and 1. */
function agrees(told: Told, cell: CellValue, date1904: boolean): boolean {
  if (cell === null) return told === ''
  if (typeof cell === 'boolean') return told === cell || told === Number(cell) || told === String(Number(cell))
  if (typeof cell === 'number') return told === cell || Number(told) === cell || isSerial(told, cell)
  if (typeof cell === 'string')
    return bare(cell).startsWith(bare(String(told))) && (bare(cell) === bare(String(told)) || String(told).length >= 59)
  if ('error' in cell) return told === cell.error
  if ('duration' in cell)
    return typeof told === 'number'
      ? close(told * 86_400, cell.duration, 0.01)
      : clockOf(String(told)) === Math.floor(cell.duration)
  if (typeof told !== 'string' || /^[\d.]+$/.test(told)) return close(Number(told), serialOf(cell.date, date1904), 1.2 / 86_400)
  const days = (text: string): number => Date.parse(`${text.slice(0, 10)}T${text.slice(11, 19) || '00:00:00'}Z`)
  return close(days(told), days(cell.date), 1000)
}
/** A negative serial under a date format is no date in a spreadsheet; one reader makes a date before 1900 of it. */
const isSerial = (told: Told, cell: number): boolean => typeof told === 'string' && /^18\d\d-/.test(told) && cell < 0
const clockOf = (text: string): number => text.split(':').reduce((sum, part) => sum * 60 + Math.floor(Number(part)), 0)

describe.skipIf(list === null)('first rows as other readers saw them', () => {
  test.each(items.filter((item) => item.expect === 'read'))('$file', async ({ file, readers }) => {
    for (const [reader, { sheets, date1904 }] of Object.entries(readers)) {
      for (const [index, { first_rows }] of (sheets ?? []).entries()) {
        if (!first_rows) continue
        const rows = await rowsOf(join(folder, file), index)
        for (const [number, ...told] of first_rows) {
          const cells = (rows.get(number) ?? []).filter((cell) => cell !== null && bare(cellText(cell)) !== '')
          const seen = told.filter((one) => bare(String(one)) !== '')
          const wrong = seen.filter((one, at) => !agrees(one, cells[at] ?? null, date1904 ?? false))
          expect(wrong, `${reader}, sheet ${index}, row ${number}: ${JSON.stringify(cells.slice(0, 8))}`).toEqual([])
        }
      }
    }
  })
})

const months = 'janfebmaraprmayjunjulaugsepoctnovdec'
/** A date as Excel prints it in these files, or null. */
function printedDate(text: string): string | null {
  const numeric = /^(\d{1,2})\/(\d{1,2})\/(\d{2})\b/.exec(text)
  const named = /^(\d{1,2})-([A-Z][a-z]{2})-(\d{2})$/.exec(text)
  const [year, month, day] = numeric
    ? [numeric[3], Number(numeric[1]), numeric[2]]
    : named
      ? [named[3], months.indexOf((named[2] as string).toLowerCase()) / 3 + 1, named[1]]
      : []
  if (year === undefined) return null
  return `${Number(year) < 30 ? '20' : '19'}${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** A number as Excel prints it: money signs, thousands, brackets for minus, percent, as many places as are shown. */
function printedNumber(text: string, value: number): boolean {
  const signed = text.replace(/[$,\s>]/g, '').replace(/^\((.*)\)$/, '-$1')
  const match = /^-?\d*\.?(\d*)(?:E[+-]\d+)?(%?)/.exec(signed)
  const number = Number.parseFloat(signed)
  if (!match || Number.isNaN(number)) return false
  const shown = match[2] === '%' ? value * 100 : value
  return close(number, shown, 0.5 * 10 ** -(match[1] as string).length + Math.abs(shown) * 1e-5)
}

function shows(text: string, cell: CellValue): boolean {
  if (bare(text) === bare(cellText(cell).replace(/[^\x00-\x7f]/g, '_')) || text.includes('\uFFFD')) return true
  if (typeof cell === 'number') return printedNumber(text, cell) || text === '0-Jan-00'
  if (cell === null || typeof cell !== 'object') return false
  const isClock = /^\d{1,2}:\d{2} [AP]M$/.test(text)
  if ('date' in cell) return isClock || printedDate(text) === cell.date.slice(0, 10)
  return 'duration' in cell && isClock
}

/** Results that change with every opening (TODAY, NOW, RAND) or with the version, by file and sheet. */
const unstable: Readonly<Record<string, number>> = {
  'sj-formula_stress_test.xlsx.sheet2': 2,
  'sj-formula_stress_test.xlsx.sheet5': 1,
  'sj-formula_stress_test.xlsx.sheet8': 2,
}
const printed =
  list !== null && existsSync(join(folder, 'excel-csv'))
    ? readdirSync(join(folder, 'excel-csv')).filter((name) => !name.includes('LONumbers'))
    : []

describe.skipIf(printed.length === 0)('texts as Excel prints them', () => {
  test.each(printed)('%s', async (name) => {
    const [, file, sheet] = /^(.*)\.sheet(\d+)\.csv$/.exec(name) as unknown as [string, string, string]
    const [print, cells] = [await rowsOf(join(folder, 'excel-csv', name), 0), await rowsOf(join(folder, file), Number(sheet) - 1)]
    // Excel leaves out empty rows and columns before the first cell.
    const rows = [...cells.values()]
    const skipped = Math.min(...cells.keys()) - Math.min(...print.keys())
    const different: string[] = []
    for (const [number, texts] of print) {
      const row = cells.get(number + skipped) ?? []
      for (const [at, text] of texts.entries()) {
        if (text !== null && !shows(cellText(text), row[at] ?? null))
          different.push(`row ${number}, column ${at + 1}: ${cellText(text)} / ${cellText(row[at])}`)
      }
    }
    expect(rows.length).toBeGreaterThan(0)
    expect(different.length, different.join('; ')).toBeLessThanOrEqual(unstable[name.replace(/\.csv$/, '')] ?? 0)
  })
})
