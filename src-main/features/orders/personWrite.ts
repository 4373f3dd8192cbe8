import { MOST_PEOPLE, type PersonInput } from '../../../src-shared/features/orders/model.ts'
import { requireRunning, requireShares } from '../../../src-shared/features/orders/rules.ts'
import { attempt, Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { RowResult, RowWrite, Values, WriteRules } from '../../kernel/importer.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { requireWritable } from '../../kernel/policy.ts'
import { type Called, type Gathered, gathered, resultsOf } from '../../kernel/records/sheetDocuments.ts'
import { insertInto } from '../../kernel/records/write.ts'
import { peopleOf, PEOPLE_BY } from './parts.ts'
import { judged, ordersToChange, text } from './sheetParts.ts'
import { countLines, issueAfter, sharesAreWhole, writeHeader } from './store.ts'
import type { OrderRow } from './write.ts'

const personOf = ({ parts }: RowWrite): Values => parts.orderPerson?.[0] ?? {}
const calledBy = (write: RowWrite): Called => ({
  number: `${text(personOf(write)['orderId'])} ${text(personOf(write)['role'])}`,
  home: null,
})

/**
 * One chunk of people on orders, split by split. Shares that do not come to 100 come in, and their order is flagged until they do: what
 * nobody may write by hand may have been so.
 */
export async function writePersonRows(
  context: CommandContext,
  rows: readonly RowWrite[],
  _rules: WriteRules,
): Promise<RowResult[]> {
  requireWritable(context.actor, entityIn(context, 'order'), [PEOPLE_BY])
  const orders = await ordersToChange(
    context,
    rows.map((one) => personOf(one)['orderId']),
  )
  const results: RowResult[] = []
  const touched = new Set<string>()
  for (const one of gathered(rows, calledBy)) {
    const order = orders.get(text(personOf(one.head)['orderId']))
    const [first, again] = firstOfEach(one)
    const result: Omit<RowResult, 'row'> = order
      ? await judged(context, () => written(context, first, order))
      : { outcome: 'skipped', reason: 'notYours' }
    if (order && (result.outcome === 'created' || result.outcome === 'updated')) touched.add(order.id)
    results.push(...resultsOf(first, result))
    results.push(...again.map(({ row }) => ({ row, outcome: 'failed' as const, reason: 'share.personTwice' })))
  }
  const loose = new Set<string>()
  for (const id of touched) if (!(await settled(context, orders.get(id) as OrderRow))) loose.add(id)
  const orderOf = new Map(rows.map((one) => [one.row, text(personOf(one)['orderId'])]))
  return results.map((one) =>
    one.reason === undefined && loose.has(orderOf.get(one.row) ?? '') ? { ...one, reason: 'order.shareNotWhole' } : one,
  )
}

/** The rows of a split, and those that name somebody of it again. */
function firstOfEach({ head, rows }: Gathered): [Gathered, RowWrite[]] {
  const known = new Set<unknown>()
  const [first, again]: [RowWrite[], RowWrite[]] = [[], []]
  for (const row of rows) {
    const { employeeId } = personOf(row)
    ;(known.has(employeeId) ? again : first).push(row)
    known.add(employeeId)
  }
  return [{ head, rows: first }, again]
}

const isWhole = (people: readonly PersonInput[]): boolean => !(attempt(() => requireShares(people)) instanceof Refusal)

async function written(context: CommandContext, { head, rows }: Gathered, order: OrderRow): Promise<Omit<RowResult, 'row'>> {
  requireRunning(order.status)
  const role = text(personOf(head)['role'])
  const said = rows.map((row) => ({ employeeId: text(personOf(row)['employeeId']), share: text(personOf(row)['share']), role }))
  const all = await peopleOf(context.tx, order.id)
  const there = all.filter((one) => one.role === role)
  const follows = head.follows === true || head.mode === 'create'
  if (head.mode === 'fill' && there.length > 0) return { outcome: 'skipped', reason: 'duplicate', recordId: head.id }
  // A whole split takes the place of the one that stands there; a piece of one says something of whom it names.
  const gone =
    !follows && isWhole(said) ? there.filter((one) => !said.some(({ employeeId }) => employeeId === one.employeeId)) : []
  const fresh = said.filter((one) => !there.some(({ employeeId }) => employeeId === one.employeeId))
  const other = there.filter((one) => said.some(({ employeeId, share }) => employeeId === one.employeeId && share !== one.share))
  if (all.length - gone.length + fresh.length > MOST_PEOPLE) return { outcome: 'failed', reason: 'share.tooMany' }
  if (gone.length + fresh.length + other.length === 0) return { outcome: 'skipped', reason: 'unchanged', recordId: head.id }
  for (const { id } of gone) await context.tx.deleteFrom('orderPerson').where('id', '=', id).execute()
  for (const { id, employeeId } of other)
    await context.tx
      .updateTable('orderPerson')
      .set({ share: said.find((one) => one.employeeId === employeeId)?.share ?? '' })
      .where('id', '=', id)
      .execute()
  const last = all.reduce((most, { position }) => Math.max(most, position), -1)
  for (const [at, { employeeId, share }] of fresh.entries())
    await insertInto(context.tx, 'order_person', {
      id: at === 0 && head.mode === 'create' ? head.id : context.newId(),
      orderId: order.id,
      employeeId,
      role,
      share,
      position: last + 1 + at,
      createdAt: context.now(),
    })
  return { outcome: head.mode === 'create' ? 'created' : 'updated', recordId: head.id }
}

/** The order follows its people: a new version, and its flag. @returns whether its shares are whole now */
async function settled(context: CommandContext, order: OrderRow): Promise<boolean> {
  const isSound = await sharesAreWhole(context.tx, order.id)
  const issue =
    order['issue'] === null && !isSound
      ? { issue: 'shareNotWhole' }
      : await issueAfter(context.tx, order, await countLines(context.tx, order.id))
  await writeHeader(context, order.id, issue)
  return isSound
}
