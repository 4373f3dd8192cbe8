import type { OwnChange } from '../../../src-shared/features/imports/ownRules.ts'
import type { CleaningRule } from '../../../src-shared/features/imports/model.ts'
import type { FieldDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { Entity } from '../../../src-shared/kernel/procedure.ts'
import type { CellProblem, CleanRow, Values } from '../../kernel/importer.ts'
import type { CellValue } from '../../kernel/workbook/sheet.ts'
import type { CellMemo } from './cellMemo.ts'
import type { CleanSettings } from './clean.ts'
import type { Pasted } from './pastedCells.ts'

/** `own`: the number of the user's own rule that did it. */
export type Applied = { rule: CleaningRule | 'own'; column: number; before: string; after: string; own?: string }
export type CleanedRow = CleanRow & { shown: string[]; applied: Applied[] }

export type Slot = { column: number; header: string; entity: Entity; field: FieldDescriptor; at: number; memo: CellMemo | null }
export type Cell = { text: string; raw: CellValue }
export type Into = CleanedRow & {
  settings: CleanSettings
  off: ReadonlySet<string>
  own: ReadonlyMap<number, OwnChange>
  pasted: Pasted[]
}
export function partOf(into: Into, entity: Entity, at: number): Values {
  const list = (into.parts[entity] ??= at === 0 ? [{}] : [])
  while (list.length <= at) list.push({})
  return list[at] as Values
}

export function problem(into: Into, column: number, level: CellProblem['level'], code: string, detail?: string): void {
  into.problems.push({ column, level, code, ...(detail === undefined ? {} : { detail: detail.slice(0, 80) }) })
}

export function apply(into: Into, slot: Slot, rule: CleaningRule, before: string, after: string): void {
  if (before !== after) into.applied.push({ rule, column: slot.column, before, after })
}

/** The first sign nearly always says it: ASCII with ink, or beyond the last of the blanks. */
export function isBlank(text: string): boolean {
  const first = text.charCodeAt(0)
  const hasInk = (first > 0x20 && first < 0x7f) || (first > 0x3000 && first !== 0xfeff)
  return !hasInk && text.trim() === ''
}

/** Puts what an importer says of a field to the column it stands in. */
export function aimedAt(slots: readonly Slot[]): (problems: readonly CellProblem[]) => CellProblem[] {
  const columnOf = new Map(slots.toReversed().map(({ entity, field, column }) => [`${entity}.${field.key}`, column]))
  return (problems) =>
    problems.map(({ field, ...one }) =>
      field === undefined || one.column !== null ? one : { ...one, column: columnOf.get(field) ?? null },
    )
}
