import { useMemo } from 'react'
import { purchaseEntity } from '../../../src-shared/features/purchases/entity.ts'
import type { Purchase } from '../../../src-shared/features/purchases/model.ts'
import type { FieldDescriptor, FieldType } from '../../../src-shared/kernel/entity.ts'
import { Person } from '../../components/Avatar.tsx'
import { maySortBy } from '../../components/filter/askBy.ts'
import { Chip, CopyButton, StatusDot } from '../../components/marks.tsx'
import { type CellWords, plainValue, useCellWords } from '../../components/table/cellText.ts'
import type { Column } from '../../components/table/columns.ts'
import { Dash, Money, RelativeTime } from '../../components/values.tsx'
import { fieldRightOf, useMe } from '../../kernel/context.tsx'
import { fieldWord, optionWord } from '../../kernel/slices.ts'
import { FIELDS, STATE_TONE } from './words.ts'

const RIGHT: readonly FieldType[] = ['instant', 'money', 'date', 'number']

export const StateText = ({ row }: { row: Pick<Purchase, 'state'> }) => (
  <StatusDot tone={STATE_TONE[row.state]}>{optionWord('purchases', 'state', row.state)}</StatusDot>
)

export const IssueChip = ({ row }: { row: Pick<Purchase, 'issue'> }) =>
  row.issue === null ? null : <Chip tone="warn">{optionWord('purchases', 'issue', row.issue)}</Chip>

/** How a field of a purchase reads, in the list and beside it. */
export function PurchaseValue({ field, row }: { field: FieldDescriptor; row: Purchase }) {
  const { key, type } = field
  const value = key === 'warehouseId' ? row.warehouseName : row[key as keyof Purchase]
  if (value === null || value === undefined || value === '') return <Dash />
  if (key === 'state') return <StateText row={row} />
  if (key === 'issue') return <IssueChip row={row} />
  if (key === 'authorId') return row.authorName ? <Person name={row.authorName} /> : <Dash />
  if (key === 'createdBy') return row.createdByName ? <Person name={row.createdByName} /> : <Dash />
  if (key === 'progress') return <span className={value === 0 ? 'num t4' : 'num'}>{String(value)}%</span>
  if (type === 'money') return <Money fen={Number(value)} />
  if (type === 'instant') return <RelativeTime at={String(value)} />
  return <span className={type === 'date' ? 'num' : 'lit'}>{String(value)}</span>
}

const NumberCell = ({ row }: { row: Purchase }) => (
  <span className="copyable name-cell">
    <span className="name-link el num">{row.number}</span>
    <CopyButton value={row.number} />
  </span>
)

const textOf = (field: FieldDescriptor, row: Purchase, words: CellWords): string => {
  if (field.key === 'warehouseId') return row.warehouseName ?? ''
  if (field.key === 'authorId') return row.authorName ?? ''
  return plainValue('purchases', field, row[field.key as keyof Purchase], words)
}

/** The columns one may see. */
export function usePurchaseColumns(): readonly Column<Purchase>[] {
  const me = useMe()
  const words = useCellWords()
  return useMemo(
    () =>
      FIELDS.filter(({ key }) => fieldRightOf(me, 'purchase', key) !== 'hidden' && key !== 'createdBy').map(
        (field): Column<Purchase> => ({
          key: field.key,
          title: fieldWord('purchases', field.key),
          width: field.width ?? 116,
          hidden: field.width === undefined,
          sortable: maySortBy(me, purchaseEntity, field),
          ...(field.key === 'number' && { sticky: true }),
          ...(RIGHT.includes(field.type) && { align: 'right' as const }),
          render: (row) => (field.key === 'number' ? <NumberCell row={row} /> : <PurchaseValue field={field} row={row} />),
          text: (row) => textOf(field, row, words),
        }),
      ),
    [me, words],
  )
}
