import { isNothing } from '../../../src-shared/kernel/cleaning/text.ts'
import type { Values } from '../../kernel/importer.ts'
import { type CellValue, cellText } from '../../kernel/workbook/sheet.ts'
import type { Pass } from './prepareTask.ts'
import type { Returned } from './returned.ts'
import type { StagedRow } from './staging.ts'
import { keepWithin } from './within.ts'

/** A row that came back with its record's number: cleaned where it was edited, and compared with nobody. */
export function stageReturned(row: number, cells: readonly CellValue[], back: Returned, pass: Pass): StagedRow {
  const asTyped = Array.from({ length: pass.input.width }, (_, index) => cellText(cells[index]))
  if (back.fault) return { row, kind: 'data', parts: {}, shown: asTyped, problems: [back.fault], keys: [], match: null, seen: [] }
  const cleaned = pass.exact.clean(back.cells, pass.input.width)
  for (const applied of cleaned.applied) pass.report?.add(row, applied)
  keepWithin(pass.importer, pass.input.actor, cleaned)
  const [part] = pass.importer.parts
  const values: Values = (part && cleaned.parts[part.name]?.[0]) ?? {}
  const keep = new Set(back.edit.keep)
  let edited = 0
  for (const { index, field } of pass.returning?.own ?? []) {
    if (keep.has(field.key)) continue
    const text = cellText(back.cells[index])
    // What was typed and cannot be read takes nothing away.
    if (values[field.key] === undefined && text.trim() !== '' && !isNothing(text)) keep.add(field.key)
    else edited++
  }
  const shown = asTyped.map((text, index) => (cellText(back.cells[index]) === '' ? text : (cleaned.shown[index] ?? text)))
  const match = {
    ...back.match,
    because: edited === 0 && Object.keys(cleaned.parts).length <= 1 ? ['id', 'unedited'] : ['id'],
    edit: { ...back.edit, keep: [...keep], conflicts: back.edit.conflicts.filter((key) => !keep.has(key)) },
  }
  const problems = [...pass.exact.aim(cleaned.problems), ...back.doubts]
  return { row, kind: 'data', parts: cleaned.parts, shown, problems, keys: [], match, seen: [] }
}
