import type { ImportColumn } from '../../../src-shared/features/imports/model.ts'
import { recordOfColumn } from '../../../src-shared/features/imports/recordOfColumn.ts'

type Column = Pick<ImportColumn, 'index' | 'target'>

const FIRST = ['customer.name', 'contact.name', 'contact.phone', 'customer.phone', 'customer.level', 'customer.ownerId']

/** Who it is stands first, whatever the order of the file; a second and third contact stay together behind. */
export function inOrder<Of extends Column>(columns: readonly Of[]): Of[] {
  const rank = (column: Of): number => {
    const { target } = column
    const at = target && recordOfColumn(columns, column) === 0 ? FIRST.indexOf(`${target.entity}.${target.field}`) : -1
    return at < 0 ? FIRST.length : at
  }
  return columns.filter((column) => column.target).sort((a, b) => rank(a) - rank(b) || a.index - b.index)
}
