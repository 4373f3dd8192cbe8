import type { Node } from './parse.ts'
import * as exact from '../../rational.ts'
import type { Rational } from '../../rational.ts'

/** What a cell shows instead of a value. */
export const CELL_ERRORS = ['divisionByZero', 'tooLarge', 'broken'] as const
export type CellErrorCode = (typeof CELL_ERRORS)[number]
export class CellError extends Error {
  readonly code: CellErrorCode
  constructor(code: CellErrorCode) {
    super(code)
    this.name = 'CellError'
    this.code = code
  }
}

export type Value =
  | { readonly type: 'figure'; readonly value: Rational; readonly money: boolean }
  | { readonly type: 'text'; readonly value: string }
  | { readonly type: 'date'; readonly value: string }
  | { readonly type: 'boolean'; readonly value: boolean }
  | null
export type Surroundings = { readonly valueOf: (key: string) => Value; readonly today: () => string }

const truth = (value: boolean): Value => ({ type: 'boolean', value })
const figure = (value: Rational, money: boolean): Value => ({ type: 'figure', value, money })
const isTrue = (value: Value): boolean => value?.type === 'boolean' && value.value
const DAY_MS = 86_400_000
const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS

/** A date so many days later. Beyond the years that dates are written in there is none. */
function plusDays(date: string, days: Rational): Value {
  const at = BigInt(dayNumber(date)) + exact.floor(days)
  if (at < -700_000n || at > 2_900_000n) throw new CellError('tooLarge')
  const value = new Date(Number(at) * DAY_MS).toISOString().slice(0, 10)
  if (!/^\d{4}-/.test(value)) throw new CellError('tooLarge')
  return { type: 'date', value }
}

/** The value of a checked formula; empty fields make arithmetic empty, and are left out of min, max and texts. @throws CellError */
export function evaluate(node: Node, around: Surroundings): Value {
  switch (node.kind) {
    case 'number':
      return figure(exact.fromDecimal(node.text) ?? exact.rational(0n), false)
    case 'text':
      return node.text === '' ? null : { type: 'text', value: node.text }
    case 'boolean':
      return truth(node.value)
    case 'field':
      return around.valueOf(node.key)
    case 'minus': {
      const of = evaluate(node.of, around)
      return of?.type === 'figure' ? figure({ n: -of.value.n, d: of.value.d }, of.money) : null
    }
    case 'operator':
      return operate(node, around)
    default:
      return call(node, around)
  }
}

function operate({ sign, left, right }: Extract<Node, { kind: 'operator' }>, around: Surroundings): Value {
  const [a, b] = [evaluate(left, around), evaluate(right, around)]
  if (sign === '&') return textOr(asText(a) + asText(b))
  if (sign === '=' || sign === '<>') return truth((order(a, b) === 0) === (sign === '='))
  if (a === null || b === null) return isOrder(sign) ? truth(false) : null
  if (isOrder(sign)) return truth(ordered(sign, order(a, b)))
  if (a.type === 'date') {
    if (b.type === 'date') return figure(exact.rational(BigInt(dayNumber(a.value) - dayNumber(b.value))), false)
    if (b.type !== 'figure') return null
    return plusDays(a.value, sign === '-' ? { n: -b.value.n, d: b.value.d } : b.value)
  }
  return a.type === 'figure' && b.type === 'figure' ? reckon(sign, a, b) : null
}

type Figure = Extract<Value, { type: 'figure' }>
function reckon(sign: string, a: Figure, b: Figure): Value {
  const money = a.money || b.money
  switch (sign) {
    case '+':
      return figure(exact.add(a.value, b.value), money)
    case '-':
      return figure(exact.subtract(a.value, b.value), money)
    case '*':
      return figure(exact.multiply(a.value, b.value), money)
    default:
      if (b.value.n === 0n) throw new CellError('divisionByZero')
      if (sign === '/') return figure(exact.divide(a.value, b.value), a.money && !b.money)
      return figure(
        exact.subtract(a.value, exact.multiply(b.value, exact.rational(exact.floor(exact.divide(a.value, b.value))))),
        a.money,
      )
  }
}

const isOrder = (sign: string): sign is '<' | '<=' | '>' | '>=' => ['<', '<=', '>', '>='].includes(sign)
const ordered = (sign: string, by: number): boolean =>
  sign === '<' ? by < 0 : sign === '<=' ? by <= 0 : sign === '>' ? by > 0 : by >= 0

/** Nothing equals nothing. */
function order(a: Value, b: Value): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1
  if (a.type === 'figure' && b.type === 'figure') return exact.compare(a.value, b.value)
  const [left, right] = [a.value as string | boolean, b.value as string | boolean]
  return left === right ? 0 : left < right ? -1 : 1
}

const textOr = (text: string): Value => (text === '' ? null : { type: 'text', value: text })
function asText(value: Value): string {
  if (value === null) return ''
  if (value.type !== 'figure') return String(value.value)
  const digits = value.money ? 2 : 6
  const units = exact.roundedUnits(value.value, digits)
  const text = (units < 0n ? -units : units).toString().padStart(digits + 1, '0')
  const written = `${units < 0n ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`
  return value.money ? written : written.replace(/\.?0+$/, '')
}

function call({ name, args }: Extract<Node, { kind: 'call' }>, around: Surroundings): Value {
  const value = (at: number): Value => (args[at] ? evaluate(args[at], around) : null)
  switch (name) {
    case 'if':
      return isTrue(value(0)) ? value(1) : value(2)
    case 'and':
      return truth(args.every((_, at) => isTrue(value(at))))
    case 'or':
      return truth(args.some((_, at) => isTrue(value(at))))
    case 'not':
      return truth(!isTrue(value(0)))
    case 'isempty':
      return truth(value(0) === null)
    case 'coalesce': {
      for (let at = 0; at < args.length; at++) {
        const one = value(at)
        if (one !== null) return one
      }
      return null
    }
    case 'today':
      return { type: 'date', value: around.today() }
    default:
      return ofAll(
        name,
        args.map((_, at) => value(at)),
      )
  }
}

type Given = readonly Value[]
const OF_ALL: Readonly<Record<string, (given: Given) => Value>> = {
  join: ([between = null, ...parts]) =>
    textOr(
      parts
        .map(asText)
        .filter((text) => text !== '')
        .join(asText(between)),
    ),
  min: (given) => outermost(given, -1),
  max: (given) => outermost(given, 1),
  round: ([of = null, digits = null]) =>
    of?.type === 'figure' ? figure(exact.round(of.value, digitsOf(digits)), of.money) : null,
  abs: ([of = null]) => (of?.type === 'figure' && of.value.n < 0n ? figure({ n: -of.value.n, d: of.value.d }, of.money) : of),
  days: ([from = null, to = null]) =>
    from?.type === 'date' && to?.type === 'date'
      ? figure(exact.rational(BigInt(dayNumber(to.value) - dayNumber(from.value))), false)
      : null,
  year: ([of = null]) => partOf(of, 0, 4),
  month: ([of = null]) => partOf(of, 5, 7),
}

function ofAll(name: string, given: Given): Value {
  const work = OF_ALL[name]
  if (!work) throw new CellError('broken')
  return work(given)
}

const partOf = (date: Value, from: number, to: number): Value =>
  date?.type === 'date' ? figure(exact.rational(BigInt(date.value.slice(from, to))), false) : null

const digitsOf = (value: Value): number => (value?.type === 'figure' ? Number(exact.floor(value.value)) : 0)

function outermost(given: readonly Value[], side: 1 | -1): Value {
  const money = given.some((one) => one?.type === 'figure' && one.money)
  const best = given.reduce((found, one) => {
    if (one === null) return found
    return found === null || order(one, found) * side > 0 ? one : found
  }, null)
  return best?.type === 'figure' ? figure(best.value, money) : best
}
