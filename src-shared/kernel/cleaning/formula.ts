// Characters by which a spreadsheet takes a text for a formula, and their full-width forms. Blanks, no-break space and
// BOM before them do not protect, nor does a line break, which some programs cut off before they look.
const blanks = '[ \\u00A0\\u3000\\u2000-\\u200F\\u2028-\\u202F\\u205F\\u2060\\uFEFF]*'
const marks = '[=+\\-@\\t＝＋－＠]'
const risky = new RegExp(`^'*${blanks}${marks}`, 'u')
const guarded = new RegExp(`^'+${blanks}${marks}`, 'u')
const riskyBreak = new RegExp(`^'*${blanks}[\\r\\n]`, 'u')
const guardedBreak = new RegExp(`^'+${blanks}[\\r\\n]`, 'u')
const lineEnds = /(\r\n|\r|\n)/

/** Lines stand at the even places, what separates them at the odd ones. */
function eachLine(text: string, change: (line: string) => string): string {
  return text
    .split(lineEnds)
    .map((part, index) => (index % 2 === 0 ? change(part) : part))
    .join('')
}

/** True when a spreadsheet could take the text, or one of its lines, for a formula. */
export function isFormulaLike(text: string): boolean {
  return escapeFormula(text) !== text
}

/** A leading apostrophe on every line that could be taken for a formula; a line that already has one gets another. */
export function escapeFormula(text: string): string {
  if (!/[=+\-@\t\r\n＝＋－＠]/u.test(text)) return text
  const lines = eachLine(text, (line) => (risky.test(line) ? `'${line}` : line))
  return riskyBreak.test(text) ? `'${lines}` : lines
}

/** Takes back exactly what escapeFormula put in front. */
export function unescapeFormula(text: string): string {
  if (!text.includes("'")) return text
  const start = guardedBreak.test(text) ? text.slice(1) : text
  return eachLine(start, (line) => (guarded.test(line) ? line.slice(1) : line))
}
