import { orderEntity } from '../../../src-shared/features/orders/entity.ts'
import { placesSaid } from '../../../src-shared/features/orders/sheet.ts'
import { sortKey } from '../../../src-shared/kernel/pinyin/pinyin.ts'
import type { CleanRow, Placing } from '../../kernel/importer.ts'
import { customerReach, reaches, reachIn } from '../../kernel/policy.ts'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const ORDERS =
  'select o.id, o.number, o.name, o.customer_id as customerId, o.owner_id as ownerId, o.issue, c.owner_id as homeOwnerId from'
const HOME = 'left join customer c on c.id = o.customer_id'
const BY_NUMBER = `${ORDERS} (select ? as word) w cross join sales_order o on o.number = w.word or o.id = upper(w.word) ${HOME}
  where o.deleted_at is null limit 50`
const BY_NAME = `${ORDERS} sales_order o ${HOME} where o.name_sort = ? and o.deleted_at is null limit 50`

type Found = { id: string; customerId: string | null }
/** The order that a word means, by its number before its name; of several those of the customer, and those that no import has flagged. */
function orderNamed(word: string, home: string, { read, actor }: Pick<Placing, 'read' | 'actor'>): Found | 'unknown' | 'several' {
  const isSeen = (row: Record<string, unknown>): boolean =>
    reaches(reachIn(actor, orderEntity, 'read'), text(row['ownerId']) || null) ||
    reaches(customerReach(actor, 'read'), text(row['homeOwnerId']) || null)
  const numbered = read(BY_NUMBER, word).filter(isSeen)
  const found = numbered.length > 0 ? numbered : read(BY_NAME, sortKey(word)).filter(isSeen)
  const theirs = home === '' ? found : found.filter(({ customerId }) => customerId === home)
  const sound = theirs.filter(({ issue }) => issue !== 'numberTwice')
  const [only, ...others] = sound.length > 0 ? sound : theirs
  if (!only) return 'unknown'
  return others.length > 0 ? 'several' : { id: text(only['id']), customerId: text(only['customerId']) || null }
}

export type OrderSaid = { readonly orderId: string; readonly customerId: string | null; readonly amountFen: number | null }
/**
 * The orders that a cell of a sheet names (`DD-1`, `DD-1:500；DD-2:300`), each with its part where the cell says it; those that cannot be
 * told are said in the row.
 * @param home the customer of the row, '' where none is known
 * @param field what the cell is of, as `entity.field`
 */
export function ordersSaid(
  row: Pick<CleanRow, 'problems'>,
  { word, home, field }: { word: string; home: string; field: string },
  given: Pick<Placing, 'read' | 'actor'>,
): OrderSaid[] {
  return placesSaid(word).flatMap(({ word: name, amountFen }) => {
    const order = orderNamed(name, home, given)
    if (typeof order !== 'string') return [{ orderId: order.id, customerId: order.customerId, amountFen }]
    const code = order === 'unknown' ? 'order.unknown' : 'order.several'
    row.problems.push({ column: null, field, level: 'error', code, detail: name.slice(0, 80) })
    return []
  })
}
