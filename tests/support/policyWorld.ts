import { insertInto } from '../../src-main/kernel/records/write.ts'
import { contactEntity } from '../../src-shared/features/contacts/entity.ts'
import { addressEntity } from '../../src-shared/features/addresses/entity.ts'
import { CUSTOMER_KINDS, CUSTOMER_LEVELS, CUSTOMER_STATUSES, customerEntity } from '../../src-shared/features/customers/entity.ts'
import { followUpEntity } from '../../src-shared/features/follow-ups/entity.ts'
import type { EntityDescriptor, FieldDescriptor } from '../../src-shared/kernel/entity.ts'
import type { FieldRight, Permission, Scope } from '../../src-shared/kernel/permissions.ts'
import type { CommandContext } from '../../src-main/kernel/context.ts'
import { clientAs, startBackend, type TestBackend } from './backend.ts'
import { addDepartment, addPerson, administrator, bySystem, type Random, type RoleSpec } from './factories.ts'

/**
 * A random company whose every value is a canary, beside a model of it in plain objects. The model knows the rules of
 * decisions.md "Permissions" and nothing of the code under test.
 */
export type Kind = 'customer' | 'contact' | 'address' | 'followUp'
export type Values = Record<string, unknown>
export type Rec = {
  kind: Kind
  id: string
  customer: Rec | null
  values: Values
  before: Values
  deleted: boolean
  amount: number
  /** Of a customer: the field that the company added. */
  custom: string
  /** Of a customer: who works on him beside his owner. */
  team: Map<string, 'read' | 'edit'>
}
export type Person = { userId: string; employeeId: string; departmentId: string | null; roles: RoleSpec[] }
export type World = {
  running: TestBackend
  departments: { id: string; parent: string | null }[]
  people: Person[]
  records: Rec[]
  /** Canary → the value it stands for. */
  canaries: Map<string, { record: Rec; key: string }>
  tags: string[]
  customKey: string
  employeeNames: Map<string, string>
}

export const descriptors: Record<Kind, EntityDescriptor> = {
  customer: customerEntity,
  contact: contactEntity,
  address: addressEntity,
  followUp: followUpEntity,
}
/**
 * No shipped entity has a number yet. Sums are asked of the customer with a number of its own, for which the table's one whole-number
 * column stands in; roles hide it, mask it or show it like any other field.
 */
export const AMOUNT = 'version'
export const customerWithAmount: EntityDescriptor = {
  ...customerEntity,
  fields: [...customerEntity.fields, { key: AMOUNT, type: 'number' }],
}

const READ: Record<Kind, Permission> = {
  customer: 'customers.read',
  contact: 'contacts.read',
  address: 'addresses.read',
  followUp: 'followUps.read',
}
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
const letters = (n: number, width: number): string =>
  width === 0 ? '' : letters(Math.floor(n / 26), width - 1) + (LETTERS[n % 26] ?? '')

export async function makeWorld(random: Random, size: { customers: number; people: number }): Promise<World> {
  const running = await startBackend()
  const world: World = {
    running,
    departments: [],
    people: [],
    records: [],
    canaries: new Map(),
    tags: ['甲', '乙', '丙'],
    customKey: '',
    employeeNames: new Map(),
  }
  await running.start()
  const boss = clientAs(running.backend, { ...administrator(running), origin: 'http' })
  world.customKey = (await boss.fields.create({ entity: 'customer', label: '暗号', type: 'text' })).key
  for (let n = 0; n < 6; n++) {
    const parent = n > 0 && random.chance(0.8) ? random.pick(world.departments).id : null
    world.departments.push({ id: await addDepartment(running, `部门${n}`, parent), parent })
  }
  for (let n = 0; n < size.people; n++) {
    const roles = Array.from({ length: 1 + random.below(3) }, () => randomRole(world, random))
    const departmentId = random.chance(0.9) ? random.pick(world.departments).id : null
    const name = `员工w${letters(n, 3)}w`
    const made = await addPerson(running, { name, departmentId, roles })
    world.people.push({ ...made, departmentId, roles })
    world.employeeNames.set(made.employeeId, name)
  }
  await fill(world, random, size.customers)
  return world
}

let roles = 0
function randomRole(world: World, random: Random): RoleSpec {
  const permissions: Partial<Record<Permission, Scope>> = {}
  if (random.chance(0.85)) permissions['customers.read'] = random.pick(['own', 'own', 'department', 'below', 'all'] as const)
  for (const name of ['contacts.read', 'addresses.read', 'followUps.read'] as const)
    if (random.chance(0.65)) permissions[name] = 'all'
  if (random.chance(0.2)) permissions['history.readAll'] = 'all'
  if (random.chance(0.5)) permissions['customers.export'] = random.pick(['own', 'department', 'below', 'all'] as const)
  const fieldRights: Record<string, FieldRight> = {}
  // Every role reads it, whatever is said; drawing for it would make other companies of the same numbers.
  for (const entity of Object.values(descriptors))
    for (const field of entity.fields)
      if (field.key !== 'internal' && random.chance(0.3))
        fieldRights[`${entity.name}.${field.key}`] = random.pick(['hidden', 'masked', 'read'] as const)
  // Counted, not drawn: the companies stay the ones that the checks of the checks were chosen for.
  const amount = (['hidden', 'masked', 'read'] as const)[roles++ % 5]
  const custom = (['hidden', 'read', 'masked'] as const)[roles % 4]
  if (custom) fieldRights[`customer.${world.customKey}`] = custom
  // Whoever may see anything may compare it: what is compared goes by what he may see.
  // Whoever may try a rule of numbers is told of records by it.
  Object.assign(permissions, {
    'imports.run': 'all',
    'duplicates.find': 'all',
    'contacts.write': 'all',
    'fields.manage': 'all',
  })
  if (roles % 3 !== 0) permissions['files.read'] = 'all'
  const chances = ([undefined, 'own', 'department', 'below', 'all'] as const)[roles % 5]
  if (chances) Object.assign(permissions, { 'opportunities.read': chances, 'opportunities.edit': 'own' })
  const aims = ([undefined, 'below', 'all', 'own', 'department'] as const)[roles % 5]
  if (aims) permissions['targets.read'] = aims
  const orders = (['own', 'all', undefined, 'below', 'department'] as const)[(roles + 2) % 5]
  if (orders) Object.assign(permissions, { 'orders.read': orders, 'orders.edit': 'own' })
  if (roles % 3 === 1) permissions['payments.read'] = 'all'
  if (roles % 3 === 2) permissions['invoices.read'] = 'all'
  const offers = ([undefined, 'all', 'own', 'below', 'department'] as const)[roles % 5]
  if (offers) Object.assign(permissions, { 'quotes.read': offers, 'quotes.edit': 'own' })
  const leads = (['own', 'below', undefined, 'all', 'department'] as const)[roles % 5]
  if (leads) Object.assign(permissions, { 'leads.read': leads, 'leads.edit': 'own' })
  if (roles % 4 === 2) permissions['stock.read'] = 'all'
  if (roles % 4 === 3) permissions['purchases.read'] = 'all'
  if (roles % 3 !== 1) permissions['sourceCosts.read'] = 'all'
  // By the half of those that read them at all.
  if (roles % 8 !== 7) fieldRights['purchase.amountFen'] = 'hidden'
  if (roles % 3 !== 0) fieldRights['quote.discountRate'] = 'hidden'
  if (roles % 4 === 1) permissions['leads.assign'] = 'all'
  const number = (['masked', undefined, 'hidden'] as const)[roles % 3]
  if (number) fieldRights['lead.phone'] = number
  if (amount) fieldRights[`customer.${AMOUNT}`] = amount
  return { permissions, fieldRights }
}

let phones = 0
let birthdays = 0
/** A day that no other person has. */
function birthdayCanary(): string {
  const n = birthdays++
  const two = (part: number) => String(part + 1).padStart(2, '0')
  return `19${String(Math.floor(n / 336) + 10)}-${two(Math.floor(n / 28) % 12)}-${two(n % 28)}`
}

function canary(world: World, record: Rec, field: FieldDescriptor, generation: 'a' | 'b'): string {
  const at = letters(world.records.indexOf(record), 3)
  const fieldAt = letters(descriptors[record.kind].fields.indexOf(field), 2)
  const token =
    field.type === 'phone'
      ? `138${String(10_000_000 + ++phones)}`
      : field.type === 'birthday'
        ? birthdayCanary()
        : `q${at}${fieldAt}${generation}x`
  world.canaries.set(token, { record, key: field.key })
  return field.type === 'phone' ? `+86${token}` : field.type === 'email' ? `${token}@firm.cn` : token
}

function randomValues(world: World, random: Random, record: Rec, generation: 'a' | 'b'): Values {
  const choices: Record<string, readonly (string | null)[]> = {
    'customer.kind': CUSTOMER_KINDS,
    'customer.level': [...CUSTOMER_LEVELS, null],
    'customer.status': CUSTOMER_STATUSES,
    'customer.ownerId': [...world.people.map(({ employeeId }) => employeeId), null],
    'followUp.kind': ['call', 'visit', 'note'],
    'followUp.authorId': world.people.map(({ employeeId }) => employeeId),
  }
  const values: Values = {}
  for (const field of descriptors[record.kind].fields) {
    if (field.readOnly || field.type === 'tags' || field.key === 'customerId') continue
    const options = choices[`${record.kind}.${field.key}`]
    if (options) values[field.key] = random.pick(options)
    else if (field.key === 'contactId') values[field.key] = contactOf(world, record)
    else if (field.type === 'boolean') values[field.key] = 0
    else if (field.type === 'instant')
      values[field.key] = `2026-0${1 + random.below(9)}-1${random.below(9)}T0${random.below(9)}:00:00.000Z`
    else values[field.key] = canary(world, record, field, generation)
  }
  return values
}

const contactOf = (world: World, record: Rec): string | null =>
  world.records.find(({ kind, customer }) => kind === 'contact' && customer === record.customer)?.id ?? null

async function fill(world: World, random: Random, customers: number): Promise<void> {
  await bySystem(world.running, async (context) => {
    for (const name of world.tags) {
      const at = context.now()
      await insertInto(context.tx, 'tag', { id: context.newId(), name, nameKey: name, tone: 'ink', createdAt: at, updatedAt: at })
    }
    const tagIds = await context.tx.selectFrom('tag').select(['id', 'name']).execute()
    const add = async (kind: Kind, customer: Rec | null): Promise<Rec> => {
      const record: Rec = {
        kind,
        id: context.newId(),
        customer,
        values: {},
        before: {},
        deleted: false,
        amount: 0,
        custom: '',
        team: new Map(),
      }
      world.records.push(record)
      record.before = randomValues(world, random, record, 'a')
      const at = context.now()
      await insertInto(context.tx, descriptors[kind].table, {
        ...record.before,
        ...(customer ? { customerId: customer.id } : {}),
        id: record.id,
        createdAt: at,
        updatedAt: at,
      })
      return record
    }
    for (let n = 0; n < customers; n++) {
      const customer = await add('customer', null)
      await share(context, world, customer, n)
      const tagged = tagIds.filter(() => random.chance(0.4))
      for (const tag of tagged)
        await insertInto(context.tx, 'record_tag', {
          id: context.newId(),
          tagId: tag.id,
          entity: 'customer',
          recordId: customer.id,
          createdAt: context.now(),
        })
      customer.before['tags'] = tagged.map(({ name }) => name).sort(byBytes)
      for (const kind of ['contact', 'address', 'followUp'] as const) if (random.chance(0.5)) await add(kind, customer)
    }
  })
  await bySystem(world.running, async ({ tx }) => {
    for (const record of world.records.filter(({ kind }) => kind === 'customer')) {
      record.custom = `q${letters(world.records.indexOf(record), 3)}zzcx`
      world.canaries.set(record.custom, { record, key: world.customKey })
      const custom = JSON.stringify({ [world.customKey]: record.custom })
      await tx
        .updateTable('customer')
        .set({ custom } as never)
        .where('id', '=', record.id)
        .execute()
    }
  })
  for (const record of world.records) await rewrite(world, random, record)
  await bySystem(world.running, async ({ tx }) => {
    for (const record of world.records.filter(({ kind }) => kind === 'customer')) {
      record.amount = (world.records.indexOf(record) * 7919 + 13) % 100_003
      await tx.updateTable('customer').set({ version: record.amount }).where('id', '=', record.id).execute()
    }
  })
}
/** Counted, not drawn, so that the companies stay as they were: every second customer has somebody in his team, some two. */
async function share(context: CommandContext, world: World, customer: Rec, n: number): Promise<void> {
  const people = n % 2 === 0 ? [world.people[n % world.people.length], world.people[(n * 3 + 1) % world.people.length]] : []
  for (const [at, person] of people.slice(0, 1 + (n % 4) / 2).entries()) {
    if (!person || customer.team.has(person.employeeId)) continue
    const access = (n / 2 + at) % 2 === 0 ? 'read' : 'edit'
    customer.team.set(person.employeeId, access)
    const now = context.now()
    await insertInto(context.tx, 'record_member', {
      id: context.newId(),
      entity: 'customer',
      recordId: customer.id,
      employeeId: person.employeeId,
      access,
      createdAt: now,
      updatedAt: now,
    })
  }
}

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))

/** Every field gets a new value, so that history holds an old and a new canary; some rows go to the recycle bin. */
async function rewrite(world: World, random: Random, record: Rec): Promise<void> {
  record.values = { ...record.before, ...randomValues(world, random, record, 'b') }
  record.deleted = random.chance(0.12) || (record.customer?.deleted ?? false)
  await touch(world, record)
}

/** One command that writes the record as the model says, and nothing else. */
export async function touch(world: World, record: Rec): Promise<number> {
  return bySystem(world.running, async ({ tx, now, seq }) => {
    const { tags: _tags, ...values } = record.values
    const at = now()
    const changed = { ...values, deletedAt: record.deleted ? at : null, updatedAt: at }
    const table = ({ customer: 'customer', contact: 'contact', address: 'address', followUp: 'followUp' } as const)[record.kind]
    await tx
      .updateTable(table)
      .set((eb) => ({ ...changed, version: eb('version', '+', 1) }) as never)
      .where('id', '=', record.id)
      .execute()
    return seq
  })
}

// ── The rules, as decisions.md "Permissions" has them ──

const WIDTH: readonly Scope[] = ['own', 'department', 'below', 'all']
const RIGHTS: readonly FieldRight[] = ['hidden', 'masked', 'read', 'write']

/** Several roles: union of rows. */
function scopeOf(person: Person, permission: Permission): Scope | null {
  const scopes = person.roles.flatMap((role) => role.permissions[permission] ?? [])
  return scopes.length === 0 ? null : (WIDTH[Math.max(...scopes.map((scope) => WIDTH.indexOf(scope)))] ?? null)
}
export const has = (person: Person, permission: Permission): boolean => scopeOf(person, permission) !== null

function isBelow(world: World, department: string, above: string): boolean {
  let at: string | null = department
  while (at !== null) {
    if (at === above) return true
    at = world.departments.find(({ id }) => id === at)?.parent ?? null
  }
  return false
}

export function ownsWithin(world: World, person: Person, permission: Permission, ownerId: unknown): boolean {
  const scope = scopeOf(person, permission)
  if (scope === null) return false
  if (scope === 'all') return true
  if (ownerId === null) return false
  if (ownerId === person.employeeId) return true
  const owner = world.people.find(({ employeeId }) => employeeId === ownerId)
  if (scope === 'own' || !owner?.departmentId || person.departmentId === null) return false
  if (scope === 'department') return owner.departmentId === person.departmentId
  return isBelow(world, owner.departmentId, person.departmentId)
}

/** What hangs on a customer is visible to who sees the customer, unless its kind is hidden: by the owner, or as one of his team. */
export function sees(world: World, person: Person, record: Rec, permission: Permission = 'customers.read'): boolean {
  const customer = record.customer ?? record
  if (!has(person, READ[record.kind])) return false
  return owns(world, person, customer, permission) || shares(person, customer, permission)
}

export const owns = (world: World, person: Person, customer: Rec, permission: Permission = 'customers.read'): boolean =>
  ownsWithin(world, person, permission, customer.values['ownerId'])

/** One of the team reads, and with that access edits, where his roles let him do so to any customer. */
function shares(person: Person, customer: Rec, permission: Permission): boolean {
  const access = customer.team.get(person.employeeId)
  if (access === undefined || !has(person, permission)) return false
  return permission === 'customers.read' || (permission === 'customers.edit' && access === 'edit')
}

/** The larger right of several roles; a role without an entry may write. What has no mask is hidden, what names a record is not. */
export function rightOf(person: Person, kind: Kind, key: string): FieldRight {
  const given = person.roles.map((role) => role.fieldRights?.[`${kind}.${key}`] ?? 'write')
  const right = RIGHTS[Math.max(...given.map((one) => RIGHTS.indexOf(one)))] ?? 'write'
  const field = descriptors[kind].fields.find((one) => one.key === key)
  if (right === 'read' || right === 'write' || !field) return right
  if (field.alwaysReadable) return 'read'
  return right === 'masked' && field.mask ? 'masked' : 'hidden'
}
export const isPlain = (right: FieldRight): boolean => right === 'read' || right === 'write'

/** Whether his roles together let him read a field of another kind. */
export const readsField = (person: Person, key: string): boolean =>
  person.roles.some(({ fieldRights }) => isPlain(fieldRights?.[key] ?? 'write'))

export function shown(person: Person, kind: Kind, key: string, value: unknown): unknown {
  const right = rightOf(person, kind, key)
  if (isPlain(right)) return value
  if (right === 'hidden') return key === 'tags' ? [] : null
  if (typeof value !== 'string') return value
  const mask = descriptors[kind].fields.find((field) => field.key === key)?.mask
  if (mask === 'phone') return `${value.slice(3, 6)}****${value.slice(-4)}`
  if (mask === 'email') return `${value.slice(0, 1)}***@firm.cn`
  return `${value.slice(0, 1)}***`
}

/** A canary may stand in an answer only where its record is visible and its field readable. */
export function mayKnow(world: World, person: Person, token: string): boolean {
  const found = world.canaries.get(token)
  return !found || (sees(world, person, found.record) && isPlain(rightOf(person, found.record.kind, found.key)))
}
