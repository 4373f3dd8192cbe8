/** Why a formula cannot be used; `at` is where in its text. */
export class FormulaProblem extends Error {
  readonly code: FormulaProblemCode
  readonly at: number
  readonly detail: string
  constructor(code: FormulaProblemCode, at: number, detail = '') {
    super(`${code} at ${at}: ${detail}`)
    this.name = 'FormulaProblem'
    this.code = code
    this.at = at
    this.detail = detail
  }
}
export const FORMULA_PROBLEMS = [
  'empty',
  'tooLong',
  'unexpected',
  'textNotClosed',
  'fieldNotClosed',
  'unknownField',
  'unusableField',
  'unknownFunction',
  'arguments',
  'types',
  'cycle',
] as const
export type FormulaProblemCode = (typeof FORMULA_PROBLEMS)[number]

export type Token = { readonly at: number } & (
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'field'; readonly text: string; readonly byLabel: boolean }
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'sign'; readonly text: string }
)

export const MOST_CHARACTERS = 2000
/** Signs of a Chinese keyboard mean what their neighbours of the Latin one mean. */
const SAME: Readonly<Record<string, string>> = {
  '（': '(',
  '）': ')',
  '，': ',',
  '、': ',',
  '＋': '+',
  '－': '-',
  '−': '-',
  '×': '*',
  '＊': '*',
  '÷': '/',
  '／': '/',
  '％': '%',
  '＝': '=',
  '＜': '<',
  '＞': '>',
  '≤': '<=',
  '≥': '>=',
  '≠': '<>',
  '＆': '&',
}
const CLOSED_BY: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”', '”': '”', '「': '」' }

/** @throws FormulaProblem */
export function tokensOf(source: string): Token[] {
  if (source.length > MOST_CHARACTERS) throw new FormulaProblem('tooLong', 0, String(MOST_CHARACTERS))
  const tokens: Token[] = []
  let at = 0
  while (at < source.length) {
    const token = tokenAt(source, at)
    if (token.token) tokens.push(token.token)
    at = token.next
  }
  return tokens
}

type Read = { token: Token | null; next: number }

function tokenAt(source: string, at: number): Read {
  const sign = source.charAt(at)
  if (/\s/.test(sign)) return { token: null, next: at + 1 }
  if (CLOSED_BY[sign] !== undefined) return textAt(source, at, CLOSED_BY[sign])
  if (sign === '[' || sign === '【' || sign === '{') return fieldAt(source, at)
  const rest = source.slice(at)
  const number = /^\d+(?:\.\d+)?/.exec(rest)
  if (number) return { token: { kind: 'number', text: number[0], at }, next: at + number[0].length }
  const word = /^[\p{L}_][\p{L}\p{N}_]*/u.exec(rest)
  if (word) return { token: { kind: 'word', text: word[0].toLowerCase(), at }, next: at + word[0].length }
  return signAt(source, at)
}

function signAt(source: string, at: number): Read {
  const first = source.charAt(at)
  const plain = SAME[first] ?? first
  const second = SAME[source.charAt(at + 1)] ?? source.charAt(at + 1)
  const both = plain + second
  if (['<=', '>=', '<>', '!=', '=='].includes(both)) {
    const text = both === '!=' ? '<>' : both === '==' ? '=' : both
    return { token: { kind: 'sign', text, at }, next: at + 2 }
  }
  if (['+', '-', '*', '/', '%', '&', '=', '<', '>', '<=', '>=', '<>', '(', ')', ','].includes(plain))
    return { token: { kind: 'sign', text: plain, at }, next: at + 1 }
  throw new FormulaProblem('unexpected', at, first)
}

function textAt(source: string, at: number, close: string): Read {
  let text = ''
  for (let next = at + 1; next < source.length; next++) {
    if (source.charAt(next) !== close) text += source.charAt(next)
    // A doubled quotation mark is one of the text.
    else if (close === source.charAt(at) && source.charAt(next + 1) === close) text += source.charAt(next++)
    else return { token: { kind: 'text', text, at }, next: next + 1 }
  }
  throw new FormulaProblem('textNotClosed', at)
}

function fieldAt(source: string, at: number): Read {
  const open = source.charAt(at)
  const end = source.indexOf(open === '{' ? '}' : open === '[' ? ']' : '】', at)
  if (end < 0) throw new FormulaProblem('fieldNotClosed', at)
  const text = source.slice(at + 1, end).trim()
  return { token: { kind: 'field', text, byLabel: open !== '{', at }, next: end + 1 }
}

/** The text with every field written by its key, so that a field that is renamed stays the one that is meant. @throws FormulaProblem unknownField */
export function withKeys(source: string, keyOf: (label: string) => string | undefined): string {
  const named = (token: Token): string => {
    if (token.kind !== 'field' || !token.byLabel) return ''
    const key = keyOf(token.text)
    if (key === undefined) throw new FormulaProblem('unknownField', token.at, token.text)
    return `{${key}}`
  }
  return rewritten(source, named)
}

/** The text as it is read by people: every field by its name. */
export const withLabels = (source: string, labelOf: (key: string) => string | undefined): string =>
  rewritten(source, (token) => {
    const label = token.kind === 'field' && !token.byLabel ? labelOf(token.text) : undefined
    return label === undefined || label.includes(']') ? '' : `[${label}]`
  })

function rewritten(source: string, written: (token: Token) => string): string {
  let text = ''
  let at = 0
  for (const token of tokensOf(source)) {
    const instead = written(token)
    if (instead === '' || token.kind !== 'field') continue
    const close = token.byLabel ? (source.charAt(token.at) === '[' ? ']' : '】') : '}'
    text += source.slice(at, token.at) + instead
    at = source.indexOf(close, token.at) + 1
  }
  return text + source.slice(at)
}
