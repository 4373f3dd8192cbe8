import { sql } from 'kysely'
import { orderEntity } from '../../../src-shared/features/orders/entity.ts'
import { planEntity } from '../../../src-shared/features/orders/partEntities.ts'
import { planState } from '../../../src-shared/features/orders/rules.ts'
import { cleanText, toHalfWidth } from '../../../src-shared/kernel/cleaning/text.ts'
import { plain } from '../../kernel/database.ts'
import type { CleanRow, Importer, Likeness, Parts, RowKey, RowRecord, Values } from '../../kernel/importer.ts'
import { mayAskBy, rowsFor } from '../../kernel/policy.ts'
import { requireSoundMoney } from '../payments/public.ts'
import { PLANS_BY } from './parts.ts'
import { writePlanRows } from './planWrite.ts'
import { FROM_ORDER, likeness, OF_ORDER, partsThere, placeInOrder, teller, text } from './sheetParts.ts'
import { PLAN_WORDS } from './words.ts'

const planOf = (parts: Parts): Values => parts.paymentPlan?.[0] ?? {}
const tell = teller('paymentPlan')

const SIGNS = '一二三四五六七八九'
/** Which one a cell means: 2, 第2期, 第二期, 2/3; null for what counts nothing. */
function nthOf(said: string): number | null {
  const plainText = toHalfWidth(cleanText(said))
  const digits = /^\D*(\d{1,3})(?:\D.*)?$/u.exec(plainText)?.[1]
  if (digits !== undefined) return Number(digits) > 0 ? Number(digits) : null
  const [, tens, sign] = /^第?([一二]?十)?([一二三四五六七八九])?期?$/u.exec(plainText) ?? []
  if (tens === undefined && sign === undefined) return null
  const ten = tens === undefined ? 0 : tens.startsWith('二') ? 20 : 10
  return ten + (sign === undefined ? 0 : SIGNS.indexOf(sign) + 1)
}

function finish(row: CleanRow): void {
  const values = (row.parts.paymentPlan ??= [{}])[0] ?? {}
  row.parts.paymentPlan = [values]
  for (const key of ['orderNumber', 'note'] as const) {
    const said = cleanText(text(values[key]))
    if (said === '') delete values[key]
    else values[key] = said
  }
  const said = cleanText(text(values['nth']))
  const nth = said === '' ? null : nthOf(said)
  delete values['nth']
  if (nth !== null) values['nth'] = nth
  // 首付, 尾款: what it is, and not which.
  else if (said !== '' && values['note'] === undefined) values['note'] = said
  if (text(values['dueOn']) === '') tell(row, 'dueOn', 'plan.dayless')
  const { amountFen } = values
  if (typeof amountFen !== 'number' || amountFen <= 0) tell(row, 'amountFen', 'plan.amountless')
  if (values['state'] === 'done' || values['state'] === 'partial') tell(row, 'state', 'plan.stateFollows', { level: 'warning' })
}

function matchRecord(parts: Parts): RowRecord {
  const { orderId, nth, dueOn, amountFen } = planOf(parts)
  return {
    name: text(planOf(parts)['orderNumber']),
    phones: [],
    own: {
      order: text(orderId) || null,
      nth: typeof nth === 'number' ? String(nth) : null,
      day: text(dueOn) || null,
      amount: typeof amountFen === 'number' ? String(amountFen) : null,
    },
  }
}

/** By which one of its order it is; without that by its day. */
function keys(parts: Parts): RowKey[] {
  const { order, nth, day } = matchRecord(parts).own ?? {}
  if (!order || !day) return []
  return [nth ? { kind: 'nth', key: `${order} ${nth}` } : { kind: 'day', key: `${order} ${day}` }]
}

const DIFFERENT = likeness('different', -8)
/** Of two of one file on one day nobody can tell; of one that stands there another sum may be its new one. */
function compare(row: RowRecord, there: RowRecord): Likeness {
  const [a, b] = [row.own ?? {}, there.own ?? {}]
  if (a['order'] !== b['order']) return DIFFERENT
  if (a['nth']) return a['nth'] === b['nth'] ? likeness('same', 20) : DIFFERENT
  if (a['day'] !== b['day']) return DIFFERENT
  const isSame = a['amount'] === b['amount']
  if (b['stands']) return isSame ? likeness('same', 12) : likeness('maybe', 4)
  return isSame ? likeness('maybe', 4) : DIFFERENT
}

const PLAN = `p.id, p.order_id as "orderId", p.position + 1 as nth, p.due_on as "dueOn", p.amount_fen as "amountFen", p.note`
const { read, sees } = partsThere((values) => matchRecord({ paymentPlan: [values] }))

/** Planned payments of orders, one row each. */
export const planImporter: Importer = {
  entity: 'paymentPlan',
  parts: [planEntity],
  identified: ['paymentPlan.orderNumber'],
  unidentified: 'planNotMapped',
  action: 'importedPlans',
  needs: 'orders.edit',
  creates: 'orders.edit',
  writes: {},
  presentPeople: [],
  repeatable: ['paymentPlan.note'],
  words: { 'paymentPlan.state': PLAN_WORDS },
  finish,
  place: (row, given) => placeInOrder(row, 'paymentPlan', given, PLANS_BY),
  matchRecord,
  keys,
  compare,
  candidates: {
    sql: `with w (kind, sought) as (select value ->> 'kind', value ->> 'key' from json_each(?))
      select ${PLAN}, ${OF_ORDER} from w cross join payment_plan p on p.order_id = substr(w.sought, 1, 26)
        and iif(w.kind = 'nth', p.position + 1 = cast(substr(w.sought, 28) as integer), p.due_on = substr(w.sought, 28))
      join sales_order o on o.id = p.order_id ${FROM_ORDER} limit 400`,
    parameter: (found) => JSON.stringify(found),
    read,
  },
  there: async (db, actor, ids) => {
    if (!mayAskBy(actor, orderEntity, PLANS_BY)) return []
    const { rows } = await sql<Values & { dueOn: string; amountFen: number; receivedFen: number; isVoid: number; today: string }>`
      select ${sql.raw(PLAN)}, p.received_fen as "receivedFen", max(p.void, t.status = 'cancelled') as "isVoid", coalesce(t.number, t.name) as "orderNumber",
        kezhan_today() as today, null as "deletedAt"
      from payment_plan p join sales_order t on t.id = p.order_id
      where p.id in (select value from json_each(${JSON.stringify(ids)})) and ${rowsFor(actor, orderEntity, 't')}`.execute(
      plain(db),
    )
    return rows.map(({ today, isVoid, ...row }) => ({
      ...row,
      nth: String(row['nth']),
      state: planState({ ...row, isVoid: isVoid === 1 }, today),
    }))
  },
  sees,
  afterUndo: requireSoundMoney,
  write: writePlanRows,
}
