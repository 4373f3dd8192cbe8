import type { Actor } from '../../../src-shared/kernel/actor.ts'
import { fieldRight } from '../../../src-shared/kernel/actor.ts'
import type { CellGiven, CellProblem } from '../../../src-shared/kernel/cells/model.ts'
import { type CellRead, type CellWorld, readCell } from '../../../src-shared/kernel/cells/read.ts'
import type { CustomValue } from '../../../src-shared/kernel/custom/model.ts'
import { cleanCustom } from '../../../src-shared/kernel/custom/values.ts'
import { type EntityDescriptor, type FieldDescriptor, findField, isCustomKey } from '../../../src-shared/kernel/entity.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'

type Values = Record<string, unknown>
type Checked = { success: true; data?: unknown } | { success: false; error: { issues: readonly { code: string }[] } }
/** What a feature says of its cells beside the descriptor. */
export type CellRules = {
  /** The schema of one own field, null where people may not write it. */
  readonly schemaOf: (key: string) => { safeParse: (value: unknown) => Checked } | null
  /** Words for the options of own selects. */
  readonly words: CellWorld['words']
  /** The cleaning that a form and an inline edit have too. */
  readonly clean: (values: Values) => Values
}
/** A block as it was read: of each row its values by field, and what could not be read. */
export type ReadRow = { readonly values: Values; readonly problems: readonly CellProblem[] }

export const problemAt = (row: number | null, field: string | null, code: string, detail?: string | null): CellProblem => ({
  row,
  field,
  code,
  detail: detail === undefined || detail === null ? null : detail.slice(0, 80),
})

/** The columns that this person may fill, null where not; what is wrong with the others is told once for each. */
export function columnsOf(
  actor: Actor,
  entity: EntityDescriptor,
  rules: CellRules,
  keys: readonly string[],
): { fields: (FieldDescriptor | null)[]; problems: CellProblem[] } {
  const problems: CellProblem[] = []
  const fields = keys.map((key) => {
    const field = findField(entity, key)
    const isOpen = field && !field.readOnly && (isCustomKey(key) || field.type === 'tags' || rules.schemaOf(key) !== null)
    if (field && isOpen && fieldRight(actor, entity.name, key) === 'write') return field
    problems.push(problemAt(null, key, field && isOpen ? 'noRight' : 'readOnly'))
    return null
  })
  return { fields, problems }
}

/** One row of cells as values; `row` is its place in the block. */
export function readRow(
  cells: readonly CellGiven[],
  row: number,
  { fields, rules, world }: { fields: readonly (FieldDescriptor | null)[]; rules: CellRules; world: CellWorld },
): ReadRow {
  const given: Values = {}
  const problems: CellProblem[] = []
  const say = (field: FieldDescriptor, code: string, detail?: string) => problems.push(problemAt(row, field.key, code, detail))
  for (const [at, field] of fields.entries()) {
    const cell = cells[at] ?? null
    if (field === null || cell === null) continue
    const read = typeof cell === 'string' ? readCell(field, cell, world) : rawCell(field, cell.value, world)
    if ('problem' in read) say(field, read.problem, read.detail ?? (typeof cell === 'string' ? cell : undefined))
    else given[field.key] = read.value
  }
  const cleaned = rules.clean(given)
  const values: Values = {}
  for (const [key, value] of Object.entries(cleaned)) {
    const field = fields.find((one) => one?.key === key)
    const checked = field ? checkedValue(field, value, rules) : { value }
    if ('problem' in checked && field) say(field, checked.problem, typeof given[key] === 'string' ? given[key] : undefined)
    else if ('value' in checked) values[key] = checked.value
  }
  return { values, problems }
}

/** A value as it is stored, which a fill copies from one cell to the next; the person it names has to be here. */
function rawCell(field: FieldDescriptor, value: unknown, { people }: CellWorld): CellRead {
  if (field.reference !== 'employee' || value === null) return { value }
  const person = [...people.values()].flat().find(({ id }) => id === value)
  if (!person) return { problem: 'ownerUnknown' }
  return person.left ? { problem: 'ownerLeft' } : { value }
}

type CheckedCell = { value: unknown } | { problem: string }
function checkedValue(field: FieldDescriptor, value: unknown, rules: CellRules): CheckedCell {
  if (field.required && (value === null || value === '')) return { problem: 'required' }
  if (isCustomKey(field.key)) {
    try {
      return { value: cleanCustom(field, value as CustomValue) }
    } catch (error) {
      if (error instanceof Refusal) return { problem: error.reason }
      throw error
    }
  }
  if (field.type === 'tags') return tagsOf(value)
  const empty = field.type === 'boolean' && value === null ? false : value
  const checked = rules.schemaOf(field.key)?.safeParse(empty)
  if (!checked || checked.success) return { value: empty }
  // A field may be a must without being marked as one: a status is never nothing.
  if (empty === null || empty === '') return { problem: 'required' }
  return { problem: checked.error.issues.some(({ code }) => code === 'too_big') ? 'textTooLong' : 'notText' }
}

function tagsOf(value: unknown): CheckedCell {
  if (!Array.isArray(value) || value.some((tag) => typeof tag !== 'string')) return { problem: 'notText' }
  return value.length > 50 ? { problem: 'tooManyTags' } : { value }
}
