import { useQuery } from '@tanstack/react-query'
import type { CheckRow, ImportColumn, ImportDetail } from '../../../src-shared/features/imports/model.ts'
import { useApi } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

type Column = Pick<ImportColumn, 'target' | 'note'>
type Named = readonly { id: string; name: string }[]
/** Whose a customer can be, and how a pool is called where an owner would stand. */
export type Holders = { colleagues: Named; pools: Named; inPool: (name: string) => string }

const keyOf = ({ target }: Column): string => (target ? `${target.entity}.${target.field}` : '')
const nameIn = (named: Named, id: string | undefined): string | null => named.find((one) => one.id === id)?.name ?? null

/** What a name of the file was put to: a colleague's or a pool's own, nothing where it is left empty; null where nobody decided. */
export function putTo({ values }: ImportDetail['options'], holders: Holders, column: Column, word: string): string | null {
  const { note, target } = column
  const named = note?.code === 'people' ? holders.colleagues : note?.code === 'pools' ? holders.pools : null
  if (!named || !target) return null
  const chosen = values[keyOf(column)]?.[word]
  if (chosen === undefined) return null
  return chosen === null ? '' : nameIn(named, chosen)
}

type Cell = Pick<ImportColumn, 'index' | 'target' | 'note'>
type Row = Pick<CheckRow, 'cells' | 'problems'>
type Owning = Pick<ImportDetail, 'options' | 'userName' | 'entity' | 'columns'>

const isOwner = (column: Column): boolean => keyOf(column) === 'customer.ownerId'
const isPool = (column: Column): boolean => keyOf(column) === 'customer.poolId'

/** Whom or what a cell comes to; empty where that is nobody. */
function saidIn({ options }: Owning, holders: Holders, column: Cell, { cells, problems }: Row): string {
  const word = cells[column.index] ?? ''
  const isUnread = problems.some(({ column: at, code }) => at === column.index && /^(?:person|pool)\./.test(code))
  return putTo(options, holders, column, word) ?? (isUnread ? '' : word)
}

const isRefused = ({ index }: Cell, { problems }: Row): boolean =>
  problems.some(({ column, level }) => column === index && level === 'error')

/**
 * Where a customer goes whose cell of owners comes to nobody: into the pool that the row names or, when he is new, to whom or where the
 * defaults say. Null where the cell itself says who, or nobody does.
 */
export function defaultOwner(detail: Owning, holders: Holders, column: Cell, row: Row, isNew: boolean): string | null {
  const { options, userName, entity, columns } = detail
  if (entity !== 'customer' || !isOwner(column) || saidIn(detail, holders, column, row) !== '') return null
  const ofPools = columns.find(isPool)
  const { ownerId, poolId } = options.defaults
  const named = ofPools && (isNew || !isRefused(ofPools, row)) ? saidIn(detail, holders, ofPools, row) : ''
  const pool = named || (isNew && poolId ? nameIn(holders.pools, poolId) : null)
  if (pool !== null) return holders.inPool(pool)
  if (!isNew || poolId) return null
  return ownerId === undefined ? userName : nameIn(holders.colleagues, ownerId ?? undefined)
}

/** What will be written as the owner of a row; never a word of the file that came to nobody. Null where no column is of owners. */
export function ownerWritten(detail: Owning, holders: Holders, row: Row, isNew: boolean): string | null {
  const column = detail.columns.find(isOwner)
  if (!column || detail.entity !== 'customer') return null
  return saidIn(detail, holders, column, row) || (defaultOwner(detail, holders, column, row, isNew) ?? '')
}

/** Whether rows may go into pools: by default, or because a column names them. */
export const goesIntoPools = ({ entity, columns, options }: Pick<Owning, 'entity' | 'columns' | 'options'>): boolean =>
  entity === 'customer' && (Boolean(options.defaults.poolId) || columns.some(isPool))

/** Whether cells of the file say into which pool. */
export const namesPools = ({ columns }: Pick<Owning, 'columns'>): boolean => columns.some(isPool)

/** Whether every new customer does, as far as the mapping tells. */
export const goAllIntoPools = (detail: Pick<Owning, 'entity' | 'columns' | 'options'>): boolean =>
  goesIntoPools(detail) && Boolean(detail.options.defaults.poolId) && !detail.columns.some(isOwner)

/** Then their owners are shown even where no column of the file says them. */
export const showsOwners = (detail: Pick<Owning, 'entity' | 'columns' | 'options'>): boolean =>
  goesIntoPools(detail) && !detail.columns.some(isOwner)

/** Colleagues and pools as their choices name them, where a column or a default speaks of them. */
export function useHolders({ columns, options }: Pick<Owning, 'columns' | 'options'>): Holders {
  const t = useText(text)
  const api = useApi()
  const ofPeople = columns.some((column) => isOwner(column) || (column.note?.code === 'people' && options.values[keyOf(column)]))
  const ofPools = columns.some(isPool) || Boolean(options.defaults.poolId)
  const people = useQuery({
    ...api.people.colleagues.queryOptions({ input: {}, staleTime: 60_000 }),
    enabled: ofPeople || ofPools,
  })
  const pools = useQuery({ ...api.pools.choices.queryOptions({ input: {}, staleTime: 60_000 }), enabled: ofPools })
  return { colleagues: people.data ?? [], pools: pools.data ?? [], inPool: (name) => t('inPool', { name }) }
}
