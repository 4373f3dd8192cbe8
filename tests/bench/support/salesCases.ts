import type { RunningBackend } from '../../../src-main/backend.ts'
import { callInProcess } from '../../../src-main/transports/in-process.ts'
import { orderEntity } from '../../../src-shared/features/orders/entity.ts'
import { paymentEntity } from '../../../src-shared/features/payments/entity.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import { columnOf, type EntityDescriptor, TODAY_FUNCTION } from '../../../src-shared/kernel/entity.ts'
import type { Filter, Rule } from '../../../src-shared/kernel/list.ts'
import { PERMISSIONS, type Permission } from '../../../src-shared/kernel/permissions.ts'
import { freshKey } from '../../support/backend.ts'
import { SYSTEM_ZONE, type Who } from './base.ts'
import type { Case } from './listCases.ts'
import type { Reference } from './reference.ts'
import { BEGINNER } from './salesFill.ts'

/** `aim`: null where the bare SQL alone is the measure. */
export type SalesCase = Case & { aim: 'quick' | 'scan' | null }
type Kind = 'orders' | 'payments'
const CALLS = 60
const SCANS = 8

/** Somebody who has just begun has a few customers; the others see all, a twelfth and a third. */
export function sellers(running: RunningBackend): Who[] {
  const { raw } = running.backend.database
  const owners = raw.prepare("select id from employee where id like '01SEED%' order by id").pluck().all() as string[]
  return [
    seller(running, 'admin', 'all', null),
    seller(running, 'own', 'own', owners.slice(1, 2)),
    seller(running, 'below', 'below', owners.slice(2, 6)),
    seller(running, 'beginner', 'own', owners.slice(BEGINNER, BEGINNER + 1)),
  ]
}

function seller(running: RunningBackend, name: string, scope: 'all' | 'own' | 'below', owners: readonly string[] | null): Who {
  const all = Object.fromEntries(PERMISSIONS.map((permission) => [permission, 'all'])) as Record<Permission, 'all'>
  const actor: Actor = {
    userId: `bench-${name}`,
    employeeId: owners?.[0] ?? null,
    name,
    origin: 'http',
    permissions: { ...all, 'customers.read': scope, 'orders.read': scope },
    fieldRights: {},
    owners: { own: [], department: [], below: [], ...(owners ? { [scope]: owners } : {}) },
  }
  const client = callInProcess(() => ({ backend: running.backend, actor, idempotencyKey: freshKey(), door: null }))
  return { name, actor, owners, client }
}

const ENTITY: Readonly<Record<Kind, EntityDescriptor>> = { orders: orderEntity, payments: paymentEntity }
const NAMED: Readonly<Record<string, string>> = { employee: 'employee', customer: 'customer', contact: 'contact' }
const today = new Intl.DateTimeFormat('en-CA', { timeZone: SYSTEM_ZONE }).format(Date.now())

/** Everything that stands in a row, worked-out columns and names as well. */
function columnsOf(kind: Kind): string {
  const parts = ENTITY[kind].fields.flatMap(({ key, computed, reference }) => {
    const value = computed
      ? `(${computed.replaceAll('{t}', 't').replaceAll(`${TODAY_FUNCTION}()`, `'${today}'`)})`
      : `t.${columnOf(key)}`
    const table = reference === undefined ? undefined : NAMED[reference]
    return table
      ? [`${value} as "${key}"`, `(select n.name from ${table} n where n.id = ${value}) as "${key}Name"`]
      : [`${value} as "${key}"`]
  })
  return ['t.id', 't.version', 't.deleted_at', ...parts].join(', ')
}

/** As somebody who knows the base would write it: few customers are gone out from, many are looked at on the way. */
function scopeOf({ name, owners }: Who, kind: Kind, path: 'order' | 'scope'): string {
  if (owners === null) return ''
  const list = owners.map((id) => `'${id}'`).join(', ')
  const theirs = `(select c.id from customer c where c.owner_id in (${list}) and c.deleted_at is null)`
  const few = name === 'beginner' || path === 'scope'
  const through = few
    ? `t.customer_id in ${theirs}`
    : `exists (select 1 from customer c where c.id = +t.customer_id and c.owner_id in (${list}))`
  if (kind === 'payments') return `and ${through}`
  return few ? `and (t.owner_id in (${list}) or ${through})` : `and (+t.owner_id in (${list}) or ${through})`
}

type Page = { sort: string; direction?: 'asc' | 'desc'; offset?: number; rules?: Rule[]; where?: string }
const all = (rules: Rule[]): Filter => ({ combinator: 'and', rules })

function page(
  who: Who,
  reference: Reference,
  kind: Kind,
  name: string,
  { sort, direction = 'desc', offset = 0, rules, where = '' }: Page,
): SalesCase {
  const { table, ownerKey } = ENTITY[kind]
  const column = sort === 'name' ? 'name_sort' : columnOf(sort)
  const plus = who.name === 'beginner' ? '+' : ''
  const ties = sort === ownerKey ? `, ${plus}t.created_at ${direction}` : ''
  const order = `${plus}t.${column} ${direction}${ties}, ${plus}t.id ${direction}`
  const read = reference.prepare(
    `select ${columnsOf(kind)} from (select t.rowid as found from ${table} t where t.deleted_at is null ${scopeOf(who, kind, 'order')} ${where}
      order by ${order} limit 51 offset ?) p cross join ${table} t on t.rowid = p.found order by ${order.replaceAll('+', '')}`,
  )
  let [mine, bare]: (readonly { id: string }[])[] = [[], []]
  const at = (call: number): number => offset + (call % 4) * 50
  return {
    name: `${kind} ${name}`,
    // By owners an index serves who sees them all.
    aim: sort === ownerKey && who.owners !== null ? 'scan' : 'quick',
    calls: sort === ownerKey && who.owners !== null ? SCANS : CALLS,
    product: async (call) => {
      const input = { limit: 50, offset: at(call), sort: [{ field: sort, direction }], ...(rules ? { filter: all(rules) } : {}) }
      mine = (await who.client[kind].list(input)).rows
    },
    reference: (call) => {
      bare = read.all(BigInt(at(call))) as { id: string }[]
    },
    check: () => {
      const [left, right] = [mine ?? [], (bare ?? []).slice(0, 50)].map((rows) => rows.map(({ id }) => id).join())
      if (left !== right) throw new Error(`${kind} ${name}: the reference answers otherwise`)
    },
  }
}

function count(who: Who, reference: Reference, kind: Kind, name: string, rules: Rule[], where: string): SalesCase {
  const bare = reference
    .prepare(`select count(*) from ${ENTITY[kind].table} t where t.deleted_at is null ${scopeOf(who, kind, 'scope')} ${where}`)
    .pluck()
  let [mine, theirs] = [-1, -1]
  return {
    name: `${kind} counted ${name}`,
    aim: 'scan',
    calls: SCANS,
    product: async () => {
      mine = (await who.client[kind].count(rules.length === 0 ? {} : { filter: all(rules) })).count
    },
    reference: () => {
      theirs = bare.get() as number
    },
    check: () => {
      if (mine !== theirs) throw new Error(`${kind} counted ${name}: ${mine} here, ${theirs} by the reference`)
    },
  }
}

function sum(who: Who, reference: Reference, kind: Kind, field: string): SalesCase {
  const column = columnOf(field)
  const bare = reference.prepare(
    `select coalesce(sum(t.${column}), 0), count(t.${column}), count(*) from ${ENTITY[kind].table} t where t.deleted_at is null ${scopeOf(who, kind, 'scope')}`,
  )
  let [mine, theirs] = [-1, -1]
  return {
    name: `${kind} summed by ${field}`,
    aim: 'scan',
    calls: SCANS,
    product: async () => {
      const { sums } = who.client[kind]
      mine = Number((await sums({ selection: { which: {}, except: [] }, sums: [{ field, sum: 'sum' }] }))[0]?.value)
    },
    reference: () => {
      theirs = (bare.raw().get() as number[])[0] ?? -1
    },
    check: () => {
      if (mine !== theirs) throw new Error(`${kind} summed by ${field}: ${mine} here, ${theirs} by the reference`)
    },
  }
}

/** Records from all over what the reader sees. */
function record(who: Who, reference: Reference, kind: Kind): SalesCase {
  const { table } = ENTITY[kind]
  const ids = reference
    .prepare(`select t.id from ${table} t where t.deleted_at is null ${scopeOf(who, kind, 'scope')} order by t.id limit 5000`)
    .pluck()
    .all() as string[]
  const one = reference.prepare(`select ${columnsOf(kind)} from ${table} t where t.id = ? ${scopeOf(who, kind, 'order')}`)
  const at = (call: number): string => ids[(call * 37) % ids.length] ?? ''
  return {
    name: `${kind} record`,
    aim: null,
    calls: CALLS,
    product: (call) => who.client[kind].get({ id: at(call) as never }),
    reference: (call) => one.get(at(call)),
  }
}

const MONTH = ['2025-03-01', '2025-03-31']

export function salesCases(who: Who, reference: Reference): SalesCase[] {
  const customer = reference
    .prepare(
      `select c.id from customer c where c.deleted_at is null ${who.owners ? `and c.owner_id = '${who.owners[0]}'` : ''} order by c.id limit 1`,
    )
    .pluck()
    .get() as string
  const ofCustomer: Rule[] = [{ field: 'customerId', operator: '=', value: customer }]
  const within = (field: string): Rule[] => [{ field, operator: 'between', value: MONTH }]
  const withinSql = (column: string): string => `and t.${column} between '${MONTH[0]}' and '${MONTH[1]}'`
  const pages = (kind: Kind, sorts: readonly string[]) => sorts.map((sort) => page(who, reference, kind, `by ${sort}`, { sort }))
  return [
    ...pages('orders', ['createdAt', 'updatedAt', 'name', 'status', 'totalFen', 'dueFen', 'signedOn', 'ownerId']),
    page(who, reference, 'orders', 'by createdAt at 5000', { sort: 'createdAt', offset: 5000 }),
    page(who, reference, 'orders', 'of one customer', {
      sort: 'createdAt',
      rules: ofCustomer,
      where: `and t.customer_id = '${customer}'`,
    }),
    page(who, reference, 'orders', 'that are drafts', {
      sort: 'createdAt',
      rules: [{ field: 'status', operator: '=', value: 'draft' }],
      where: "and +t.status = 'draft'",
    }),
    page(who, reference, 'orders', 'signed in a month', {
      sort: 'signedOn',
      rules: within('signedOn'),
      where: withinSql('signed_on'),
    }),
    page(who, reference, 'orders', 'with something due', {
      sort: 'createdAt',
      rules: [{ field: 'dueFen', operator: '>', value: 0 }],
      where: 'and +t.due_fen > 0',
    }),
    count(who, reference, 'orders', 'all', [], ''),
    count(who, reference, 'orders', 'signed in a month', within('signedOn'), withinSql('signed_on')),
    sum(who, reference, 'orders', 'totalFen'),
    record(who, reference, 'orders'),
    ...pages('payments', ['createdAt', 'updatedAt', 'receivedOn', 'amountFen']),
    page(who, reference, 'payments', 'by receivedOn at 5000', { sort: 'receivedOn', offset: 5000 }),
    page(who, reference, 'payments', 'of one customer', {
      sort: 'receivedOn',
      rules: ofCustomer,
      where: `and t.customer_id = '${customer}'`,
    }),
    page(who, reference, 'payments', 'in cash', {
      sort: 'createdAt',
      rules: [{ field: 'method', operator: '=', value: 'cash' }],
      where: "and t.method = 'cash'",
    }),
    page(who, reference, 'payments', 'of a month', {
      sort: 'receivedOn',
      rules: within('receivedOn'),
      where: withinSql('received_on'),
    }),
    count(who, reference, 'payments', 'all', [], ''),
    count(who, reference, 'payments', 'of a month', within('receivedOn'), withinSql('received_on')),
    sum(who, reference, 'payments', 'amountFen'),
    record(who, reference, 'payments'),
  ]
}
