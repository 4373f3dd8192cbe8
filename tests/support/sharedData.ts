import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const folder = resolve(process.env['KEZHAN_SHARED'] ?? '../shared', 'data')

/** Path of a file of the common test data, or null with the reason on stderr: what depends on it is skipped then. */
export function sharedFile(...path: string[]): string | null {
  const file = join(folder, ...path)
  if (existsSync(file)) return file
  process.stderr.write(`skipped: ${file} is not there (set KEZHAN_SHARED to the folder that holds data/)\n`)
  return null
}

/** Records of a CSV file in UTF-8 as objects by header; for tests only, the product has its own reader. */
export function readRecords(file: string): Record<string, string>[] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  const text = readFileSync(file, 'utf8').replace(/^\ufeff/, '')
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? ''
    if (quoted && sign === '"' && text[at + 1] === '"') {
      cell += '"'
      at++
    } else if (sign === '"') quoted = !quoted
    else if (quoted) cell += sign
    else if (sign === ',' || sign === '\n') {
      row.push(cell)
      cell = ''
      if (sign === '\n') {
        rows.push(row)
        row = []
      }
    } else if (sign !== '\r') cell += sign
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell])
  const [header = [], ...records] = rows
  return records.map((record) => Object.fromEntries(header.map((name, at) => [name, record[at] ?? ''])))
}
