import { storeGroups } from '../../src-main/features/duplicates/results.ts'
import type { CheckRow } from '../../src-shared/features/imports/model.ts'
import { type Client, clientAs } from './backend.ts'
import { administrator } from './factories.ts'
import { ofKind, type Run } from './policyAsking.ts'
import { has, isPlain, type Kind, owns, type Person, type Rec, rightOf, sees, type World } from './policyWorld.ts'

/** Where records are compared: what somebody may not ask by tells him nothing there, neither by a match nor by none. */
const COMPARED_AT_MOST = 80
const HAN = '甲乙丙丁戊己庚辛壬癸山水风云雷电星月日江河湖海春夏秋冬金木火土'
const sign = (n: number): string => HAN[n % HAN.length] ?? ''
/** Called like nobody, in the file as little as in the base: only the one value that the row has can make a match. */
const unlike = (n: number): string => `${sign(n)}${sign(n * 7 + 3)}${sign(Math.floor(n / 5) * 11 + 1)}禾`

type Asked = { record: Rec; key: 'phone' | 'phone2' | 'email' }
type Way = { phone: string; email: string }
const asked = (world: World): Asked[] =>
  world.records
    .filter(({ kind }) => kind === 'customer' || kind === 'contact')
    .flatMap((record) => (['phone', 'phone2', 'email'] as const).map((key) => ({ record, key })))
    .slice(0, COMPARED_AT_MOST)

/** Columns that the person may fill: of a number it is not said whose it is. */
function wayOf(person: Person): Way | null {
  const writes = (kind: Kind, key: string): boolean => rightOf(person, kind, key) === 'write'
  // A contact is made with a name, whoever he is.
  const column = (key: 'phone' | 'email') =>
    (['customer', 'contact'] as const).find((kind) => writes(kind, key) && writes(kind, 'name'))
  const [phone, email] = [column('phone'), column('email')]
  if (!has(person, 'customers.read') || !writes('customer', 'name') || !phone || !email) return null
  return { phone: `${phone}.phone`, email: `${email}.email` }
}

async function matchesOf(client: Client, world: World, way: Way): Promise<(CheckRow['match'] | null)[]> {
  const lines = asked(world).map(({ record, key }, n) => {
    const value = String(record.values[key])
    return [unlike(n), key === 'email' ? '' : value, key === 'email' ? value : ''].join(',')
  })
  const file = new File([['公司,号码,信箱', ...lines].join('\r\n')], 'asked.csv')
  const { id } = await client.imports.upload({ entity: 'customer', file })
  const target = (key: string) => ({ entity: key.split('.')[0] ?? '', field: key.split('.')[1] ?? '' })
  const targets = ['customer.name', way.phone, way.email].map(target)
  await client.imports.setMapping({ id, columns: targets.map((one, index) => ({ index, target: one })) } as never)
  await client.imports.prepare({ id })
  while ((await client.imports.get({ id })).state === 'preparing') await new Promise((resolve) => setTimeout(resolve, 10))
  const { rows } = await client.imports.check({ id, filter: 'all', offset: 0, limit: 200 })
  await client.imports.discard({ id })
  return rows.map(({ match }) => (match?.row === null ? match : null))
}

/** What who sees everything is told of the same file. */
const told = new WeakMap<World, Map<string, Promise<(CheckRow['match'] | null)[]>>>()
function toldTo(world: World, way: Way): Promise<(CheckRow['match'] | null)[]> {
  const known = told.get(world) ?? new Map<string, Promise<(CheckRow['match'] | null)[]>>()
  told.set(world, known)
  const key = JSON.stringify(way)
  const all = clientAs(world.running.backend, { ...administrator(world.running), origin: 'http' })
  if (!known.has(key)) known.set(key, matchesOf(all, world, way))
  return known.get(key) ?? Promise.resolve([])
}

export async function checkImport({ world, person, client, checks, about }: Run): Promise<void> {
  const way = wayOf(person)
  if (!way) return
  const everything = await toldTo(world, way)
  const got = await matchesOf(client, world, way)
  checks.scan(world, person, 'import', got)
  for (const [n, { record, key }] of asked(world).entries()) {
    const full = everything[n]
    const customer = record.customer ?? record
    const keys = key === 'email' ? ['email'] : ['phone', 'phone2']
    const open =
      keys.every((one) => isPlain(rightOf(person, record.kind, one))) &&
      (record.kind === 'customer' || has(person, 'contacts.read'))
    // Of several mails one is compared: where the first is kept from him, it is the next, which he may ask by.
    if (open && !full) continue
    // An import goes by owners alone: one of the team is told less there than he may see, never more.
    const visible = owns(world, person, customer)
    const name = String(customer.values['name'])
    const owner = world.employeeNames.get(String(customer.values['ownerId'])) ?? null
    const wanted =
      full && open
        ? {
            ...full,
            // What speaks against a record out of reach would tell of it.
            because: visible ? full.because : full.because.filter((code) => !code.endsWith('Differs')),
            recordId: visible ? customer.id : null,
            name: visible ? name : `${name.slice(0, 1)}***`,
            ownerName: isPlain(rightOf(person, 'customer', 'ownerId')) ? owner : null,
            visible,
          }
        : null
    checks.same('import', got[n] ?? null, wanted, `${about} ${record.kind} ${record.id} by ${key}`)
  }
}

const RUN = '01K0DD00000000000000000000'

/** Groups as a search would have stored them, of customers who in truth share no number. */
export async function storeFound(world: World): Promise<void> {
  const customers = ofKind(world, 'customer')
  const { running } = world
  const db = running.backend.database.write
  const at = running.clock.now()
  await db
    .insertInto('duplicateRun')
    .values({ id: RUN, userId: null, userName: '系统', state: 'done', createdAt: at, finishedAt: at })
    .execute()
  const groups = customers.slice(0, -1).map((one, n) => ({
    sure: true,
    score: 900,
    because: ['mobileSame'],
    members: [one.id, customers[n + 1]?.id ?? ''].sort(),
  }))
  await storeGroups(db, RUN, 0, groups)
}

/** All that the search compares of a customer and his contacts. */
const COMPARED: readonly [Kind, string][] = [
  ...['phone', 'phone2', 'email', 'creditCode', 'city', 'address'].map((key): [Kind, string] => ['customer', key]),
  ...['phone', 'phone2', 'email'].map((key): [Kind, string] => ['contact', key]),
]

export async function checkDuplicates({ world, person, client, checks, about }: Run): Promise<void> {
  if (!has(person, 'customers.read')) return
  const customers = ofKind(world, 'customer')
  const answer = await client.duplicates.groups({ runId: RUN as never, filter: 'all', limit: 100 })
  checks.scan(world, person, 'duplicates', answer)
  const seesAll = has(person, 'contacts.read') && COMPARED.every(([kind, key]) => isPlain(rightOf(person, kind, key)))
  const found = new Map(answer.rows.map((row) => [row.n, row]))
  for (const [n, one] of customers.slice(0, -1).entries()) {
    const two = customers[n + 1] ?? one
    const open = !one.deleted && !two.deleted && (sees(world, person, one) || sees(world, person, two))
    const members = [one, two]
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map((record) => {
        const visible = sees(world, person, record)
        const name = String(record.values['name'])
        const owner = world.employeeNames.get(String(record.values['ownerId'])) ?? null
        return [
          visible ? record.id : null,
          visible ? name : `${name.slice(0, 1)}***`,
          isPlain(rightOf(person, 'customer', 'ownerId')) ? owner : null,
        ]
      })
    const group = found.get(n)
    const shown = group?.members.map(({ id, name, ownerName }) => [id, name, ownerName])
    // Who does not see all that was compared sees only what he would have found himself: their names may resemble each other, numbers do not.
    const wanted = open && (seesAll || shown) ? members : undefined
    checks.same('duplicates', shown, wanted, `${about} group ${n}`)
    checks.same('duplicates', group?.because.includes('mobileSame') ?? false, open && seesAll, `${about} group ${n} why`)
    const detail = await client.duplicates.group({ runId: RUN as never, n })
    checks.scan(world, person, 'duplicate', detail)
    checks.same('duplicate', detail !== null, group !== undefined, `${about} group ${n}`)
    checks.same('duplicate', detail?.because ?? null, group?.because ?? null, `${about} group ${n} why`)
  }
  const counted = await client.duplicates.counts({ runId: RUN as never })
  checks.same('duplicates', counted.sure + counted.maybe, answer.rows.length, `${about} counts`)
}
