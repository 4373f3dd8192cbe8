import type { FieldDescriptor } from '../../entity.ts'
import { dateIn } from '../../dateIn.ts'
import { type FormulaType, typeOfFormula } from './check.ts'
import { CellError, type CellErrorCode, evaluate, type Value } from './evaluate.ts'
import { fieldsOf, type Node, parseFormula } from './parse.ts'
import { fromDecimal, rational, roundedUnits } from '../../rational.ts'
import { FormulaProblem, type FormulaProblemCode } from './tokens.ts'

/** What a formula's cell holds: its value, or why there is none. */
export type Computed = string | number | boolean | null | { readonly error: CellErrorCode }
export type Env = { readonly today: () => string; readonly zone: () => string }
/** A formula made ready. `inputs`: the stored fields it rests on, in the end; who may not read one of them may not read it. */
export type FormulaProgram = {
  readonly source: string
  readonly inputs: readonly string[]
  readonly problem?: FormulaProblemCode
  /** `known`: results of other formulas of the same record, so that none is worked out twice. */
  readonly compute: (stored: (key: string) => unknown, env: Env, known?: Map<string, Computed>) => Computed
}

const TYPES: Partial<Record<FieldDescriptor['type'], FormulaType>> = {
  text: 'text',
  longText: 'text',
  phone: 'text',
  email: 'text',
  link: 'text',
  time: 'text',
  select: 'text',
  multiSelect: 'text',
  number: 'number',
  money: 'money',
  date: 'date',
  instant: 'date',
  boolean: 'boolean',
}
/** As what a field stands in formulas; null when it cannot. */
export const formulaTypeOf = (field: FieldDescriptor): FormulaType | null => TYPES[field.type] ?? null

const DIGITS = 6
const MOST_TEXT = 5000
const LARGEST = 10n ** 15n

/** A stored value as formulas reckon with it: amounts in yuan, options by their words, moments by their day. */
function valueOf(field: FieldDescriptor, stored: unknown, env: Env): Value {
  if (stored === null || stored === undefined || stored === '') return null
  switch (field.type) {
    case 'money':
      return Number.isSafeInteger(stored)
        ? { type: 'figure', value: rational(BigInt(stored as number), 100n), money: true }
        : null
    case 'number': {
      const value = fromDecimal(String(stored))
      return value && { type: 'figure', value, money: false }
    }
    case 'boolean':
      return { type: 'boolean', value: stored === true || stored === 1 }
    case 'date':
      return { type: 'date', value: String(stored) }
    case 'instant':
      return { type: 'date', value: dateIn(String(stored), env.zone()) }
    case 'select':
      return { type: 'text', value: wordOf(field, String(stored)) }
    case 'multiSelect':
      return {
        type: 'text',
        value: String(stored)
          .split(',')
          .map((one) => wordOf(field, one))
          .join('、'),
      }
    default:
      return { type: 'text', value: String(stored) }
  }
}
const wordOf = (field: FieldDescriptor, value: string): string =>
  field.choices?.find((choice) => choice.value === value)?.label ?? value

/** A value as the field's cell holds it: fen, numbers with their decimals. @throws CellError */
function cellOf(value: Value, type: FieldDescriptor['type'], precision: number): Exclude<Computed, { error: unknown }> {
  if (value === null) return null
  if (value.type !== 'figure') {
    if (value.type === 'text' && value.value.length > MOST_TEXT) throw new CellError('tooLarge')
    return value.value
  }
  const digits = type === 'money' ? 2 : precision
  const units = roundedUnits(value.value, digits)
  if (units >= LARGEST || units <= -LARGEST) throw new CellError('tooLarge')
  return type === 'money' ? Number(units) : Number(units) / 10 ** digits
}

/** The field of a formula as its result makes it, with the program behind it. */
export function formulaField(field: FieldDescriptor, type: FormulaType, program: FormulaProgram): FieldDescriptor {
  const shown = type === 'nothing' ? 'text' : type
  return { ...field, type: shown, readOnly: true, formula: program, ...(shown === 'text' && { maxLength: MOST_TEXT }) }
}

export type FormulaRow = { readonly field: FieldDescriptor; readonly source: string }
type Made = { readonly field: FieldDescriptor; readonly type: FormulaType }

/**
 * Formulas among the fields they may name, each checked with those it rests on. One that cannot be used (a field is gone, a circle) is
 * there all the same: its cells say so.
 */
export function formulaFields(fields: readonly FieldDescriptor[], rows: readonly FormulaRow[]): FieldDescriptor[] {
  const made = new Map<string, Made>()
  const stored = new Map(fields.map((field) => [field.key, field]))
  const waiting = new Map(rows.map((row) => [row.field.key, row]))
  const open = new Set<string>()
  const make = (row: FormulaRow): Made => {
    const known = made.get(row.field.key)
    if (known) return known
    if (open.has(row.field.key)) throw new FormulaProblem('cycle', 0, row.field.key)
    open.add(row.field.key)
    try {
      return compiled(row, stored, (key) => {
        const other = waiting.get(key)
        return other && make(other)
      })
    } finally {
      open.delete(row.field.key)
    }
  }
  for (const row of rows) made.set(row.field.key, safely(row, make))
  return rows.flatMap((row) => made.get(row.field.key)?.field ?? [])
}

function safely(row: FormulaRow, make: (row: FormulaRow) => Made): Made {
  try {
    return make(row)
  } catch (error) {
    if (!(error instanceof FormulaProblem)) throw error
    const program = { source: row.source, inputs: [], problem: error.code, compute: () => ({ error: 'broken' as const }) }
    return { field: formulaField(row.field, 'text', program), type: 'text' }
  }
}

/** @throws FormulaProblem */
function compiled(
  { field, source }: FormulaRow,
  stored: ReadonlyMap<string, FieldDescriptor>,
  formula: (key: string) => Made | undefined,
): Made {
  const node = parseFormula(source)
  const named = [...fieldsOf(node)]
  const others = new Map(named.flatMap((key) => (stored.has(key) ? [] : [[key, formula(key)] as const])))
  const type = typeOfFormula(node, (key) => {
    const own = stored.get(key)
    return own ? formulaTypeOf(own) : others.get(key)?.type
  })
  const inputs = [...new Set(named.flatMap((key) => others.get(key)?.field.formula?.inputs ?? [key]))]
  const shown = formulaField(field, type, { source, inputs, compute: () => null })
  return { field: { ...shown, formula: { source, inputs, compute: computing(node, shown, { stored, others }) } }, type }
}

function computing(
  node: Node,
  field: FieldDescriptor,
  { stored, others }: { stored: ReadonlyMap<string, FieldDescriptor>; others: ReadonlyMap<string, Made | undefined> },
): FormulaProgram['compute'] {
  return (raw, env, known = new Map()) => {
    const valueAt = (key: string): Value => {
      const own = stored.get(key)
      if (own) return valueOf(own, raw(key), env)
      const other = others.get(key)?.field
      if (!known.has(key)) known.set(key, other?.formula?.compute(raw, env, known) ?? null)
      const value = known.get(key) ?? null
      if (typeof value === 'object' && value !== null) throw new CellError(value.error)
      return other ? valueOf(other, value, env) : null
    }
    try {
      return cellOf(evaluate(node, { valueOf: valueAt, today: env.today }), field.type, field.precision ?? DIGITS)
    } catch (error) {
      if (error instanceof CellError) return { error: error.code }
      throw error
    }
  }
}

/** The first problem of a formula among fields and formulas, or the type it results in. @throws FormulaProblem */
export function checkFormula(
  fields: readonly FieldDescriptor[],
  rows: readonly FormulaRow[],
  asked: FormulaRow,
): FieldDescriptor {
  const others = rows.filter(({ field }) => field.key !== asked.field.key)
  const all = formulaFields(fields, [...others, asked])
  const made = all.find(({ key }) => key === asked.field.key)
  const problem = made?.formula?.problem
  if (!made || problem) throw problemOf(asked, fields, others, problem)
  const broken = all.find(({ key, formula }) => formula?.problem === 'cycle' && key !== asked.field.key)
  if (broken) throw new FormulaProblem('cycle', 0, broken.label ?? broken.key)
  return made
}

/** The same problem again, with its place in the text. */
function problemOf(
  asked: FormulaRow,
  fields: readonly FieldDescriptor[],
  others: readonly FormulaRow[],
  code: FormulaProblemCode | undefined,
): FormulaProblem {
  if (code === 'cycle') return new FormulaProblem('cycle', 0)
  const stored = new Map(fields.map((field) => [field.key, field]))
  const made = new Map(formulaFields(fields, others).map((field) => [field.key, field]))
  try {
    compiled(asked, stored, (key) => {
      const field = made.get(key)
      if (field?.formula?.problem) throw new FormulaProblem('cycle', 0, field.label ?? field.key)
      return field && { field, type: formulaTypeOf(field) ?? 'nothing' }
    })
  } catch (error) {
    if (error instanceof FormulaProblem) return error
    throw error
  }
  return new FormulaProblem(code ?? 'unexpected', 0)
}
