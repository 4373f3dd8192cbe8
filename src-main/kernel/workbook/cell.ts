/** A cell as read. Dates are wall time without a zone: 'YYYY-MM-DD' or 'YYYY-MM-DDTHH:mm:ss'; durations are seconds. */
export type CellValue = string | number | boolean | { date: string } | { duration: number } | { error: string } | null

/** One row; `number` is the row as Excel shows it, `cells[0]` is column A. Rows without any value are not delivered. */
export type SheetRow = { number: number; cells: CellValue[] }

export type SheetInfo = { name: string; hidden: boolean; rows: number; cols: number; nonEmpty: number }

export type WorkbookFormat = 'xlsx' | 'xlsb' | 'xls' | 'ods' | 'xml' | 'csv' | 'html'

/** Something a person should know about a file that was read all the same. */
export type WorkbookNote = {
  code:
    | 'badBytes'
    | 'unclosedQuote'
    | 'formulaWithoutValue'
    | 'sheetSkipped'
    | 'duplicatePart'
    | 'stylesUnreadable'
    | 'rowsOutOfOrder'
    | 'guessedSeparator'
  text: string
  sheet?: string
  row?: number
  column?: string
  count?: number
}

export type Workbook = {
  format: WorkbookFormat
  encoding: string | null
  sheets: readonly { name: string; hidden: boolean }[]
  /** Complete once every row has been read; `warnings` holds the same as English sentences. */
  notes: WorkbookNote[]
  readonly warnings: string[]
  rows(sheet: number): AsyncIterable<SheetRow[]>
  /** Counts a sheet without building its values. */
  inspect(sheet: number): Promise<SheetInfo>
  close(): Promise<void>
}

/** A1-style letters of a 0-based column. */
export function columnName(index: number): string {
  let name = ''
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name
  }
  return name
}

function numberText(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  if (Number.isInteger(value)) return Math.abs(value) < 1e21 ? BigInt(value).toString() : String(value)
  // Excel keeps 15 significant digits; what lies beyond is float noise (0.1 + 0.2).
  const rounded = Number(value.toPrecision(15))
  const plain = String(rounded)
  const [mantissa, exponent] = plain.split('e')
  const places = -Number(exponent ?? 0)
  if (places < 1 || places > 20) return plain
  const sign = rounded < 0 ? '-' : ''
  return `${sign}0.${'0'.repeat(places - 1)}${(mantissa as string).replace(/[-.]/g, '')}`
}

function clock(seconds: number): string {
  const sign = seconds < 0 ? '-' : ''
  const all = Math.round(Math.abs(seconds))
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${sign}${two(Math.floor(all / 3600))}:${two(Math.floor(all / 60) % 60)}:${two(all % 60)}`
}

/**
 * What a person would see or type: integers as their digits (an 11-digit phone stored as a number stays a phone), no
 * float noise, dates as YYYY-MM-DD, with the time only where there is one. `style: 'percent'` shows 0.15 as 15%.
 */
export function cellText(cell: CellValue | undefined, style?: 'percent'): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'string') return cell
  if (typeof cell === 'number') return style === 'percent' ? `${numberText(cell * 100)}%` : numberText(cell)
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE'
  if ('date' in cell) return cell.date.endsWith('T00:00:00') ? cell.date.slice(0, 10) : cell.date.replace('T', ' ')
  if ('duration' in cell) return clock(cell.duration)
  return cell.error
}
