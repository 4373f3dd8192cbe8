// Characters by which a spreadsheet takes a text for a formula, their full-width forms, and the line ends and tab that
// some programs cut off before they look. Blanks, no-break space and BOM before them do not protect.
const blanks = '[ \\u00A0\\u3000\\u2000-\\u200F\\u2028-\\u202F\\u205F\\u2060\\uFEFF]*'
const danger = new RegExp(`^${blanks}[=+\\-@\\t\\r＝＋－＠]`, 'u')
const guarded = new RegExp(`^'+${blanks}[=+\\-@\\t\\r＝＋－＠]`, 'u')

function guardLine(line: string): string {
  return danger.test(line) || guarded.test(line) ? `'${line}` : line
}

/** True when a spreadsheet could take the text, or one of its lines, for a formula. */
export function isFormulaLike(text: string): boolean {
  return escapeFormula(text) !== text
}

/** A leading apostrophe on every line that could be taken for a formula; a text that already has one gets another. */
export function escapeFormula(text: string): string {
  if (!/[=+\-@\t\r\n＝＋－＠]/u.test(text)) return text
  const lines = text.split('\n').map(guardLine).join('\n')
  return lines.startsWith('\n') ? `'${lines}` : lines
}

/** Takes back exactly what escapeFormula put in front. */
export function unescapeFormula(text: string): string {
  if (!text.includes("'")) return text
  const start = text.startsWith("'\n") ? text.slice(1) : text
  return start
    .split('\n')
    .map((line) => (guarded.test(line) ? line.slice(1) : line))
    .join('\n')
}
