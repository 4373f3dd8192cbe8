import { escapeFormula } from '../../../src-shared/kernel/cleaning/formula.ts'

/** A block of texts, every row as long as the longest. */
export type TextBlock = readonly (readonly string[])[]

const squared = (rows: string[][]): TextBlock => {
  const width = Math.max(0, ...rows.map((row) => row.length))
  return rows.map((row) => [...row, ...Array.from({ length: width - row.length }, () => '')])
}

/** Cells between tabs and lines as Excel hands them over: in quotes where a cell holds a tab, a line break or a quote. */
export function parseTsv(text: string): TextBlock {
  const rows: string[][] = [[]]
  let at = 0
  while (at <= text.length) {
    const { value, next } = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at)
    rows.at(-1)?.push(value)
    const sign = text[next]
    if (sign === undefined) break
    at = next + 1
    if (sign === '\t') continue
    if (sign === '\r' && text[at] === '\n') at++
    // The last line ends with a break that begins no further row.
    if (at >= text.length) break
    rows.push([])
  }
  return squared(rows)
}

const ENDS = /[\t\r\n]/g
function plainCell(text: string, at: number): { value: string; next: number } {
  ENDS.lastIndex = at
  const next = ENDS.exec(text)?.index ?? text.length
  return { value: text.slice(at, next), next }
}

/** A quote that is never closed, or closed before the cell ends, is an ordinary sign. */
function quotedCell(text: string, at: number): { value: string; next: number } {
  let close = at + 1
  while (true) {
    close = text.indexOf('"', close)
    if (close === -1) return plainCell(text, at)
    if (text[close + 1] !== '"') break
    close += 2
  }
  const after = text[close + 1]
  if (after !== undefined && after !== '\t' && after !== '\r' && after !== '\n') return plainCell(text, at)
  return { value: text.slice(at + 1, close).replaceAll('""', '"'), next: close + 1 }
}

/** The cells of the first table; spans are filled with empty cells, so that columns stay where they are. */
export function parseHtmlTable(html: string): TextBlock | null {
  const table = new DOMParser().parseFromString(html, 'text/html').querySelector('table')
  if (!table) return null
  const rows = [...table.rows].map((row) => [...row.cells].flatMap(cellTexts))
  return rows.length > 0 ? squared(rows) : null
}

function cellTexts(cell: HTMLTableCellElement): string[] {
  for (const br of cell.querySelectorAll('br')) br.replaceWith('\n')
  // Breaks of the source are blanks to a reader; those that were written as <br> are not.
  const text = (cell.textContent ?? '')
    .replace(/\u00a0/g, ' ')
    .replace(/[ \t]*\n[ \t]*/g, '\n')
    .trim()
  return [text, ...Array.from({ length: Math.max(0, Math.min(cell.colSpan, 100) - 1) }, () => '')]
}

/** What was copied, whichever way it comes: cells between tabs first, a table where the text has none. */
export function parseClipboard(data: Pick<DataTransfer, 'getData'>): TextBlock {
  const text = data.getData('text/plain')
  const cells = text === '' ? [] : parseTsv(text)
  if (cells.length > 1 || (cells[0]?.length ?? 0) > 1) return cells
  const html = data.getData('text/html')
  const table = /<table/i.test(html) ? parseHtmlTable(html) : null
  return table ?? cells
}

const tsvCell = (text: string): string => (/[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
/** For a spreadsheet; what it would take for a formula is made inert, as in an exported file. */
export const toTsv = (block: TextBlock): string =>
  block.map((row) => row.map((text) => tsvCell(escapeFormula(text))).join('\t')).join('\r\n')

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
/** The same as a table; long numbers and leading zeros stay text. */
export const toHtml = (block: TextBlock): string => {
  const cell = (text: string) =>
    `<td style="mso-number-format:'\\@'">${escapeHtml(escapeFormula(text)).replaceAll(/\r\n|\r|\n/g, '<br>')}</td>`
  return `<table>${block.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('')}</table>`
}

/** Both notations at once, into the event of a copy: it works on plain http too, where there is no clipboard API. */
export function handOver(event: ClipboardEvent, block: TextBlock): void {
  event.clipboardData?.setData('text/plain', toTsv(block))
  event.clipboardData?.setData('text/html', toHtml(block))
  event.preventDefault()
}

/** The same when no copy is under way any more: the old command makes one. */
export async function writeClipboard(block: TextBlock): Promise<void> {
  let isTaken = false
  const hand = (event: ClipboardEvent) => {
    handOver(event, block)
    event.stopImmediatePropagation()
    isTaken = true
  }
  document.addEventListener('copy', hand, { capture: true })
  document.execCommand('copy')
  document.removeEventListener('copy', hand, { capture: true })
  if (!isTaken && navigator.clipboard) await navigator.clipboard.writeText(toTsv(block))
}
