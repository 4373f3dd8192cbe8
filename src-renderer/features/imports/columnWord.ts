import type { ImportDetail } from '../../../src-shared/features/imports/model.ts'
import { fieldWord } from '../../kernel/slices.ts'

/** How a column is called: as in the file, or by its field where the file names none. */
export function columnWord(detail: Pick<ImportDetail, 'columns' | 'targets'>, index: number): string {
  const column = detail.columns.find((one) => one.index === index)
  if (column?.header) return column.header
  const target = column?.target
  if (!target) return column?.letter ?? ''
  return fieldWord(detail.targets.find(({ entity }) => entity === target.entity)?.feature ?? '', target.field)
}
