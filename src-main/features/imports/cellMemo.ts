import type { FieldDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { CellProblem } from '../../kernel/importer.ts'
import { type CellValue, cellText } from '../../kernel/workbook/sheet.ts'
import type { Applied, Into, Slot } from './cellInto.ts'

/** All that one cell does to its row, its value apart. */
type Outcome = {
  readonly value: unknown
  readonly shown: string
  readonly applied: readonly Applied[]
  readonly problems: readonly CellProblem[]
}

const MOST = 4000
const LONGEST = 60
/** Where fewer cells than one in so many came back, remembering costs more than it saves. */
const WORTH = 5

/**
 * Levels, trades, days and notes come again and again: what a cell of a column was read as is kept for the next one like it.
 * Numbers and addresses do not, and columns in which nothing comes back are soon left alone.
 */
export class CellMemo {
  readonly #outcomes = new Map<string, Outcome>()
  #asked = 0
  #found = 0
  #idle = false

  /** Null for a cell that is not worth remembering. */
  keyOf(raw: CellValue): string | null {
    if (this.#idle) return null
    if (typeof raw === 'string') return raw.length > LONGEST ? null : raw
    // A day is read by its text.
    return typeof raw === 'object' && raw !== null && 'date' in raw ? cellText(raw) : null
  }

  get(key: string): Outcome | undefined {
    this.#asked++
    const known = this.#outcomes.get(key)
    if (known) this.#found++
    return known
  }

  set(key: string, outcome: Outcome): void {
    if (this.#outcomes.size >= MOST) {
      this.#idle = this.#found * WORTH < this.#asked
      this.#outcomes.clear()
      this.#asked = 0
      this.#found = 0
    }
    if (!this.#idle) this.#outcomes.set(key, outcome)
  }
}

/** Phones also fill further fields of their row, addresses are read together with other columns. */
export const memoFor = ({ type, group }: FieldDescriptor): CellMemo | null =>
  group === 'address' || type === 'phone' ? null : new CellMemo()

export const remembered = (into: Into, slot: Slot, before: { applied: number; problems: number }, value: unknown): Outcome => ({
  value: ownCopy(value),
  shown: into.shown[slot.column] ?? '',
  applied: into.applied.slice(before.applied),
  problems: into.problems.slice(before.problems).map((one) => ({ ...one })),
})

/** Tags are a list that a later step of one row may change. */
const ownCopy = (value: unknown): unknown => (Array.isArray(value) ? [...(value as unknown[])] : value)

/** Does to the row what the first such cell did to its own. */
export function replay(into: Into, slot: Slot, { value, shown, applied, problems }: Outcome): unknown {
  into.shown[slot.column] = shown
  for (const one of applied) into.applied.push(one)
  for (const one of problems) into.problems.push({ ...one })
  return ownCopy(value)
}
