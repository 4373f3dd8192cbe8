import { parentPort } from 'node:worker_threads'
import { type CellValue, cellText, openWorkbook, placeText, WorkbookRefusal } from '../../src-main/kernel/workbook/sheet.ts'

/** What became of a file: `read` and `refused` are what a person can live with, `fault` is a bug. */
export type Outcome =
  | { kind: 'read'; cells: number; ms: number }
  | { kind: 'refused'; code: string; place: string | null; ms: number }
  | { kind: 'fault'; what: string; ms: number }

const dateShape = /^-?\d{4,6}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-4]):[0-5]\d:[0-5]\d)?$/

/** What is wrong with a value that a reader handed out, or null. */
function wrong(cell: CellValue | undefined): string | null {
  if (cell === null || typeof cell === 'boolean' || typeof cell === 'string') return null
  if (typeof cell === 'number') return Number.isFinite(cell) ? null : 'a number that is none'
  if (typeof cell !== 'object') return `a ${typeof cell}`
  if ('date' in cell) return dateShape.test(cell.date) ? null : `the date ${cell.date}`
  if ('duration' in cell) return Number.isFinite(cell.duration) ? null : 'a duration that is none'
  return typeof cell.error === 'string' && cell.error !== '' ? null : 'an error without a name'
}

/** Everything a wizard does with a file: looks it over, counts each sheet, reads each cell. */
async function readThrough(path: string): Promise<number> {
  const workbook = await openWorkbook(path)
  let cells = 0
  try {
    for (let sheet = 0; sheet < workbook.sheets.length; sheet++) {
      const info = await workbook.inspect(sheet)
      let count = 0
      let last = 0
      const numbers = new Set<number>()
      for await (const batch of workbook.rows(sheet)) {
        for (const row of batch) {
          if (!Number.isSafeInteger(row.number) || row.number < 1) throw new Error(`row number ${row.number}`)
          if (numbers.has(row.number)) throw new Error(`row ${row.number} twice`)
          numbers.add(row.number)
          last = Math.max(last, row.number)
          for (const cell of row.cells) {
            const fault = wrong(cell)
            if (fault !== null) throw new Error(`row ${row.number} holds ${fault}`)
            if (cell !== null && cellText(cell) !== '') count++
          }
        }
      }
      if (info.nonEmpty !== count || info.rows !== last)
        throw new Error(`counted ${info.nonEmpty} cells to row ${info.rows}, read ${count} to row ${last}`)
      cells += count
    }
    for (const note of workbook.notes) if (!/^.*[.]$/s.test(note.text)) throw new Error(`no sentence: ${note.text}`)
  } finally {
    await workbook.close()
  }
  return cells
}

export async function outcomeOf(path: string): Promise<Outcome> {
  const start = performance.now()
  const ms = (): number => Math.round(performance.now() - start)
  try {
    return { kind: 'read', cells: await readThrough(path), ms: ms() }
  } catch (error) {
    if (!(error instanceof WorkbookRefusal))
      return { kind: 'fault', what: error instanceof Error ? String(error.stack) : String(error), ms: ms() }
    if (!/^[A-Z0-9].*\.$/s.test(error.message)) return { kind: 'fault', what: `no sentence: ${error.message}`, ms: ms() }
    const place = placeText(error) || null
    const { code, message } = error
    if (place === null && ['damaged', 'truncated'].includes(code))
      return { kind: 'fault', what: `${code} nowhere: ${message}`, ms: ms() }
    if (code === 'notAWorkbook' && !/ is (a|an|the|binary|XML) ?.*[,;]|without a table/.test(message))
      return { kind: 'fault', what: `does not say what it is: ${message}`, ms: ms() }
    return { kind: 'refused', code: error.code, place, ms: ms() }
  }
}

parentPort?.on('message', (path: string) => {
  void outcomeOf(path).then((outcome) => parentPort?.postMessage(outcome))
})
