/** Characters that carry no ink: zero-width marks, soft hyphen, byte order mark, direction marks, C0/C1 controls except tab and line ends. */
const INVISIBLE =
  /[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad\u180e\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f]/g
const EXOTIC_BLANK = /[\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\u0085]/g
const CJK_BLANK = /([\u2e80-\u9fff\uf900-\ufaff]) +(?=[\u2e80-\u9fff\uf900-\ufaff])/g

/** Nothing but visible ASCII and common Chinese characters: most cells, and nothing in them is to be cleaned. Every cell is asked several times. */
export function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x21 || (code > 0x7e && code < 0x4e00) || code > 0x9fff) return false
  }
  return true
}

function hasFullWidth(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x3000 || (code >= 0xff01 && code <= 0xff5e)) return true
  }
  return false
}

/** Full-width letters, digits and signs to their ASCII forms (１ → 1, （ → (, ＠ → @); the ideographic blank to a blank. */
export function toHalfWidth(text: string): string {
  if (!hasFullWidth(text)) return text
  return text.replace(/[\uff01-\uff5e\u3000]/g, (sign) =>
    sign === '\u3000' ? ' ' : String.fromCharCode(sign.charCodeAt(0) - 0xfee0),
  )
}

/** Full-width letters and digits only: punctuation of Chinese prose stays as it was written. */
export function digitsToHalfWidth(text: string): string {
  return text.replace(/[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
}

/** Removes what has no ink and turns every exotic blank into a plain one; line breaks stay. */
export function removeInvisible(text: string): string {
  return isPlain(text) ? text : text.replace(INVISIBLE, '').replace(EXOTIC_BLANK, ' ')
}

/** One line of text: invisible signs out, blanks and line breaks collapsed to one blank, trimmed. */
export function cleanText(text: string): string {
  return isPlain(text) ? text : removeInvisible(text).replace(/\s+/g, ' ').trim()
}

/** Several lines of text: as cleanText, but line breaks are kept (at most one empty line in a row). */
export function cleanLongText(text: string): string {
  if (isPlain(text)) return text
  return removeInvisible(text)
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/**
 * The name of a company or a person as it should be stored: blanks between Chinese characters out, letters and digits half-width,
 * brackets in the form Chinese business registers use（）where the name is Chinese. The legal form stays.
 */
export function cleanName(text: string): string {
  const line = cleanText(text)
  if (isPlain(line) && !line.includes('(')) return line
  const joined = digitsToHalfWidth(line).replace(CJK_BLANK, '$1').replace(/＆/g, '&').replace(/．/g, '.')
  if (!/[\u3400-\u9fff]/.test(joined)) return toHalfWidth(joined)
  return joined
    .replace(/\s*[(（﹙⟮【［[]\s*/g, '（')
    .replace(/\s*[)）﹚⟯】］\]]\s*/g, '）')
    .replace(/^（([^（）]*)$/, '$1')
    .replace(/（）/g, '')
}

/** True for cells by which people say "nothing": 无, 未留, -, /, N/A, #N/A, null and the like. */
export function isNothing(text: string): boolean {
  // Most cells: neither a blank nor an exotic sign, longer than any such word or beginning otherwise.
  const first = text.charCodeAt(0)
  const word = (first >= 0x61 && first <= 0x7a) || (first >= 0x41 && first <= 0x5a) || first >= 0x4e00
  const digit = first >= 0x30 && first <= 0x39
  if ((digit || (word && (text.length > LONGEST_NOTHING || !BEGINS_NOTHING.has(first)))) && isPlain(text)) return false
  const bare = toHalfWidth(cleanText(text)).toLowerCase()
  return bare === '' || NOTHING.has(bare) || /^[-–—_/\\.。,、?？*·~～]+$/.test(bare)
}

/** Of those below. */
const LONGEST_NOTHING = 9

const NOTHING = new Set([
  '无',
  '没有',
  '未知',
  '不详',
  '未留',
  '未填',
  '暂无',
  '空',
  '待补',
  '待定',
  '未提供',
  '无电话',
  '略',
  'n/a',
  'na',
  'null',
  'none',
  'nil',
  'undefined',
  '(空)',
  '(blank)',
  'unknown',
  '#n/a',
  '#ref!',
  '#value!',
  '#name?',
  '#div/0!',
  '#null!',
  '#num!',
])

const BEGINS_NOTHING: ReadonlySet<number> = new Set(
  [...NOTHING].flatMap((word) => [word.charCodeAt(0), word.toUpperCase().charCodeAt(0)]),
)
