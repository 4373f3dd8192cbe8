import type { CheckRow } from '../../../src-shared/features/imports/model.ts'

/** What Delete does to a row: leaves it out, takes that back, or nothing (titles and sums are not imported anyway). */
export function onDelete(row: Pick<CheckRow, 'kind' | 'plan' | 'decision'>): 'leaveOut' | 'takeBack' | null {
  if (row.kind !== 'data') return null
  return row.decision === 'skip' ? 'takeBack' : 'leaveOut'
}
