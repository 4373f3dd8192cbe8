import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import { sortKey } from '../../../src-shared/kernel/pinyin/pinyin.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import type { Entity } from '../../../src-shared/kernel/procedure.ts'
import type { Importer, Likeness, Parts, RowKey, RowRecord, RowResult, RowWrite, Values } from '../importer.ts'
import { customerReach, mayAskBy, reaches, reachIn } from '../policy.ts'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const likeness = (verdict: Likeness['verdict'], code: string, weight: number): Likeness => ({
  verdict,
  bits: weight,
  score: verdict === 'same' ? 0.99 : 0,
  reasons: weight > 0 ? [{ code, weight }] : [],
})
const DIFFERENT = likeness('different', '', -8)

/** Two numbers of one sheet are one document only where they are not those of two customers; without a number the name, customer and day say it. */
function compare(row: RowRecord, there: RowRecord): Likeness {
  const said = (record: RowRecord, key: string): string | null => record.own?.[key] ?? null
  const [a, b] = [said(row, 'number'), said(there, 'number')]
  const [one, other] = [said(row, 'customer'), said(there, 'customer')]
  if (a !== null)
    return a === b && (one === null || other === null || one === other) ? likeness('same', 'numberSame', 20) : DIFFERENT
  if (!row.name || sortKey(row.name) !== sortKey(there.name ?? '') || one !== other) return DIFFERENT
  return said(row, 'day') === said(there, 'day') ? likeness('same', 'labelSame', 12) : DIFFERENT
}

type Known = Required<Pick<Importer, 'matchRecord' | 'keys' | 'compare' | 'candidates' | 'sees'>>

/**
 * By what documents of sheets (orders, quotes) are told apart: by number and customer, without a number by name, customer and day.
 * @param entity of the document, whose table has `number`, `name_sort`, `customer_id` and `owner_id`
 * @param day the field of its day
 * @param newCustomer what rows call a customer that is still to be made
 */
export function documentsKnownBy(entity: EntityDescriptor, day: string, newCustomer: (said: Values) => string): Known {
  const column = day.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  const matchRecord = (parts: Parts): RowRecord => {
    const values = parts[entity.name as Entity]?.[0] ?? {}
    const made = newCustomer(parts.customer?.[0] ?? {})
    const customer = text(values['customerId']) || (made === '' ? null : `new ${made}`)
    return {
      name: text(values['name']),
      phones: [],
      own: { number: text(values['number']) || null, customer, day: text(values[day]) || null },
    }
  }
  const columns = `o.id, o.name, o.number, o.customer_id as customerId, o.${column} as "${day}", o.owner_id as ownerId, e.name as ownerName,
    c.owner_id as homeOwnerId, o.deleted_at as deletedAt`
  const from = 'left join employee e on e.id = o.owner_id left join customer c on c.id = o.customer_id'
  return {
    matchRecord,
    keys: (parts): RowKey[] => {
      const { name, own } = matchRecord(parts)
      if (own?.['number']) return [{ kind: 'number', key: own['number'] }]
      return name ? [{ kind: 'name', key: sortKey(name) }] : []
    },
    compare,
    candidates: {
      sql: `with w (kind, sought) as (select value ->> 'kind', value ->> 'key' from json_each(?))
        select ${columns} from w cross join ${entity.table} o on o.number = w.sought ${from} where w.kind = 'number' and o.number is not null
        union select ${columns} from w cross join ${entity.table} o on o.name_sort = w.sought ${from}
          where w.kind = 'name' and o.deleted_at is null limit 200`,
      parameter: (found) => JSON.stringify(found),
      read: (row, actor) => {
        const { own, ...record } = matchRecord({ [entity.name]: [row] })
        return {
          id: text(row['id']),
          name: text(row['name']),
          ownerId: text(row['ownerId']) || null,
          ownerName: mayAskBy(actor, entity, 'ownerId') ? text(row['ownerName']) || null : null,
          deleted: row['deletedAt'] !== null,
          record: { ...record, own: { ...own, home: text(row['homeOwnerId']) || null } },
        }
      },
    },
    sees: (actor: Actor, { ownerId, record }) =>
      reaches(reachIn(actor, entity, 'read'), ownerId) || reaches(customerReach(actor, 'read'), record.own?.['home'] ?? null),
  }
}

/** The rows of one record, in their order; the first says what is to be done. */
export type Gathered<Write extends RowWrite = RowWrite> = { readonly head: Write; readonly rows: readonly Write[] }

/** What a new row is known by: its number, and whom it is for where that is said. */
export type Called = { readonly number: string | null; readonly home: string | null }

/** @param calledBy rows that are to be new records are one where they have one number and not two customers */
export function gathered(writes: readonly RowWrite[], calledBy: (write: RowWrite) => Called): Gathered[] {
  const found = new Map<string, RowWrite[]>()
  const made: (Called & { id: string })[] = []
  for (const write of writes) {
    const { number, home } = write.mode === 'create' ? calledBy(write) : { number: null, home: null }
    const isOne = (one: Called): boolean => one.number === number && (home === null || one.home === null || one.home === home)
    const id = (number === null ? undefined : made.find(isOne)?.id) ?? write.id
    if (number !== null && id === write.id) made.push({ number, home, id })
    found.set(id, [...(found.get(id) ?? []), write])
  }
  return [...found.values()].map((rows) => ({ head: rows[0] as RowWrite, rows }))
}

/** Every row of one record ends as the first, further ones as having added to it. */
export function resultsOf({ rows }: Gathered, result: Omit<RowResult, 'row'>): RowResult[] {
  return rows.map(({ row }, at) => ({
    ...result,
    row,
    outcome: at > 0 && result.outcome === 'created' ? 'updated' : result.outcome,
  }))
}

/** Of a place (an order) that a document is for: what of it goes there, null where no row says it. */
export type Share = { readonly said: Values; readonly amountFen: number | null }
/**
 * What a document comes to out of its rows, and where it goes. Different sums in its rows are what each is for; the same one is that of
 * the whole.
 * @param sumOf what a row says that it comes to, in fen
 * @param placesOf what a row says that it is for, each with an `amountFen` of its own where it says one
 */
export function sharesOfRows(
  rows: readonly RowWrite[],
  sumOf: (row: RowWrite) => number,
  placesOf: (row: RowWrite) => readonly Values[],
): { amountFen: number; shares: Share[] } {
  const sums = rows.map(sumOf)
  const isEach = new Set(sums).size > 1
  const shares = rows.flatMap((row, at) =>
    placesOf(row).map((said, _n, all) => {
      const own = said['amountFen']
      return { said, amountFen: typeof own === 'number' ? own : isEach && all.length === 1 ? (sums[at] ?? null) : null }
    }),
  )
  return { amountFen: isEach ? sums.reduce((sum, one) => sum + one, 0) : (sums[0] ?? 0), shares }
}
