import { existsSync, statSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { readAddress } from '../../src-shared/kernel/cleaning/address.ts'
import { readPhones } from '../../src-shared/kernel/cleaning/phone.ts'
import { cleanText } from '../../src-shared/kernel/cleaning/text.ts'
import { writeAtomically } from '../kernel/workbook/atomicFile.ts'
import { type CellValue, cellText, columnName, openWorkbook, type Workbook } from '../kernel/workbook/sheet.ts'
import { UsageError } from './arguments.ts'

export type CleanRequest = {
  readonly file: string
  readonly out: string
  /** Header of the column with phone numbers, and of the one with addresses; at least one of them. */
  readonly phone: string | null
  readonly address: string | null
  /** Trunk code of the place (0512) for local numbers that name none. */
  readonly areaCode: string | null
  /** Name of the sheet; otherwise the first visible one that has the columns. */
  readonly sheet: string | null
  /** A byte order mark, for opening the file in Excel with a double click. */
  readonly bom: boolean
}
export type CleanReport = {
  out: string
  sheet: string
  /** Row of the file, as Excel counts, in which the column names stand. */
  headerRow: number
  rows: number
  phones: { cells: number; numbers: number; counts: Record<string, number> } | null
  addresses: { cells: number; province: number; city: number; district: number; counts: Record<string, number> } | null
  /** Cells a person should look at: all are counted, the first ones listed. */
  doubtful: { count: number; first: readonly Doubt[] }
  warnings: readonly string[]
}
type Doubt = { row: number; column: string; code: string; text: string }
type Columns = { readonly phone: number | null; readonly address: number | null }
type Header = Columns & { readonly sheet: number; readonly name: string; readonly row: number; readonly cells: readonly string[] }

const NEW_COLUMNS = ['phone_1', 'phone_2', 'phone_masked', 'province', 'city', 'district', 'detail'] as const
/** Titles above a header are shorter than this. */
const HEADER_WITHIN = 50
const LISTED = 200

/**
 * Writes the table of a workbook as CSV with seven further columns: `phone_1` and `phone_2` in E.164 (the first two numbers of
 * the cell; an extension stays in the input column and is counted, because a number with `;ext=` equals no E.164 number), `phone_masked`
 * (138****8000), and `province`, `city`, `district`, `detail` by the divisions of today. RFC 4180: UTF-8, CR LF, quotes only where
 * needed; cells as a person sees them, numbers with all their digits. Rows stream; the file is there whole or not at all.
 */
export async function cleanFile(request: CleanRequest): Promise<CleanReport> {
  if (request.phone === null && request.address === null) throw new UsageError('--phone or --address is missing')
  if (request.phone !== null && request.phone === request.address)
    throw new UsageError(`--phone and --address name the same column ${request.phone}`)
  checkPlaces(request)
  const workbook = await openWorkbook(request.file)
  try {
    const header = await findHeader(workbook, request)
    const { cols } = await workbook.inspect(header.sheet)
    const run = new CleanRun(header, Math.max(cols, header.cells.length), request)
    await writeAtomically(request.out, async (temporary) => {
      const file = await open(temporary, 'wx')
      try {
        await run.write(workbook, file, request.bom)
      } finally {
        await file.close()
      }
    })
    return run.report(request.out, workbook.warnings)
  } finally {
    await workbook.close()
  }
}

/** @throws UsageError where the answer would have no folder, or would overwrite what is being read. */
export function checkPlaces({ file, out }: Pick<CleanRequest, 'file' | 'out'>): void {
  const folder = dirname(resolve(out))
  if (!existsSync(folder)) throw new UsageError(`there is no folder ${folder} for --out`)
  if (!existsSync(out)) return
  const there = statSync(out)
  if (there.isDirectory()) throw new UsageError(`--out ${out} is a folder`)
  if (!existsSync(file)) return
  const source = statSync(file)
  if (resolve(file) === resolve(out) || (source.ino === there.ino && source.dev === there.dev && source.ino !== 0))
    throw new UsageError('--out is the input file itself; name another file')
}

/** The first row that holds every wanted column, in the named sheet or in the visible ones, then in the hidden ones. */
async function findHeader(workbook: Workbook, request: CleanRequest): Promise<Header> {
  const sheets = workbook.sheets.map(({ name, hidden }, index) => ({ name, hidden, index }))
  const named = request.sheet === null ? sheets : sheets.filter(({ name }) => name === request.sheet)
  if (named.length === 0)
    throw new UsageError(`there is no sheet ${request.sheet}; there are: ${sheets.map(({ name }) => name).join(', ')}`)
  const ordered = [...named.filter(({ hidden }) => !hidden), ...named.filter(({ hidden }) => hidden)]
  let fullest: readonly string[] = []
  for (const { index, name } of ordered) {
    for (const { number, cells } of await firstRows(workbook, index)) {
      const names = cells.map((cell) => cellText(cell))
      const columns = columnsOf(names, request)
      if (columns) return { ...columns, sheet: index, name, row: number, cells: names }
      if (filled(names) > filled(fullest)) fullest = names
    }
  }
  const wanted = [request.phone, request.address].filter((name) => name !== null)
  const missing = wanted.filter((name) => !fullest.some((one) => fold(one) === fold(name)))
  throw new UsageError(
    `there is no column ${(missing.length > 0 ? missing : wanted).join(', ')}; there are: ${fullest.map(cleanText).filter(Boolean).join(', ')}`,
  )
}

async function firstRows(workbook: Workbook, sheet: number): Promise<{ number: number; cells: CellValue[] }[]> {
  for await (const batch of workbook.rows(sheet)) return batch.slice(0, HEADER_WITHIN)
  return []
}

const fold = (name: string): string => cleanText(name).toLowerCase()
const filled = (names: readonly string[]): number => names.filter((name) => name.trim() !== '').length

function columnsOf(names: readonly string[], { phone, address }: CleanRequest): Columns | null {
  const at = { phone: placeOf(names, phone), address: placeOf(names, address) }
  return at.phone === -1 || at.address === -1 ? null : at
}

/** Null where nothing is asked for, -1 where the row has no such name; blanks around a name and its capitals do not count. */
function placeOf(names: readonly string[], wanted: string | null): number | null {
  if (wanted === null) return null
  const exact = placesOf(names, (name) => name === wanted)
  const places = exact.length > 0 ? exact : placesOf(names, (name) => fold(name) === fold(wanted))
  if (places.length > 1)
    throw new UsageError(`the column ${wanted} stands ${places.length} times: ${places.map(columnName).join(', ')}`)
  return places[0] ?? -1
}

const placesOf = (names: readonly string[], is: (name: string) => boolean): number[] =>
  names.flatMap((name, at) => (is(name) ? [at] : []))

/** One pass over the rows below the header: writes them and counts. */
class CleanRun {
  private readonly header: Header
  private readonly width: number
  private readonly options: { areaCode?: string }
  private rows = 0
  private readonly phoneCounts: Record<string, number> = {}
  private readonly addressCounts: Record<string, number> = {}
  private readonly doubts: Doubt[] = []
  private doubtful = 0
  private readonly total = { phoneCells: 0, numbers: 0, addressCells: 0, province: 0, city: 0, district: 0 }

  constructor(header: Header, width: number, { areaCode }: CleanRequest) {
    this.header = header
    this.width = width
    this.options = areaCode === null ? {} : { areaCode }
  }

  async write(workbook: Workbook, file: FileHandle, bom: boolean): Promise<void> {
    const head = this.line(this.header.cells, NEW_COLUMNS)
    await file.writeFile(bom ? `\uFEFF${head}` : head)
    for await (const batch of workbook.rows(this.header.sheet)) {
      let text = ''
      for (const { number, cells } of batch) if (number > this.header.row) text += this.row(number, cells)
      if (text !== '') await file.writeFile(text)
    }
  }

  report(out: string, warnings: readonly string[]): CleanReport {
    const { phoneCells, numbers, addressCells, province, city, district } = this.total
    return {
      out,
      sheet: this.header.name,
      headerRow: this.header.row,
      rows: this.rows,
      phones: this.header.phone === null ? null : { cells: phoneCells, numbers, counts: this.phoneCounts },
      addresses:
        this.header.address === null ? null : { cells: addressCells, province, city, district, counts: this.addressCounts },
      doubtful: { count: this.doubtful, first: this.doubts },
      warnings: [...warnings, ...this.clashes()],
    }
  }

  /** Columns of the input that are called like one of ours: both stand in the file, ours last. */
  private clashes(): string[] {
    const twice = NEW_COLUMNS.filter((name) => this.header.cells.includes(name))
    return twice.length === 0
      ? []
      : [`The input has columns ${twice.join(', ')} of its own; the cleaned ones are the last ${NEW_COLUMNS.length}.`]
  }

  private row(number: number, cells: readonly CellValue[]): string {
    this.rows++
    const phones = this.header.phone === null ? NO_PHONES : this.phonesOf(number, cells[this.header.phone] ?? null)
    const place = this.header.address === null ? NO_PLACE : this.placeOf(number, cellText(cells[this.header.address]))
    return this.line(
      cells.map((cell) => cellText(cell)),
      [...phones, ...place],
    )
  }

  private line(cells: readonly string[], added: readonly string[]): string {
    let text = ''
    for (let at = 0; at < this.width; at++) text += `${csvField(cells[at] ?? '')},`
    return `${text}${added.map(csvField).join(',')}\r\n`
  }

  private phonesOf(row: number, cell: CellValue): readonly string[] {
    const text = cellText(cell)
    if (text.trim() === '') return NO_PHONES
    this.total.phoneCells++
    const { phones, masked, problems } = readPhones(text, this.options)
    this.total.numbers += phones.length
    const count = (code: string): void => tally(this.phoneCounts, code)
    for (const { kind, extension } of phones) {
      count(kind)
      if (extension !== null) count('extension')
    }
    for (const _one of masked) count('masked')
    if (phones.length > 1) count('several')
    if (phones[0] && phones[0].e164 !== text) count('changed')
    if (phones.length + masked.length + problems.length === 0) count('nothing')
    for (const problem of problems) {
      count(problem.code)
      this.doubt(row, this.header.phone, problem.code, problem.text)
    }
    if (phones.length > 2) this.doubt(row, this.header.phone, 'moreThanTwo', text)
    return [phones[0]?.e164 ?? '', phones[1]?.e164 ?? '', masked.join(' ')]
  }

  private placeOf(row: number, text: string): readonly string[] {
    if (text.trim() === '') return NO_PLACE
    this.total.addressCells++
    const { province, city, district, detail, problems } = readAddress(text)
    if (province !== null) this.total.province++
    if (city !== null) this.total.city++
    if (district !== null) this.total.district++
    for (const problem of problems) {
      tally(this.addressCounts, problem.code)
      // A former name is answered by today's: nothing to look at.
      if (problem.code !== 'former') this.doubt(row, this.header.address, problem.code, problem.text)
    }
    return [province ?? '', city ?? '', district ?? '', detail]
  }

  private doubt(row: number, column: number | null, code: string, text: string): void {
    this.doubtful++
    if (this.doubts.length < LISTED)
      this.doubts.push({ row, column: this.header.cells[column ?? 0] ?? '', code, text: text.slice(0, 80) })
  }
}

const NO_PHONES = ['', '', '']
const NO_PLACE = ['', '', '', '']

function tally(counts: Record<string, number>, code: string): void {
  counts[code] = (counts[code] ?? 0) + 1
}

const csvField = (text: string): string => (/[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
