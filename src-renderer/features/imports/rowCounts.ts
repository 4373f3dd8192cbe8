import type { ImportDetail, ImportSummary } from '../../../src-shared/features/imports/model.ts'

/**
 * The check counts every row of the sheet but its header, so rows of a title above it come on top of those the steps before it spoke of. Said,
 * so that one file has one number of rows.
 */
export const titleRows = ({ plan, dataRows }: Pick<ImportDetail, 'plan' | 'dataRows'>): number =>
  plan === null ? 0 : Math.max(0, plan.rows - dataRows)

/** How many rows a run has been through; `of` where it has not come to the end of the file. */
export function rowsThrough({ counts, progress }: Pick<ImportSummary, 'counts' | 'progress'>): { n: number; of: number | null } {
  const isUnderWay = progress?.what === 'running' && progress.total > counts.rowsRead
  return { n: counts.rowsRead, of: isUnderWay ? progress.total : null }
}
