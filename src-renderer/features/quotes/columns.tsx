import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { quoteEntity } from '../../../src-shared/features/quotes/entity.ts'
import type { Quote } from '../../../src-shared/features/quotes/model.ts'
import type { FieldDescriptor, FieldType } from '../../../src-shared/kernel/entity.ts'
import { Person } from '../../components/Avatar.tsx'
import { maySortBy } from '../../components/filter/askBy.ts'
import { Chip, CopyButton, StatusDot } from '../../components/marks.tsx'
import { type CellWords, plainValue, useCellWords } from '../../components/table/cellText.ts'
import type { Column } from '../../components/table/columns.ts'
import { Dash, Money, RelativeTime } from '../../components/values.tsx'
import { fieldRightOf, useMe } from '../../kernel/context.tsx'
import { fieldWord, optionWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { OpportunityLink } from '../opportunities/public.ts'
import { text } from './text.ts'
import { FIELDS, STATUS_TONE } from './words.ts'

const RIGHT: readonly FieldType[] = ['instant', 'number', 'money', 'date']
const WIDTHS: Readonly<Record<string, number>> = { versionNo: 72, superseded: 110, note: 220, terms: 220, reason: 180 }
/** What stands behind a reference, by the key of the name beside it. */
const nameOf = (row: Quote, key: string): string | null => {
  const value = row[`${key.replace(/Id$/, '')}Name` as keyof Quote]
  return typeof value === 'string' ? value : null
}

export function StatusText({ row }: { row: Quote }) {
  return <StatusDot tone={STATUS_TONE[row.status]}>{optionWord('quotes', 'status', row.status)}</StatusDot>
}

export function CustomerText({ row }: { row: Quote }) {
  const t = useText(text)
  if (row.customerId === null) return <Dash />
  if (row.customerName === null) return <span className="t3">{t('customerUnseen')}</span>
  return (
    <Link to="/customers/$id" params={{ id: row.customerId }} className="el" onClick={(event) => event.stopPropagation()}>
      {row.customerName}
    </Link>
  )
}

/** How a field of a quote reads, in the list and on the record alike. */
export function QuoteValue({ field, row }: { field: FieldDescriptor; row: Quote }) {
  const { key, type } = field
  const value = row[key as keyof Quote]
  if (key === 'status') return <StatusText row={row} />
  if (key === 'customerId') return <CustomerText row={row} />
  if (value === null || value === undefined || value === '' || value === false || value === 0) return <Dash />
  if (key === 'ownerId') return row.ownerName ? <Person name={row.ownerName} /> : <Dash />
  if (key === 'opportunityId') return row.opportunityId && <OpportunityLink id={row.opportunityId} />
  if (type === 'reference') return nameOf(row, key) ?? <Dash />
  if (type === 'money') return <Money fen={Number(value)} />
  if (type === 'instant') return <RelativeTime at={String(value)} />
  if (type === 'boolean') return <Old />
  if (type === 'number')
    return (
      <span className="num">
        {String(value)}
        {field.unit}
      </span>
    )
  return <span className={type === 'date' ? 'num' : 'lit'}>{String(value)}</span>
}

const Old = () => <Chip>{useText(text)('old')}</Chip>

const NameCell = ({ row }: { row: Quote }) => (
  <span className="copyable name-cell">
    <span className="name-link el">{row.name}</span>
    <CopyButton value={row.name} />
  </span>
)

const textOf = (field: FieldDescriptor, row: Quote, words: CellWords): string =>
  field.type === 'reference' ? (nameOf(row, field.key) ?? '') : plainValue('quotes', field, row[field.key as keyof Quote], words)

/** The columns one may see. */
export function useQuoteColumns(): readonly Column<Quote>[] {
  const me = useMe()
  const words = useCellWords()
  return useMemo(
    () =>
      FIELDS.filter(
        ({ key }) => fieldRightOf(me, 'quote', key) !== 'hidden' && key !== 'createdBy' && key !== 'opportunityId',
      ).map((field): Column<Quote> => {
        const { key, type } = field
        return {
          key,
          title: fieldWord('quotes', key),
          width: field.width ?? WIDTHS[key] ?? 110,
          hidden: field.width === undefined,
          sortable: maySortBy(me, quoteEntity, field),
          ...(key === 'name' && { sticky: true }),
          ...(RIGHT.includes(type) && { align: 'right' as const }),
          render: (row) => (key === 'name' ? <NameCell row={row} /> : <QuoteValue field={field} row={row} />),
          text: (row) => textOf(field, row, words),
        }
      }),
    [me, words],
  )
}
