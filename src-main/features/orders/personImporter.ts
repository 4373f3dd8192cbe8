import { sql } from 'kysely'
import { orderEntity } from '../../../src-shared/features/orders/entity.ts'
import { personEntity } from '../../../src-shared/features/orders/partEntities.ts'
import { text as words } from '../../../src-shared/features/orders/partsText.ts'
import { cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import { sheetRate } from '../../../src-shared/kernel/documents/sheetLines.ts'
import { plain } from '../../kernel/database.ts'
import type { CleanRow, Importer, Parts, Placing, RowKey, RowRecord, Values } from '../../kernel/importer.ts'
import { mayAskBy, rowsFor } from '../../kernel/policy.ts'
import { requireSoundMoney } from '../payments/public.ts'
import { PEOPLE_BY } from './parts.ts'
import { writePersonRows } from './personWrite.ts'
import { FROM_ORDER, likeness, OF_ORDER, partsThere, placeInOrder, teller, text } from './sheetParts.ts'

const personOf = (parts: Parts): Values => parts.orderPerson?.[0] ?? {}
const tell = teller('orderPerson')

function finish(row: CleanRow): void {
  const values = (row.parts.orderPerson ??= [{}])[0] ?? {}
  row.parts.orderPerson = [values]
  for (const key of ['orderNumber', 'role'] as const) {
    const said = cleanText(text(values[key]))
    if (said === '') delete values[key]
    else values[key] = said
  }
  if (text(values['employeeId']) === '') tell(row, 'employeeId', 'share.personless')
  const said = cleanText(text(values['share']))
  const share = sheetRate(said)
  if (share === null) tell(row, 'share', said === '' ? 'share.unsaid' : 'share.unread', { detail: said })
  else values['share'] = share
}

function place(row: CleanRow, given: Placing): void {
  placeInOrder(row, 'orderPerson', given, PEOPLE_BY)
  // A list of who sold what seldom says that he sold it.
  personOf(row.parts)['role'] ??= words[given.matching === 'en' ? 'en-US' : 'zh-CN'].sales
}

/** The split of one role of one order is what rows are about. */
function matchRecord(parts: Parts): RowRecord {
  const { orderId, role, orderNumber } = personOf(parts)
  return {
    name: text(orderNumber),
    phones: [],
    own: { split: text(orderId) === '' ? null : `${text(orderId)} ${text(role)}` },
  }
}

const keys = (parts: Parts): RowKey[] => {
  const split = matchRecord(parts).own?.['split']
  return split ? [{ kind: 'split', key: split }] : []
}

const { read, sees } = partsThere((values) => matchRecord({ orderPerson: [values] }))

/** People on orders with their shares, one row each; the rows of one role of one order are its split. */
export const personImporter: Importer = {
  entity: 'orderPerson',
  parts: [personEntity],
  identified: ['orderPerson.employeeId'],
  unidentified: 'personNotMapped',
  action: 'importedPeople',
  gathers: (parts) => keys(parts).length > 0,
  needs: 'orders.edit',
  creates: 'orders.edit',
  writes: {},
  presentPeople: [],
  repeatable: [],
  words: {},
  finish,
  place,
  matchRecord,
  keys,
  compare: (row, there) => (row.own?.['split'] === there.own?.['split'] ? likeness('same', 20) : likeness('different', -8)),
  candidates: {
    sql: `with w (sought) as (select value ->> 'key' from json_each(?))
      select p.id, p.order_id as "orderId", p.role, ${OF_ORDER} from w cross join order_person p
        on p.order_id = substr(w.sought, 1, 26) and p.role = substr(w.sought, 28)
      join sales_order o on o.id = p.order_id ${FROM_ORDER}
      where p.position = (select min(x.position) from order_person x where x.order_id = p.order_id and x.role = p.role) limit 400`,
    parameter: (found) => JSON.stringify(found),
    read,
  },
  there: async (db, actor, ids) => {
    if (!mayAskBy(actor, orderEntity, PEOPLE_BY)) return []
    const { rows } = await sql<Values>`
      select p.id, p.role, coalesce(t.number, t.name) as "orderNumber", null as "deletedAt",
        (select group_concat(e.name, ', ' order by x.position) from order_person x join employee e on e.id = x.employee_id
          where x.order_id = p.order_id and x.role = p.role) as "employeeName",
        (select group_concat(x.share || '%', ', ' order by x.position) from order_person x where x.order_id = p.order_id and x.role = p.role) as share
      from order_person p join sales_order t on t.id = p.order_id
      where p.id in (select value from json_each(${JSON.stringify(ids)})) and ${rowsFor(actor, orderEntity, 't')}`.execute(
      plain(db),
    )
    return rows
  },
  sees,
  afterUndo: requireSoundMoney,
  write: writePersonRows,
}
