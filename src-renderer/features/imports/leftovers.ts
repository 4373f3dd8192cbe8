import type { ImportStateName } from '../../../src-shared/features/imports/model.ts'

const UNDER_WAY: readonly ImportStateName[] = ['running', 'paused', 'interrupted']

/** Rows that were laid ready again are being mended, are being written, or are through: then some are left, or none. */
export function whereTheyAre(state: ImportStateName, left: number): 'mending' | 'underWay' | 'some' | 'settled' {
  if (state === 'done') return left > 0 ? 'some' : 'settled'
  return UNDER_WAY.includes(state) ? 'underWay' : 'mending'
}
