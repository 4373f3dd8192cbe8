import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useMemo } from 'react'
import { orderEntity } from '../../../src-shared/features/orders/entity.ts'
import type { Order } from '../../../src-shared/features/orders/model.ts'
import type { FieldDescriptor, FieldType } from '../../../src-shared/kernel/entity.ts'
import { Person } from '../../components/Avatar.tsx'
import { maySortBy } from '../../components/filter/askBy.ts'
import { Chip, CopyButton, StatusDot } from '../../components/marks.tsx'
import { type CellWords, plainValue, useCellWords } from '../../components/table/cellText.ts'
import type { Column } from '../../components/table/columns.ts'
import { Dash, Money, RelativeTime } from '../../components/values.tsx'
import { fieldRightOf, useApi, useCan, useMe } from '../../kernel/context.tsx'
import { fieldWord, optionWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { Star } from '../favourites/public.ts'
import { OpportunityLink } from '../opportunities/public.ts'
import { text } from './text.ts'
import { FIELDS, STATUS_TONE } from './words.ts'

const RIGHT: readonly FieldType[] = ['instant', 'number', 'money', 'date']
/** Told in the record, where there is room for it. */
const NOT_LISTED: ReadonlySet<string> = new Set(['createdBy', 'opportunityId', 'quoteId'])

/** What stands behind a reference, by the key of the name beside it. */
const nameOf = (row: Order, key: string): string | null => {
  const value = row[`${key.replace(/Id$/, '')}Name` as keyof Order]
  return typeof value === 'string' ? value : null
}

export const StatusText = ({ row }: { row: Order }) => (
  <StatusDot tone={STATUS_TONE[row.status]}>{optionWord('orders', 'status', row.status)}</StatusDot>
)

/** What no command would have made of an order that an import brought. */
export const IssueChip = ({ row }: { row: Pick<Order, 'issue'> }) =>
  row.issue === null ? null : <Chip tone="warn">{optionWord('orders', 'issue', row.issue)}</Chip>

export function CustomerText({ row }: { row: Pick<Order, 'customerId' | 'customerName'> }) {
  const t = useText(text)
  if (row.customerId === null) return <Dash />
  if (row.customerName === null) return <span className="t3">{t('customerUnseen')}</span>
  return (
    <Link to="/customers/$id" params={{ id: row.customerId }} className="el" onClick={(event) => event.stopPropagation()}>
      {row.customerName}
    </Link>
  )
}

export const ApprovalText = ({ approval }: Pick<Order, 'approval'>) =>
  approval && <StatusDot tone={approval === 'pending' ? 'warn' : 'ok'}>{optionWord('orders', 'approval', approval)}</StatusDot>

/** The quote an order was made of, for who sees it. */
function OfferText({ id }: { id: NonNullable<Order['quoteId']> }) {
  const maySee = useCan('quotes.read')
  const found = useQuery(
    useApi().quotes.get.queryOptions({ input: { id }, enabled: maySee, retry: false, meta: { shown: true } }),
  ).data
  if (!found) return <Dash />
  return (
    <Link to="/quotes/$id" params={{ id }} className="el">
      {found.number ?? found.name}
    </Link>
  )
}

/** Fields that are told by a dot or a chip. */
const MARKED: Readonly<Partial<Record<string, (props: { row: Order }) => ReactNode>>> = {
  status: StatusText,
  issue: IssueChip,
  approval: ({ row }) => <ApprovalText approval={row.approval} />,
}

/** How a field of an order reads, in the list and on the record alike. */
export function OrderValue({ field, row }: { field: FieldDescriptor; row: Order }) {
  const { key, type } = field
  const value = row[key as keyof Order]
  if (key === 'customerId') return <CustomerText row={row} />
  if (value === null || value === undefined || value === '') return <Dash />
  const Marked = MARKED[key]
  if (Marked) return <Marked row={row} />
  if (key === 'ownerId') return row.ownerName ? <Person name={row.ownerName} /> : <Dash />
  if (key === 'opportunityId') return row.opportunityId && <OpportunityLink id={row.opportunityId} />
  if (key === 'quoteId') return row.quoteId && <OfferText id={row.quoteId} />
  if (key === 'overdueFen')
    return value === 0 ? (
      <Dash />
    ) : (
      <span className="tbad">
        <Money fen={Number(value)} />
      </span>
    )
  if (type === 'reference') return nameOf(row, key) ?? <Dash />
  if (type === 'money') return <Money fen={Number(value)} />
  if (type === 'instant') return <RelativeTime at={String(value)} />
  return <span className={type === 'date' ? 'num' : 'lit'}>{String(value)}</span>
}

const NameCell = ({ row }: { row: Order }) => (
  <span className="copyable name-cell">
    <span className="name-link el">{row.name}</span>
    <CopyButton value={row.name} />
    <Star entity="order" id={row.id} inRow />
  </span>
)

const textOf = (field: FieldDescriptor, row: Order, words: CellWords): string =>
  field.type === 'reference' ? (nameOf(row, field.key) ?? '') : plainValue('orders', field, row[field.key as keyof Order], words)

/** The columns one may see; an order is changed in its record, where its sums follow. */
export function useOrderColumns(): readonly Column<Order>[] {
  const me = useMe()
  const words = useCellWords()
  return useMemo(
    () =>
      FIELDS.filter(({ key }) => fieldRightOf(me, 'order', key) !== 'hidden' && !NOT_LISTED.has(key)).map(
        (field): Column<Order> => ({
          key: field.key,
          title: fieldWord('orders', field.key),
          width: field.width ?? 116,
          hidden: field.width === undefined,
          sortable: maySortBy(me, orderEntity, field),
          ...(field.key === 'name' && { sticky: true }),
          ...(RIGHT.includes(field.type) && { align: 'right' as const }),
          render: (row) => (field.key === 'name' ? <NameCell row={row} /> : <OrderValue field={field} row={row} />),
          text: (row) => textOf(field, row, words),
        }),
      ),
    [me, words],
  )
}
