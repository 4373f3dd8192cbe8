import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { opportunityEntity } from '../../../src-shared/features/opportunities/entity.ts'
import type { Opportunity } from '../../../src-shared/features/opportunities/model.ts'
import type { FieldDescriptor, FieldType } from '../../../src-shared/kernel/entity.ts'
import { Person } from '../../components/Avatar.tsx'
import { maySortBy } from '../../components/filter/askBy.ts'
import { CopyButton, StatusDot } from '../../components/marks.tsx'
import { type CellWords, plainValue, useCellWords } from '../../components/table/cellText.ts'
import type { Column } from '../../components/table/columns.ts'
import { Dash, InstantText, Money, RelativeTime } from '../../components/values.tsx'
import { fieldRightOf, useCan, useClock, useMe } from '../../kernel/context.tsx'
import { fieldWord, optionWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useOwnerOptions } from '../customers/public.ts'
import { toEditor } from '../fields/public.ts'
import { Star } from '../favourites/public.ts'
import { text } from './text.ts'
import { EDITED_ELSEWHERE, EDITOR, FIELDS, STATE_TONE } from './words.ts'

const RIGHT: readonly FieldType[] = ['instant', 'number', 'money', 'date']
const WIDTHS: Readonly<Record<string, number>> = {
  state: 84,
  probability: 72,
  weighted: 110,
  pipelineId: 110,
  number: 130,
  note: 220,
}
/** What stands behind a reference, by the key of the name beside it. */
const nameOf = (row: Opportunity, key: string): string | null => {
  const value = row[`${key.replace(/Id$/, '')}Name` as keyof Opportunity]
  return typeof value === 'string' ? value : null
}

export function StageText({ row }: { row: Opportunity }) {
  return <StatusDot tone={STATE_TONE[row.state]}>{row.stageName}</StatusDot>
}

export function CustomerText({ row }: { row: Opportunity }) {
  const t = useText(text)
  if (row.customerId === null) return <Dash />
  if (row.customerName === null) return <span className="t3">{t('customerUnseen')}</span>
  return (
    <Link to="/customers/$id" params={{ id: row.customerId }} className="el" onClick={(event) => event.stopPropagation()}>
      {row.customerName}
    </Link>
  )
}

/** How long it has stood where it stands; red once that is too long. */
export function Standing({ row }: { row: Opportunity }) {
  const { nowMs } = useClock()
  return <RelativeTime at={row.stageEnteredAt} late={row.rotsAt !== null && Date.parse(row.rotsAt) <= nowMs} />
}

function Told({ field, row }: { field: FieldDescriptor; row: Opportunity }) {
  return plainValue('opportunities', field, row[field.key as keyof Opportunity], useCellWords())
}

/** How a field of an opportunity reads, in the list and on the record alike. */
export function OpportunityValue({ field, row }: { field: FieldDescriptor; row: Opportunity }) {
  const { key, type } = field
  const value = row[key as keyof Opportunity]
  if (key === 'stageId') return <StageText row={row} />
  if (key === 'customerId') return <CustomerText row={row} />
  if (key === 'stageEnteredAt') return <Standing row={row} />
  if (value === null || value === undefined || value === '') return <Dash />
  if (key === 'ownerId') return row.ownerName ? <Person name={row.ownerName} /> : <Dash />
  if (key === 'state')
    return <StatusDot tone={STATE_TONE[row.state]}>{optionWord('opportunities', 'state', row.state)}</StatusDot>
  if (type === 'reference') return nameOf(row, key) ?? <Dash />
  if (type === 'boolean') return <Told field={field} row={row} />
  if (type === 'money') return <Money fen={Number(value)} />
  if (key === 'nextAt') return <InstantText at={String(value)} late={row.state === 'open'} />
  if (type === 'instant') return <RelativeTime at={String(value)} />
  if (type === 'number')
    return (
      <span className="num">
        {String(value)}
        {field.unit}
      </span>
    )
  return <span className={type === 'date' ? 'num' : 'lit'}>{String(value)}</span>
}

const NameCell = ({ row }: { row: Opportunity }) => (
  <span className="copyable name-cell">
    <span className="name-link el">{row.name}</span>
    <CopyButton value={row.name} />
    <Star entity="opportunity" id={row.id} inRow />
  </span>
)

const textOf = (field: FieldDescriptor, row: Opportunity, words: CellWords): string =>
  field.type === 'reference'
    ? (nameOf(row, field.key) ?? '')
    : plainValue('opportunities', field, row[field.key as keyof Opportunity], words)

/** The columns one may see, editable where the right says so. */
export function useOpportunityColumns(): readonly Column<Opportunity>[] {
  const me = useMe()
  const mayEdit = useCan('opportunities.edit')
  const owners = useOwnerOptions()
  const words = useCellWords()
  return useMemo(
    () =>
      FIELDS.filter(({ key }) => fieldRightOf(me, 'opportunity', key) !== 'hidden' && key !== 'createdBy').map(
        (field): Column<Opportunity> => {
          const { key, type } = field
          const kind = EDITOR[type]
          const canEdit =
            mayEdit &&
            kind !== undefined &&
            !field.readOnly &&
            !EDITED_ELSEWHERE.has(key) &&
            fieldRightOf(me, 'opportunity', key) === 'write'
          return {
            key,
            title: fieldWord('opportunities', key),
            width: field.width ?? WIDTHS[key] ?? 110,
            hidden: field.width === undefined,
            sortable: maySortBy(me, opportunityEntity, field),
            ...(key === 'name' && { sticky: true }),
            ...(RIGHT.includes(type) && { align: 'right' as const }),
            render: (row) => (key === 'name' ? <NameCell row={row} /> : <OpportunityValue field={field} row={row} />),
            ...(canEdit && {
              edit: {
                kind,
                options: key === 'ownerId' ? owners : [],
                value: (row: Opportunity) => toEditor(row[key as keyof Opportunity]),
                ...(key === 'name' && { byKeyOnly: true }),
              },
            }),
            text: (row) => textOf(field, row, words),
          }
        },
      ),
    [me, mayEdit, owners, words],
  )
}
