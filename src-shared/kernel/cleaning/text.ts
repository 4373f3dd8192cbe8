/** Characters that carry no ink: zero-width marks, soft hyphen, byte order mark, direction marks, C0/C1 controls except tab and line ends. */
const INVISIBLE =
  /[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad\u180e\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f]/g
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f]/g
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

const BLANK = 0x20

/** Whether one line of text stands as it is: all signs have ink but single blanks inside. False for some others too, which are then cleaned in vain. */
function isTidy(text: string): boolean {
  let before = BLANK
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code > 0x7e ? !hasInk(code) : code < BLANK || (code === BLANK && before === BLANK)) return false
    before = code
  }
  return before !== BLANK || text === ''
}

/** Of signs beyond ASCII. */
function hasInk(code: number): boolean {
  if (code > 0x3000) return code !== 0xfeff
  return code < 0x2000 ? code > 0xad && code !== 0x1680 && code !== 0x180e : code > 0x206f && code !== 0x3000
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
  if (isTidy(text)) return text
  const bare = JOINER.test(text)
    ? text.replace(INVISIBLE, (sign, at: number) => (joins(text, sign, at) ? sign : ''))
    : text.replace(INVISIBLE, '')
  return bare.replace(EXOTIC_BLANK, ' ')
}

const JOINER = /[\u200c\u200d]/
const ENDS_PICTURE = /\p{Extended_Pictographic}(?:\ufe0e|\ufe0f|\p{Emoji_Modifier})?$/u
const BEGINS_PICTURE = /^\p{Extended_Pictographic}/u
const LETTER_THAT_JOINS =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Sinhala}\p{M}]$/u

/** Without its joiner a family falls into four people, and a Persian or Hindi word is written another way. */
function joins(text: string, sign: string, at: number): boolean {
  if (!JOINER.test(sign)) return false
  const before = text.slice(Math.max(0, at - 4), at)
  if (sign === '\u200d' && ENDS_PICTURE.test(before)) return BEGINS_PICTURE.test(text.slice(at + 1, at + 3))
  return LETTER_THAT_JOINS.test(before)
}

/** Signs that no screen shows and no file should hold; tabs and line ends stay. */
export const withoutControls = (text: string): string => text.replace(CONTROL, '')

/** One line of text: invisible signs out, blanks and line breaks collapsed to one blank, trimmed. */
export function cleanText(text: string): string {
  return isTidy(text) ? text : removeInvisible(text).replace(/\s+/g, ' ').trim()
}

/** Several lines of text: as cleanText, but line breaks are kept (at most one empty line in a row). */
export function cleanLongText(text: string): string {
  if (isTidy(text)) return text
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
  const signs = signsOf(line)
  if ((signs & (GAP | ODD | OPEN)) === 0) return line
  let joined = line
  if ((signs & WIDE) !== 0) joined = digitsToHalfWidth(joined)
  if ((signs & GAP) !== 0) joined = joined.replace(CJK_BLANK, '$1')
  if ((signs & WIDE) !== 0) joined = joined.replace(/＆/g, '&').replace(/．/g, '.')
  if ((signs & HAN) === 0) return toHalfWidth(joined)
  if ((signs & BRACKET) === 0) return joined
  return joined
    .replace(/\s*[(（﹙⟮【［[]\s*/g, '（')
    .replace(/\s*[)）﹚⟯】］\]]\s*/g, '）')
    .replace(/^（([^（）]*)$/, '$1')
    .replace(/（）/g, '')
}

/** What a name holds that decides how it is written. */
const HAN = 1
const GAP = 2
const BRACKET = 4
const OPEN = 8
/** Any full-width form. */
const WIDE = 16
/** Any sign that is neither ASCII nor a common Chinese character. */
const ODD = 32

function signsOf(text: string): number {
  let signs = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= 0x4e00 && code <= 0x9fff) signs |= HAN
    else if (code === BLANK) signs |= GAP
    else if (code > 0x7e) signs |= ODD | oddSign(code)
    else if (code === 0x28) signs |= BRACKET | OPEN
    else if (code === 0x29 || code === 0x5b || code === 0x5d) signs |= BRACKET
  }
  return signs
}

function oddSign(code: number): number {
  if (code >= 0x3400 && code < 0x4e00) return HAN
  const wide = code > 0xff00 && code < 0xff5f ? WIDE : 0
  return BRACKETS.includes(String.fromCharCode(code)) ? wide | BRACKET : wide
}

const BRACKETS = '（）［］【】﹙﹚⟮⟯'

/** True for cells by which people say "nothing": 无, 未留, -, /, N/A, #N/A, null and the like. */
export function isNothing(text: string): boolean {
  if (saysSomething(text)) return false
  // Of the rest most are short words: neither a blank nor an exotic sign, beginning otherwise than any such word.
  const first = text.charCodeAt(0)
  const word = (first >= 0x61 && first <= 0x7a) || (first >= 0x41 && first <= 0x5a) || first >= 0x4e00
  const digit = first >= 0x30 && first <= 0x39
  if ((digit || (word && (text.length > LONGEST_NOTHING || !BEGINS_NOTHING.has(first)))) && isPlain(text)) return false
  const bare = toHalfWidth(cleanText(text)).toLowerCase()
  return bare === '' || NOTHING.has(bare) || /^[-–—_/\\.。,、?？*·~～]+$/.test(bare)
}

/** A figure, or more Chinese characters than any such word has. */
function saysSomething(text: string): boolean {
  let han = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= 0x31 && code <= 0x39) return true
    if (code >= 0x4e00 && code <= 0x9fff && ++han > MOST_HAN) return true
  }
  return false
}

/** Of those below. */
const LONGEST_NOTHING = 9
const MOST_HAN = 3

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
