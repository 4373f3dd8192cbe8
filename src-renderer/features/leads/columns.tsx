import { useMemo } from 'react'
import { leadEntity } from '../../../src-shared/features/leads/entity.ts'
import type { Lead } from '../../../src-shared/features/leads/model.ts'
import type { Me } from '../../../src-shared/features/session/contract.ts'
import type { FieldDescriptor, FieldType } from '../../../src-shared/kernel/entity.ts'
import { Person } from '../../components/Avatar.tsx'
import { maySortBy } from '../../components/filter/askBy.ts'
import { Chip, CopyButton, StatusDot } from '../../components/marks.tsx'
import { type CellWords, plainValue, useCellWords } from '../../components/table/cellText.ts'
import type { Column } from '../../components/table/columns.ts'
import { Dash, InstantText, PhoneText, RelativeTime } from '../../components/values.tsx'
import { fieldRightOf, useCan, useClock, useMe } from '../../kernel/context.tsx'
import { fieldWord, optionWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useOwnerOptions } from '../customers/public.ts'
import { Star } from '../favourites/public.ts'
import { toEditor } from '../fields/public.ts'
import { text } from './text.ts'
import { EDITOR, FIELDS, isOpen, STATUS_TONE, timeText } from './words.ts'

const RIGHT: readonly FieldType[] = ['instant', 'number']
const WIDTHS: Readonly<Record<string, number>> = { number: 130, note: 220, email: 180, address: 200, campaign: 140, poolId: 110 }
/** Chosen or said where there is room for it. */
const EDITED_ELSEWHERE: ReadonlySet<string> = new Set(['sourceId', 'arrivedAt'])

/** What stands behind a reference, by the key of the name beside it. */
const nameOf = (row: Lead, key: string): string | null => {
  const value = row[`${key.replace(/Id$/, '')}Name` as keyof Lead]
  return typeof value === 'string' ? value : null
}

export const StatusText = ({ row }: { row: Lead }) => (
  <StatusDot tone={STATUS_TONE[row.status]}>{optionWord('leads', 'status', row.status)}</StatusDot>
)

/** Whose a lead is; while it is nobody's, where it lies. */
export function OwnerText({ row }: { row: Lead }) {
  const t = useText(text)
  if (row.ownerName) return <Person name={row.ownerName} />
  if (row.ownerId !== null) return <Dash />
  return row.poolName ? (
    <span className="t3 el">{t('inPool', { pool: row.poolName })}</span>
  ) : (
    <Chip tone="lamp">{t('nobody')}</Chip>
  )
}

/** How soon it was answered; while nobody has, how long it has been waiting. `bare`: what stands beside says that it waits. */
export function ResponseText({ row, bare = false }: { row: Lead; bare?: boolean }) {
  const t = useText(text)
  const { nowMs } = useClock()
  if (row.responseSeconds !== null) return <span className="num">{timeText(t, row.responseSeconds)}</span>
  if (!isOpen(row) || row.firstFollowUpAt !== null) return <Dash />
  const waited = Math.max(0, (nowMs - Date.parse(row.arrivedAt)) / 1000)
  const time = timeText(t, waited)
  return <span className="num tbad">{bare ? time : t('waiting', { time })}</span>
}

/** How a field of a lead reads, in the list and on the record alike. */
export function LeadValue({ field, row }: { field: FieldDescriptor; row: Lead }) {
  const { key, type } = field
  const value = row[key as keyof Lead]
  if (key === 'status') return <StatusText row={row} />
  if (key === 'ownerId') return <OwnerText row={row} />
  if (key === 'responseSeconds') return <ResponseText row={row} />
  if (value === null || value === undefined || value === '') return <Dash />
  if (type === 'reference') return nameOf(row, key) ?? <Dash />
  if (type === 'phone') return <PhoneText phone={String(value)} />
  if (key === 'nextFollowUpAt') return <InstantText at={String(value)} late={isOpen(row)} />
  if (type === 'instant') return <RelativeTime at={String(value)} />
  return <span className="lit">{String(value)}</span>
}

const NameCell = ({ row }: { row: Lead }) => (
  <span className="copyable name-cell">
    <span className="name-link el">{row.name}</span>
    <CopyButton value={row.name} />
    <Star entity="lead" id={row.id} inRow />
  </span>
)

const textOf = (field: FieldDescriptor, row: Lead, words: CellWords): string =>
  field.type === 'reference' ? (nameOf(row, field.key) ?? '') : plainValue('leads', field, row[field.key as keyof Lead], words)

export const isEditable = (me: Me, field: FieldDescriptor): boolean =>
  EDITOR[field.type] !== undefined &&
  !field.readOnly &&
  !EDITED_ELSEWHERE.has(field.key) &&
  fieldRightOf(me, 'lead', field.key) === 'write'

/** The columns one may see, editable where the right says so. */
export function useLeadColumns(): readonly Column<Lead>[] {
  const me = useMe()
  const mayEdit = useCan('leads.edit')
  const owners = useOwnerOptions()
  const words = useCellWords()
  return useMemo(
    () =>
      FIELDS.filter(({ key }) => fieldRightOf(me, 'lead', key) !== 'hidden' && key !== 'createdBy').map((field): Column<Lead> => {
        const { key, type } = field
        const kind = EDITOR[type]
        return {
          key,
          title: fieldWord('leads', key),
          width: field.width ?? WIDTHS[key] ?? 110,
          hidden: field.width === undefined,
          sortable: maySortBy(me, leadEntity, field),
          ...(key === 'name' && { sticky: true }),
          ...(RIGHT.includes(type) && { align: 'right' as const }),
          render: (row) => (key === 'name' ? <NameCell row={row} /> : <LeadValue field={field} row={row} />),
          ...(mayEdit &&
            kind !== undefined &&
            isEditable(me, field) && {
              edit: {
                kind,
                options: key === 'ownerId' ? owners : [],
                value: (row: Lead) => toEditor(row[key as keyof Lead]),
                ...(key === 'name' && { byKeyOnly: true }),
              },
            }),
          text: (row) => textOf(field, row, words),
        }
      }),
    [me, mayEdit, owners, words],
  )
}
