import { sumRows } from '../../src-main/kernel/records/sums.ts'
import type { Operator, Which } from '../../src-shared/kernel/list.ts'
import type { Client } from './backend.ts'
import type { Checks } from './policyChecks.ts'
import type { ActorFor } from './policyLive.ts'
import {
  AMOUNT,
  customerWithAmount,
  descriptors,
  has,
  isPlain,
  type Kind,
  type Person,
  type Rec,
  rightOf,
  sees,
  type World,
} from './policyWorld.ts'

export type Run = { world: World; person: Person; client: Client; checks: Checks; about: string }
export const ofKind = (world: World, kind: Kind): Rec[] => world.records.filter((record) => record.kind === kind)
const where = (field: string, operator: Operator, value: string) => ({
  filter: { combinator: 'and' as const, rules: [{ field, operator, value }] },
})

/** What may not be read may not be learned by sorting, filtering or grouping either. */
export async function checkAsking({ world, person, client, checks, about }: Run): Promise<void> {
  if (!has(person, 'customers.read')) return
  const mine = ofKind(world, 'customer').filter((record) => !record.deleted && sees(world, person, record))
  for (const field of descriptors.customer.fields) {
    if (field.type === 'tags') continue
    const readable = isPlain(rightOf(person, 'customer', field.key))
    const sorted = await client.customers.list({ limit: 1, sort: [{ field: field.key, direction: 'asc' }] }).then(
      () => 'answered',
      (error: { code: string }) => error.code,
    )
    checks.same('sort', sorted, readable ? 'answered' : 'FORBIDDEN', `${about} by ${field.key}`)
    if (field.readOnly) continue
    const value = String(mine[0]?.values[field.key] ?? 'x')
    const wanted = mine.filter((record) => record.values[field.key] === value).map(({ id }) => id)
    const found = await client.customers
      .list({ limit: 200, ...where(field.key, '=', value), sort: [{ field: 'createdAt', direction: 'asc' }] })
      .then(
        ({ rows }) => rows.map(({ id }) => id as string),
        (error: { code: string }) => error.code,
      )
    checks.same('filter', found, readable ? wanted : 'FORBIDDEN', `${about} by ${field.key}`)
  }
  const days = await client.customers.days({ from: '2026-01-01', days: 42, limit: 200 }).then(
    (answer) => answer.days.flatMap(({ rows }) => rows),
    (error: { code: string }) => error.code,
  )
  checks.scan(world, person, 'days', days)
  const planned = mine.filter(({ values }) => {
    const at = values['nextFollowUpAt'] as string | null | undefined
    return at && at >= '2025-12-31T16:00:00.000Z' && at < '2026-02-11T16:00:00.000Z'
  })
  const readsPlans = isPlain(rightOf(person, 'customer', 'nextFollowUpAt'))
  const told = typeof days === 'string' ? days : days.map(({ id }) => id as string).sort()
  checks.same('days', told, readsPlans ? planned.map(({ id }) => id).sort() : 'FORBIDDEN', about)
  for (const field of ['city', 'level', 'status', 'ownerId', 'industry', 'source'] as const) {
    const groups = await client.customers.countBy({ which: {}, field }).catch((error: { code: string }) => error.code)
    checks.scan(world, person, 'countBy', groups)
    if (!isPlain(rightOf(person, 'customer', field))) {
      checks.same('countBy', groups, 'FORBIDDEN', `${about} ${field}`)
      continue
    }
    const counts = new Map(typeof groups === 'string' ? [] : groups.map(({ value, count }) => [value, count]))
    for (const value of new Set(ofKind(world, 'customer').map((record) => record.values[field] as string | null)))
      checks.same(
        'countBy',
        counts.get(value) ?? 0,
        mine.filter((record) => record.values[field] === value).length,
        `${about} ${field} ${value}`,
      )
  }
}

export async function checkAskingContacts({ world, person, client, checks, about }: Run): Promise<void> {
  if (!has(person, 'contacts.read')) return
  const mine = ofKind(world, 'contact').filter((record) => !record.deleted && sees(world, person, record))
  const answer = <Row>(call: Promise<{ rows: Row[] }>, of: (rows: Row[]) => unknown) =>
    call.then(
      ({ rows }) => of(rows),
      (error: { code: string }) => error.code,
    )
  for (const { key, type, readOnly } of descriptors.contact.fields) {
    const readable = isPlain(rightOf(person, 'contact', key))
    const sorted = await answer(client.contacts.list({ limit: 1, sort: [{ field: key, direction: 'asc' }] }), () => 'answered')
    checks.same('contact sort', sorted, readable ? 'answered' : 'FORBIDDEN', `${about} by ${key}`)
    if (readOnly || type === 'boolean' || key === 'customerId') continue
    const value = String(mine[0]?.values[key] ?? (type === 'birthday' ? '1909-01-01' : 'x'))
    const found = await answer(client.contacts.list({ limit: 200, ...where(key, '=', value) }), (rows) =>
      rows.map(({ id }) => id as string).sort(),
    )
    const wanted = mine.filter((record) => record.values[key] === value).map(({ id }) => id)
    checks.same('contact filter', found, readable ? wanted.sort() : 'FORBIDDEN', `${about} by ${key}`)
  }
  const readable = isPlain(rightOf(person, 'customer', 'tags'))
  for (const name of has(person, 'customers.read') ? world.tags : []) {
    const tagged = ofKind(world, 'customer').filter(
      (record) => !record.deleted && sees(world, person, record) && (record.values['tags'] as string[]).includes(name),
    )
    const found = await answer(client.customers.list({ limit: 200, ...where('tags', '=', name) }), (rows) =>
      rows.map(({ id }) => id as string).sort(),
    )
    checks.same('tag filter', found, readable ? tagged.map(({ id }) => id).sort() : 'FORBIDDEN', `${about} ${name}`)
  }
}

/** Figures of columns and conditions on what hangs on a customer say no more than the list does. */
export async function checkFigures({ world, person, client, checks, about }: Run): Promise<void> {
  if (!has(person, 'customers.read')) return
  const mine = ofKind(world, 'customer').filter((record) => !record.deleted && sees(world, person, record))
  for (const { key, type } of descriptors.customer.fields) {
    if (type === 'tags') continue
    const readable = isPlain(rightOf(person, 'customer', key))
    const figures = await client.customers
      .sums({ selection: { which: {}, except: [] }, sums: [{ field: key, sum: 'filled' }] })
      .then(
        ([one]) => (Number(one?.value) <= mine.length ? 'answered' : 'too many'),
        (error: { code: string }) => error.code,
      )
    checks.same('figures', figures, readable ? 'answered' : 'FORBIDDEN', `${about} by ${key}`)
  }
  const withContact = new Set(ofKind(world, 'contact').flatMap(({ deleted, customer }) => (deleted ? [] : [customer?.id])))
  const filter = { combinator: 'and' as const, rules: [{ field: 'related.contact', operator: 'notNull' as const }] }
  const found = await client.customers.list({ limit: 200, filter }).then(
    ({ rows }) => rows.map(({ id }) => id as string).sort(),
    (error: { code: string }) => error.code,
  )
  const wanted = mine.filter(({ id }) => withContact.has(id)).map(({ id }) => id)
  checks.same('related', found, has(person, 'contacts.read') ? wanted.sort() : 'FORBIDDEN', about)
}

/** Sums go by the same rows and fields: of all, of the recycle bin, of what a filter or words find. */
export async function checkSums({ world, person, checks, about }: Run, actorFor: ActorFor): Promise<void> {
  const actor = actorFor(world.running, person.userId)
  const readable = isPlain(rightOf(person, 'customer', AMOUNT))
  const mine = (deleted: boolean) =>
    ofKind(world, 'customer').filter((record) => record.deleted === deleted && sees(world, person, record))
  const asked: [Which, Rec[]][] = [
    [{}, mine(false)],
    [{ deleted: true }, mine(true)],
  ]
  if (isPlain(rightOf(person, 'customer', 'status')))
    for (const status of ['potential', 'won'])
      asked.push([where('status', '=', status), mine(false).filter((record) => record.values['status'] === status)])
  for (const record of ofKind(world, 'customer').slice(0, 5))
    asked.push([{ search: String(record.values['name']) }, mine(false).filter((one) => one === record)])
  for (const [which, records] of asked) {
    const answer = await sumRows(world.running.backend.database.read, actor, customerWithAmount, which, AMOUNT).catch(
      (error: Error) => error.name,
    )
    const sum = records.reduce((total, { amount }) => total + amount, 0)
    const wanted = readable ? { sum, count: records.length, capped: false } : 'Forbidden'
    checks.same('sum', answer, wanted, `${about} ${JSON.stringify(which)}`)
  }
}
