import { useQuery } from '@tanstack/react-query'
import type { CheckRow, ImportColumn, ImportDetail } from '../../../src-shared/features/imports/model.ts'
import { useApi } from '../../kernel/context.tsx'

type Column = Pick<ImportColumn, 'target' | 'note'>
type Colleague = { id: string; name: string }

/** What a name of the file was put to: a colleague's own, nothing where it is left empty; null where nobody decided. */
export function putTo(
  { values }: ImportDetail['options'],
  colleagues: readonly Colleague[],
  { target, note }: Column,
  word: string,
): string | null {
  if (note?.code !== 'people' || !target) return null
  const chosen = values[`${target.entity}.${target.field}`]?.[word]
  if (chosen === undefined) return null
  return chosen === null ? '' : (colleagues.find(({ id }) => id === chosen)?.name ?? null)
}

type Cell = Pick<ImportColumn, 'index' | 'target' | 'note'>
type Row = Pick<CheckRow, 'cells' | 'problems'>
type Owning = Pick<ImportDetail, 'options' | 'userName' | 'entity'>

const isOwner = ({ target }: Pick<ImportColumn, 'target'>): boolean => target?.entity === 'customer' && target.field === 'ownerId'

/** Whom the cell of an owner comes to; empty where that is nobody. */
function ownerSaid(options: Owning['options'], colleagues: readonly Colleague[], column: Cell, { cells, problems }: Row): string {
  const word = cells[column.index] ?? ''
  const isUnread = problems.some(({ column: at, code }) => at === column.index && code.startsWith('person.'))
  return putTo(options, colleagues, column, word) ?? (isUnread ? '' : word)
}

/** Who gets a new customer whose cell comes to nobody; null where the cell itself says who, or nobody does. */
export function defaultOwner(detail: Owning, colleagues: readonly Colleague[], column: Cell, row: Row): string | null {
  const { options, userName, entity } = detail
  if (entity !== 'customer' || !isOwner(column) || ownerSaid(options, colleagues, column, row) !== '') return null
  const { ownerId } = options.defaults
  return ownerId === undefined ? userName : (colleagues.find(({ id }) => id === ownerId)?.name ?? null)
}

/** What will be written as the owner of a row; never a word of the file that came to nobody. Null where no column is of owners. */
export function ownerWritten(
  detail: Owning & Pick<ImportDetail, 'columns'>,
  colleagues: readonly Colleague[],
  row: Row,
  isNew: boolean,
): string | null {
  const column = detail.columns.find(isOwner)
  if (!column || detail.entity !== 'customer') return null
  const said = ownerSaid(detail.options, colleagues, column, row)
  return said === '' && isNew ? (defaultOwner(detail, colleagues, column, row) ?? '') : said
}

/** Colleagues as choices of owners name them. */
export function useColleagues(isAsked: boolean): readonly Colleague[] {
  const people = useQuery({ ...useApi().people.colleagues.queryOptions({ input: {}, staleTime: 60_000 }), enabled: isAsked })
  return people.data ?? []
}

/** As the check shows them: whom somebody chose, not what the file calls him. */
export function usePutTo({ columns, options }: ImportDetail): (column: Column, word: string) => string | null {
  const asked = columns.some(
    ({ target, note }) => target && note?.code === 'people' && options.values[`${target.entity}.${target.field}`],
  )
  const people = useQuery({ ...useApi().people.colleagues.queryOptions({ input: {}, staleTime: 60_000 }), enabled: asked })
  return (column, word) => putTo(options, people.data ?? [], column, word)
}
