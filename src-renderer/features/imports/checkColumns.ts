import type { ImportColumn, ImportDetail } from '../../../src-shared/features/imports/model.ts'
import { recordOfColumn } from '../../../src-shared/features/imports/recordOfColumn.ts'
import { showsOwners } from './usePutTo.ts'

type Column = Pick<ImportColumn, 'index' | 'target'>

const FIRST = [
  'customer.name',
  'contact.name',
  'contact.phone',
  'customer.phone',
  'customer.level',
  'customer.ownerId',
  'customer.poolId',
]

/** Who it is stands first, whatever the order of the file; a second and third contact stay together behind. */
export function inOrder<Of extends Column>(columns: readonly Of[]): Of[] {
  const rank = (column: Of): number => {
    const { target } = column
    const at = target && recordOfColumn(columns, column) === 0 ? FIRST.indexOf(`${target.entity}.${target.field}`) : -1
    return at < 0 ? FIRST.length : at
  }
  return columns.filter((column) => column.target).sort((a, b) => rank(a) - rank(b) || a.index - b.index)
}

/** A column that the file has not: its cells show what becomes of a row, and nobody types into them. */
const OWNERS: ImportColumn = {
  index: -1,
  letter: '',
  header: '',
  samples: [],
  target: { entity: 'customer', field: 'ownerId' },
  confidence: 1,
  because: 'none',
  note: null,
}
export const isOfFile = ({ index }: Pick<ImportColumn, 'index'>): boolean => index >= 0

/** What the check shows of a row: the mapped columns, and whose it becomes where a pool may get it. */
export const checkColumns = (detail: Pick<ImportDetail, 'entity' | 'columns' | 'options'>): ImportColumn[] =>
  inOrder(showsOwners(detail) ? [...detail.columns, OWNERS] : detail.columns)
