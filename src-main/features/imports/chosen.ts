import type { CheckRow } from '../../../src-shared/features/imports/model.ts'
import type { Entity } from '../../../src-shared/kernel/procedure.ts'
import type { Entities } from '../../kernel/livingEntities.ts'
import { importerIn } from './registry.ts'
import type { Bench } from './staging.ts'
import type { Run } from './store.ts'

/** A column of choices, and where in a row's parts the chosen one stands. */
export type ChoiceColumn = { index: number; entity: Entity; field: string }
/** Columns of choices of the row's own record, and of what was said first: there it is plain which record of the row a column is of. */
export function choiceColumns(run: Run, entities: Entities): ChoiceColumn[] {
  const { parts } = importerIn(entities, run.entity)
  return (run.mapping?.columns ?? []).flatMap(({ index, target }) => {
    const part = parts.find(({ name }) => name === target?.entity)
    const field = part?.fields.find(({ key, type }) => key === target?.field && type === 'select')
    return part && field && (part === parts[0] || part.name === 'followUp')
      ? [{ index, entity: part.name, field: field.key }]
      : []
  })
}

/** The file's words stay in the cells, what they were put to stands beside them. */
export function withOptions(bench: Bench, rows: readonly CheckRow[], choices: readonly ChoiceColumn[]): CheckRow[] {
  if (choices.length === 0) return [...rows]
  const parts = new Map(bench.among(rows.map(({ row }) => row)).map((one) => [one.row, one.parts]))
  return rows.map((row) => {
    const chosen = choices.flatMap(({ index, entity, field }) => {
      const value = parts.get(row.row)?.[entity]?.[0]?.[field]
      return typeof value === 'string' ? [[String(index), value]] : []
    })
    return chosen.length === 0 ? row : { ...row, options: Object.fromEntries(chosen) as Record<string, string> }
  })
}
