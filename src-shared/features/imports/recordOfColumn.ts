import type { TargetKey } from './mapping.ts'

type Column = { readonly index: number; readonly target: TargetKey | null }

/** Of what kind there may be several in a row of the file. */
export const SEVERAL: readonly string[] = ['contact']

/** Which record of its kind a column speaks of, counted from 0: as it says, else the nth column of a field speaks of the nth. */
export function recordOfColumn(columns: readonly Column[], { index, target }: Column): number {
  if (!target || !SEVERAL.includes(target.entity)) return 0
  if (target.at !== undefined) return target.at
  return columns.filter((one) => one.index < index && one.target?.entity === target.entity && one.target.field === target.field)
    .length
}
