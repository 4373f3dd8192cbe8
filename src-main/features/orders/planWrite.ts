import { sql } from 'kysely'
import { MOST_PLANS } from '../../../src-shared/features/orders/model.ts'
import { requireRunning, requireSoundPlans } from '../../../src-shared/features/orders/rules.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { RowResult, RowWrite, Values, WriteRules } from '../../kernel/importer.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { requireWritable } from '../../kernel/policy.ts'
import { insertInto } from '../../kernel/records/write.ts'
import { requireNotAsked } from './approval.ts'
import { PLANS_BY, plansOf, type StoredPlan } from './parts.ts'
import { judged, ordersToChange, text } from './sheetParts.ts'
import { writeHeader } from './store.ts'
import type { OrderRow } from './write.ts'

const planOf = ({ parts }: RowWrite): Values => parts.paymentPlan?.[0] ?? {}

/** One chunk of planned payments, each alone: what its order does not allow fails its row and nothing else. */
export async function writePlanRows(context: CommandContext, rows: readonly RowWrite[], rules: WriteRules): Promise<RowResult[]> {
  requireWritable(context.actor, entityIn(context, 'order'), [PLANS_BY])
  const orders = await ordersToChange(
    context,
    rows.map((one) => planOf(one)['orderId']),
  )
  const results: RowResult[] = []
  const touched = new Set<string>()
  for (const write of rows) {
    const order = orders.get(text(planOf(write)['orderId']))
    const result: Omit<RowResult, 'row'> = order
      ? await judged(context, () => written(context, write, { order, rules }))
      : { outcome: 'skipped', reason: 'notYours' }
    if (order && (result.outcome === 'created' || result.outcome === 'updated')) touched.add(order.id)
    results.push({ row: write.row, ...result })
  }
  for (const id of touched) await writeHeader(context, id, {})
  return results
}

type Given = { order: OrderRow; rules: WriteRules }
async function written(context: CommandContext, write: RowWrite, { order, rules }: Given): Promise<Omit<RowResult, 'row'>> {
  requireRunning(order.status)
  requireNotAsked(order)
  const stored = await plansOf(context.tx, order.id)
  if (write.mode === 'create') return created(context, write, { order, stored })
  const before = stored.find(({ id }) => id === write.id)
  if (!before) return { outcome: 'skipped', reason: 'orderGone' }
  return updated(context, write, before, rules)
}

async function created(
  context: CommandContext,
  write: RowWrite,
  { order, stored }: { order: OrderRow; stored: readonly StoredPlan[] },
): Promise<Omit<RowResult, 'row'>> {
  if (stored.length >= MOST_PLANS) return { outcome: 'failed', reason: 'plan.tooMany' }
  const { nth, dueOn, amountFen, note, state } = planOf(write)
  const last = stored.reduce((most, { position }) => Math.max(most, position), -1)
  const wanted = typeof nth === 'number' ? nth - 1 : last + 1
  const now = context.now()
  await insertInto(context.tx, 'payment_plan', {
    id: write.id,
    orderId: order.id,
    position: stored.some(({ position }) => position === wanted) ? last + 1 : wanted,
    dueOn,
    amountFen,
    void: state === 'void' ? 1 : 0,
    note: text(note) || null,
    createdAt: now,
    createdBy: context.actor.userId || null,
    updatedAt: now,
  })
  return { outcome: 'created', recordId: write.id }
}

async function updated(
  context: CommandContext,
  write: RowWrite,
  before: StoredPlan,
  { mapped, empty }: WriteRules,
): Promise<Omit<RowResult, 'row'>> {
  const { dueOn, amountFen, note, state } = planOf(write)
  const isUpdate = write.mode === 'update'
  const clears = isUpdate && empty === 'clear' && mapped.includes('paymentPlan.note')
  const said = text(note)
  const now = {
    dueOn: isUpdate ? text(dueOn) : before.dueOn,
    amountFen: isUpdate ? Number(amountFen) : before.amountFen,
    isVoid: isUpdate && state !== undefined ? state === 'void' : before.isVoid === 1,
    note: said === '' ? (clears ? null : before.note) : isUpdate || before.note === null ? said : before.note,
  }
  requireSoundPlans([{ ...before, isVoid: before.isVoid === 1 }], [{ id: before.id, ...now }])
  const isVoid = now.isVoid ? 1 : 0
  const isSame =
    now.dueOn === before.dueOn && now.amountFen === before.amountFen && isVoid === before.isVoid && now.note === before.note
  if (isSame) {
    const isOther = dueOn !== before.dueOn || amountFen !== before.amountFen || (said !== '' && said !== before.note)
    return { outcome: 'skipped', reason: isOther ? 'nothingToFill' : 'unchanged', recordId: before.id }
  }
  await sql`update payment_plan set due_on = ${now.dueOn}, amount_fen = ${now.amountFen}, void = ${isVoid}, note = ${now.note},
    updated_at = ${context.now()}, version = version + 1 where id = ${before.id}`.execute(context.tx)
  return { outcome: 'updated', recordId: before.id }
}
