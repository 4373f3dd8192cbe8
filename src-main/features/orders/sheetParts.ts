import { orderEntity } from '../../../src-shared/features/orders/entity.ts'
import { type Actor, fieldRight } from '../../../src-shared/kernel/actor.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { Candidate, CellProblem, CleanRow, Likeness, Placing, RowRecord, RowResult, Values } from '../../kernel/importer.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { customerReach, mayAskBy, reaches, reachIn } from '../../kernel/policy.ts'
import { loadManyForWrite } from '../../kernel/records/write.ts'
import { wholeOrNot } from '../../kernel/savepoint.ts'
import { ordersSaid } from './sheetOrders.ts'
import type { OrderRow } from './write.ts'

type Kind = 'paymentPlan' | 'orderPerson'
export const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Says what is wrong with a row of plans or of people, at its column. */
export function teller(kind: Kind) {
  return (row: CleanRow, field: string, code: string, more: { level?: CellProblem['level']; detail?: string } = {}): void => {
    const { level = 'error', detail } = more
    row.problems.push({ column: null, field: `${kind}.${field}`, level, code, ...(detail && { detail: detail.slice(0, 80) }) })
  }
}

/**
 * Finds the one order that a row is of and notes it.
 * @param by the field of an order by whose right its part is written
 */
export function placeInOrder(row: CleanRow, kind: Kind, given: Placing, by: string): void {
  const tell = teller(kind)
  const values = row.parts[kind]?.[0] ?? {}
  if (fieldRight(given.actor, 'order', by) !== 'write') tell(row, 'orderNumber', 'notAllowed')
  const word = text(values['orderNumber'])
  if (word === '') return tell(row, 'orderNumber', 'order.unsaid')
  const [order, ...others] = ordersSaid(row, { word, home: '', field: `${kind}.orderNumber` }, given)
  if (others.length > 0) tell(row, 'orderNumber', 'order.oneOnly')
  if (order) values['orderId'] = order.orderId
}

/** The orders of a chunk that one may change. */
export async function ordersToChange(context: CommandContext, ids: readonly unknown[]): Promise<Map<string, OrderRow>> {
  const wanted = [...new Set(ids)].filter((id) => typeof id === 'string')
  const { rows } = await loadManyForWrite(context, entityIn(context, 'order'), wanted, { verbs: ['edit'] })
  return new Map((rows as OrderRow[]).map((row) => [row.id, row]))
}

/** What rules of orders refuse such a row for, as its reason calls it. */
const TOLD: Readonly<Record<string, string>> = {
  cancelled: 'order.cancelled',
  pendingApproval: 'order.pendingApproval',
  planReceived: 'plan.received',
  planBelowReceived: 'plan.belowReceived',
}

/** What the work comes to, or why a rule refused it; then nothing of it is written. */
export async function judged(
  context: CommandContext,
  work: () => Promise<Omit<RowResult, 'row'>>,
): Promise<Omit<RowResult, 'row'>> {
  try {
    return await wholeOrNot(context.tx, work)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { outcome: 'failed', reason: TOLD[error.reason] ?? 'notSound' }
  }
}

export const likeness = (verdict: Likeness['verdict'], weight: number): Likeness => ({
  verdict,
  bits: weight,
  score: verdict === 'same' ? 0.99 : verdict === 'maybe' ? 0.5 : 0,
  reasons: weight > 0 ? [{ code: 'labelSame', weight }] : [],
})

/** What a candidate's statement says of the order beside the part, and from where. */
export const OF_ORDER = `coalesce(o.number, o.name) as "orderNumber", o.owner_id as "ownerId", e.name as "ownerName", c.owner_id as "homeOwnerId"`
export const FROM_ORDER = 'left join employee e on e.id = o.owner_id left join customer c on c.id = o.customer_id'

/** How parts that stand there are read, seen by who sees their order. */
export function partsThere(recordOf: (values: Values) => RowRecord): {
  readonly read: (row: Values, actor: Actor) => Candidate
  readonly sees: (actor: Actor, candidate: Candidate) => boolean
} {
  return {
    read: (row, actor) => {
      const { own, ...said } = recordOf(row)
      return {
        id: text(row['id']),
        name: text(row['orderNumber']),
        ownerId: text(row['ownerId']) || null,
        ownerName: mayAskBy(actor, orderEntity, 'ownerId') ? text(row['ownerName']) || null : null,
        deleted: false,
        record: { ...said, own: { ...own, stands: 'yes', home: text(row['homeOwnerId']) || null } },
      }
    },
    sees: (actor, { ownerId, record }) =>
      reaches(reachIn(actor, orderEntity, 'read'), ownerId) ||
      reaches(customerReach(actor, 'read'), record.own?.['home'] ?? null),
  }
}
