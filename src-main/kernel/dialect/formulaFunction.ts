import type BetterSqlite3 from 'better-sqlite3'
import { TODAY_FUNCTION } from '../../../src-shared/kernel/entity.ts'
import type { Env, FormulaProgram } from '../../../src-shared/kernel/custom/formula/program.ts'

/**
 * Formulas inside statements: filters, orders and sums ask the very evaluator that fills the cells, so that a list never shows one value
 * and sorts by another, and amounts stay exact. (An engine without functions of the program's own would keep the values in a column.)
 */
export const FORMULA_FUNCTION = 'kezhan_formula'

const numbers = new WeakMap<FormulaProgram, number>()
const programs = new Map<number, WeakRef<FormulaProgram>>()
let last = 0

/** The number under which statements of this thread name a formula. */
export function formulaNumber(program: FormulaProgram): number {
  const known = numbers.get(program)
  if (known !== undefined) return known
  numbers.set(program, ++last)
  programs.set(last, new WeakRef(program))
  return last
}

const envs = new WeakMap<BetterSqlite3.Database, Env>()
/** What formulas on a connection take for today, and for the zone of moments. */
export const setFormulaEnv = (raw: BetterSqlite3.Database, env: Env): void => void envs.set(raw, env)
const UTC: Env = { today: () => new Date().toISOString().slice(0, 10), zone: () => 'UTC' }

/** Makes formulas, and the day of the company, known to a connection. Not deterministic: today is another day tomorrow. */
export function registerFormulas(raw: BetterSqlite3.Database): void {
  raw.function(TODAY_FUNCTION, { deterministic: false, directOnly: true }, () => (envs.get(raw) ?? UTC).today())
  raw.function(
    FORMULA_FUNCTION,
    { varargs: true, deterministic: false, directOnly: true },
    (number: unknown, ...values: unknown[]) => {
      const program = programs.get(Number(number))?.deref()
      if (!program) throw new Error(`no formula ${String(number)}`)
      const value = program.compute((key) => values[program.inputs.indexOf(key)], envs.get(raw) ?? UTC)
      if (typeof value === 'object') return null
      if (typeof value === 'boolean') return value ? 1n : 0n
      return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value
    },
  )
}
