import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { invoiceEntity } from '../../../src-shared/features/invoices/entity.ts'
import type { Invoice } from '../../../src-shared/features/invoices/model.ts'
import type { FieldDescriptor, FieldType } from '../../../src-shared/kernel/entity.ts'
import { Person } from '../../components/Avatar.tsx'
import { maySortBy } from '../../components/filter/askBy.ts'
import { Chip, CopyButton, StatusDot } from '../../components/marks.tsx'
import { type CellWords, plainValue, useCellWords } from '../../components/table/cellText.ts'
import type { Column } from '../../components/table/columns.ts'
import { Dash, Money, PhoneText, RelativeTime } from '../../components/values.tsx'
import { fieldRightOf, useMe } from '../../kernel/context.tsx'
import { fieldWord, optionWord } from '../../kernel/slices.ts'
import { FIELDS, STATUS_TONE } from './words.ts'

const RIGHT: readonly FieldType[] = ['instant', 'money', 'date']

export const StatusText = ({ row }: { row: Pick<Invoice, 'status'> }) => (
  <StatusDot tone={STATUS_TONE[row.status]}>{optionWord('invoices', 'status', row.status)}</StatusDot>
)

/** What of an invoice that an import brought no command would have made. */
export const IssueChip = ({ row }: { row: Pick<Invoice, 'issue'> }) =>
  row.issue === null ? null : <Chip tone="warn">{optionWord('invoices', 'issue', row.issue)}</Chip>

/** How a field of an invoice reads, in the list and beside it. */
export function InvoiceValue({ field, row }: { field: FieldDescriptor; row: Invoice }) {
  const { key, type } = field
  const value = row[key as keyof Invoice]
  if (value === null || value === undefined || value === '') return <Dash />
  if (key === 'customerId')
    return (
      <Link to="/customers/$id" params={{ id: String(value) }} className="el" onClick={(event) => event.stopPropagation()}>
        {row.customerName}
      </Link>
    )
  if (key === 'status') return <StatusText row={row} />
  if (key === 'requesterId') return row.requesterName ? <Person name={row.requesterName} /> : <Dash />
  if (key === 'createdBy') return row.createdByName ? <Person name={row.createdByName} /> : <Dash />
  if (type === 'money')
    return (
      <span className={row.status === 'void' ? 'inv-void' : undefined}>
        <Money fen={Number(value)} />
      </span>
    )
  if (type === 'select') return optionWord('invoices', key, String(value))
  if (type === 'instant') return <RelativeTime at={String(value)} />
  if (type === 'phone') return <PhoneText phone={String(value)} />
  return (
    <span className={type === 'date' || key === 'officialNumber' || key === 'taxNumber' ? 'num' : 'lit'}>{String(value)}</span>
  )
}

const NumberCell = ({ row }: { row: Invoice }) => (
  <span className="copyable name-cell">
    <span className="name-link el num">{row.number}</span>
    <CopyButton value={row.number} />
  </span>
)

const textOf = (field: FieldDescriptor, row: Invoice, words: CellWords): string => {
  if (field.key === 'customerId') return row.customerName ?? ''
  if (field.key === 'requesterId') return row.requesterName ?? ''
  return plainValue('invoices', field, row[field.key as keyof Invoice], words)
}

/** The columns one may see. */
export function useInvoiceColumns(): readonly Column<Invoice>[] {
  const me = useMe()
  const words = useCellWords()
  return useMemo(
    () =>
      FIELDS.filter(({ key }) => fieldRightOf(me, 'invoice', key) !== 'hidden' && key !== 'createdBy').map(
        (field): Column<Invoice> => ({
          key: field.key,
          title: fieldWord('invoices', field.key),
          width: field.width ?? 116,
          hidden: field.width === undefined,
          sortable: maySortBy(me, invoiceEntity, field),
          ...(field.key === 'number' && { sticky: true }),
          ...(RIGHT.includes(field.type) && { align: 'right' as const }),
          render: (row) => (field.key === 'number' ? <NumberCell row={row} /> : <InvoiceValue field={field} row={row} />),
          text: (row) => textOf(field, row, words),
        }),
      ),
    [me, words],
  )
}
