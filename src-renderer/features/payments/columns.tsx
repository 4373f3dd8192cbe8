import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { paymentEntity } from '../../../src-shared/features/payments/entity.ts'
import type { Payment } from '../../../src-shared/features/payments/model.ts'
import type { FieldDescriptor, FieldType } from '../../../src-shared/kernel/entity.ts'
import { Person } from '../../components/Avatar.tsx'
import { maySortBy } from '../../components/filter/askBy.ts'
import { CopyButton, StatusDot } from '../../components/marks.tsx'
import { type CellWords, plainValue, useCellWords } from '../../components/table/cellText.ts'
import type { Column } from '../../components/table/columns.ts'
import { Dash, Money, RelativeTime } from '../../components/values.tsx'
import { fieldRightOf, useMe } from '../../kernel/context.tsx'
import { fieldWord, optionWord } from '../../kernel/slices.ts'
import { FIELDS } from './words.ts'

const RIGHT: readonly FieldType[] = ['instant', 'money', 'date']

export const KindText = ({ row }: { row: Pick<Payment, 'kind'> }) => (
  <StatusDot tone={row.kind === 'refund' ? 'warn' : 'ok'}>{optionWord('payments', 'kind', row.kind)}</StatusDot>
)

/** Money that went back stands below nothing. */
export const signed = ({ kind, amountFen }: Pick<Payment, 'kind' | 'amountFen'>): number | null =>
  amountFen === null ? null : kind === 'refund' ? -amountFen : amountFen

/** How a field of a payment reads, in the list and beside it. */
export function PaymentValue({ field, row }: { field: FieldDescriptor; row: Payment }) {
  const { key, type } = field
  const value = row[key as keyof Payment]
  if (value === null || value === undefined || value === '') return <Dash />
  if (key === 'customerId')
    return (
      <Link to="/customers/$id" params={{ id: String(value) }} className="el" onClick={(event) => event.stopPropagation()}>
        {row.customerName}
      </Link>
    )
  if (key === 'kind') return <KindText row={row} />
  if (key === 'authorId') return row.authorName ? <Person name={row.authorName} /> : <Dash />
  if (key === 'createdBy') return row.createdByName ? <Person name={row.createdByName} /> : <Dash />
  if (key === 'amountFen') return <Money fen={signed(row)} />
  if (type === 'money') return <Money fen={Number(value)} />
  if (type === 'select') return optionWord('payments', key, String(value))
  if (type === 'instant') return <RelativeTime at={String(value)} />
  return <span className={type === 'date' ? 'num' : 'lit'}>{String(value)}</span>
}

const NumberCell = ({ row }: { row: Payment }) => (
  <span className="copyable name-cell">
    <span className="name-link el num">{row.number}</span>
    <CopyButton value={row.number} />
  </span>
)

const textOf = (field: FieldDescriptor, row: Payment, words: CellWords): string => {
  if (field.key === 'customerId') return row.customerName ?? ''
  if (field.key === 'authorId') return row.authorName ?? ''
  return plainValue('payments', field, row[field.key as keyof Payment], words)
}

/** The columns one may see. */
export function usePaymentColumns(): readonly Column<Payment>[] {
  const me = useMe()
  const words = useCellWords()
  return useMemo(
    () =>
      FIELDS.filter(({ key }) => fieldRightOf(me, 'payment', key) !== 'hidden' && key !== 'createdBy').map(
        (field): Column<Payment> => ({
          key: field.key,
          title: fieldWord('payments', field.key),
          width: field.width ?? 116,
          hidden: field.width === undefined,
          sortable: maySortBy(me, paymentEntity, field),
          ...(field.key === 'number' && { sticky: true }),
          ...(RIGHT.includes(field.type) && { align: 'right' as const }),
          render: (row) => (field.key === 'number' ? <NumberCell row={row} /> : <PaymentValue field={field} row={row} />),
          text: (row) => textOf(field, row, words),
        }),
      ),
    [me, words],
  )
}
