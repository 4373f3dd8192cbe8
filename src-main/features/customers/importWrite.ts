import { sql } from 'kysely'
import { flatRow } from '../../../src-shared/kernel/custom/values.ts'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { fieldRight } from '../../../src-shared/kernel/actor.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import { customerReach, reaches, requireWritable } from '../../kernel/policy.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { type Edit, editedValues, type RowResult, type RowWrite, type Values, type WriteRules } from '../../kernel/importer.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { takeNumber } from '../../kernel/records/numbers.ts'
import { soundRows, tried } from '../../kernel/records/sound.ts'
import { loadManyForWrite, type StoredRow, updateRow } from '../../kernel/records/write.ts'
import { Room } from '../pools/public.ts'
import { mergeContacts, numberOfFirm } from './importPeople.ts'
import { nobodysYet, placedWithin, poolFor, poolRefused, putIntoPools } from './importPlaces.ts'
import { requireContacts, requireCreating, requireFollowUps } from './importRights.ts'
import { askedOfNew, CONTACT_KEYS, CUSTOMER_KEYS, FOLLOW_UP_KEYS, insertMany, insertRecords, TAG_KEYS } from './importRows.ts'
import { carriedBy } from './ownership.ts'
import { changeTags, restoreCustomers, tagIdFor, tagNamesOf } from './store.ts'
import { tellOwner } from './tell.ts'

type Update = Extract<RowWrite, { mode: 'update' | 'fill' }>
const str = (value: unknown): string => (typeof value === 'string' ? value : '')

/** One chunk: new customers in a few statements, then the others one by one, each on what the one before left behind. */
export async function writeRows(context: CommandContext, rows: readonly RowWrite[], rules: WriteRules): Promise<RowResult[]> {
  const creates = rows.filter((row) => row.mode === 'create')
  const results: RowResult[] = []
  if (creates.length > 0) results.push(...(await createAll(context, creates, rules)))
  let rest = rows.filter((row): row is Update => row.mode !== 'create')
  while (rest.length > 0) {
    const wave = firstOfEach(rest)
    results.push(...(await updateAll(context, wave, rules)))
    rest = rest.filter((row) => !wave.includes(row))
  }
  return results
}

function firstOfEach(rows: readonly Update[]): Update[] {
  const seen = new Set<string>()
  return rows.filter(({ id }) => !seen.has(id) && seen.add(id))
}

async function createAll(context: CommandContext, rows: readonly RowWrite[], rules: WriteRules): Promise<RowResult[]> {
  const at = context.now()
  const stamp = { createdAt: at, updatedAt: at, createdBy: context.actor.userId || null }
  const { tags: defaultTags, ownerId: defaultOwner, poolId: pool, ...defaults } = rules.defaults
  const owner = defaultOwner === undefined ? context.actor.employeeId : defaultOwner
  requireCreating(context.actor, rules)
  const faults = await soundRows(
    context,
    rows.map((row) => ({ row: row.row, parts: askedOfNew(context, row.parts, rules.defaults) })),
  )
  const tables: Tables = { customers: [], contacts: [], followUps: [], tags: [] }
  const sound = rows.filter(({ row }) => !faults.has(row))
  const { placed, left } = await placedWithin(context, sound, { owner, pool, defaults })
  for (const {
    row: { id, parts },
    place: { ownerId },
  } of placed) {
    const own = parts.customer?.[0] ?? {}
    const people = parts.contact ?? []
    const number = numberOfFirm(context.actor, people, { firm: own, mapped: rules.mapped })
    const values = number ? { ...own, ...number } : own
    const followUps = (parts.followUp ?? []).map((one) => ({ kind: 'note', ...one, happenedAt: str(one['happenedAt']) || at }))
    const lastFollowUpAt =
      followUps
        .map(({ happenedAt }) => happenedAt)
        .toSorted()
        .at(-1) ?? null
    tables.customers.push({
      kind: 'company',
      status: 'potential',
      ...defaults,
      ...values,
      ownerId,
      ownerSince: ownerId === null ? null : at,
      id,
      lastFollowUpAt,
      ...stamp,
      ...saidOnce(values, rules, at),
      number: values['number'] ?? (await takeNumber(context, entityIn(context, 'customer'))),
    })
    for (const [index, contact] of (number ? [] : people).entries())
      tables.contacts.push({ ...contact, id: context.newId(), customerId: id, isPrimary: index === 0 ? 1 : 0, ...stamp })
    for (const one of followUps) tables.followUps.push({ ...one, id: context.newId(), customerId: id, ...stamp })
    for (const name of new Set([...listOf(values['tags']), ...listOf(defaultTags)]))
      tables.tags.push({ id: context.newId(), name, entity: 'customer', recordId: id, createdAt: at })
  }
  requireContacts(context, tables.contacts)
  requireFollowUps(context.actor, tables.followUps)
  await insertTables(context, tables)
  await putIntoPools(
    context,
    placed.map(({ row: { id }, place: { poolId } }) => ({ id, poolId })),
  )
  tellNewOwners(context, tables.customers)
  return [
    ...faults.values(),
    ...placed.map(({ row: { row, id } }): RowResult => ({ row, outcome: 'created', recordId: id })),
    ...left,
  ]
}

function tellNext(context: CommandContext, stored: StoredRow, { ownerId }: Values): void {
  if (ownerId !== undefined && ownerId !== stored['ownerId']) tellOwner(context, str(ownerId), 'transferred', [stored.id])
}

/** Each owner hears once of a whole import how many of its customers are his. */
function tellNewOwners(context: CommandContext, customers: readonly Values[]): void {
  for (const [ownerId, theirs] of Map.groupBy(customers, (row) => str(row['ownerId'])))
    tellOwner(
      context,
      ownerId,
      'assigned',
      theirs.map((row) => str(row['id'])),
    )
}

/** When and by whom the file says that a new customer was created; never later than now, and never whoever imports. */
function saidOnce(values: Values, rules: WriteRules, now: string): Values {
  const at = str(values['createdAt'])
  return {
    ...(at !== '' && at < now ? { createdAt: at } : {}),
    ...(rules.mapped.includes('customer.createdBy') ? { createdBy: values['createdBy'] ?? null } : {}),
  }
}

type Tables = Record<'customers' | 'contacts' | 'followUps' | 'tags', Values[]>
const listOf = (value: unknown): string[] => (Array.isArray(value) ? (value as string[]) : [])
const customerFields = (rules: WriteRules): string[] =>
  rules.mapped.flatMap((key) => (key.startsWith('customer.') && !ONCE.has(key.slice(9)) ? [key.slice(9)] : []))
const ONCE: ReadonlySet<string> = new Set(customerEntity.fields.flatMap(({ key, importOnce }) => (importOnce ? [key] : [])))

const PARTS = ['customer', 'contact', 'followUp'] as const

async function insertTables(context: CommandContext, { customers, contacts, followUps, tags }: Tables): Promise<void> {
  await insertRecords(context, entityIn(context, 'customer'), CUSTOMER_KEYS, customers)
  await insertRecords(context, entityIn(context, 'contact'), CONTACT_KEYS, contacts)
  await insertRecords(context, entityIn(context, 'followUp'), FOLLOW_UP_KEYS, followUps)
  const tagIds = new Map<string, string>()
  for (const tag of tags) {
    const name = str(tag['name'])
    if (!tagIds.has(name)) tagIds.set(name, await tagIdFor(context, name))
    tag['tagId'] = tagIds.get(name)
  }
  await insertMany(context, 'record_tag', TAG_KEYS, uniqueTags(tags))
}

/** 重点 and 重点 of another spelling may be one tag. */
function uniqueTags(tags: readonly Values[]): Values[] {
  const seen = new Set<string>()
  return tags.filter((tag) => {
    const key = `${str(tag['recordId'])} ${str(tag['tagId'])}`
    return !seen.has(key) && seen.add(key)
  })
}

type There = { rows: Map<string, StoredRow>; contacts: Map<string, StoredRow[]>; notes: Map<string, Spoken[]> }
type Spoken = { text: string; kind: string; day: string }

async function updateAll(context: CommandContext, wave: readonly Update[], rules: WriteRules): Promise<RowResult[]> {
  const back = wave.filter(({ restore }) => restore).map(({ id }) => id)
  if (back.length > 0) {
    const { rows } = await loadManyForWrite(context, entityIn(context, 'customer'), back, { verbs: ['delete'], deleted: true })
    if (rows.length > 0)
      await restoreCustomers(
        context,
        rows.map(({ id }) => id),
      )
  }
  const there = await loadThere(context, wave)
  const results: RowResult[] = []
  for (const write of wave) {
    const stored = there.rows.get(write.id)
    if (!stored) results.push({ row: write.row, outcome: 'skipped', reason: 'notYours' })
    else
      results.push(
        await tried(
          context,
          PARTS.map((name) => entityIn(context, name)),
          write.row,
          () => updateWithin(context, write, { stored, there, rules }),
        ),
      )
  }
  return results
}

async function loadThere(context: CommandContext, wave: readonly Update[]): Promise<There> {
  const ids = wave.map(({ id }) => id)
  const { rows } = await loadManyForWrite(context, entityIn(context, 'customer'), ids, { verbs: ['edit'] })
  const there: There = { rows: new Map(rows.map((row) => [row.id, row])), contacts: new Map(), notes: new Map() }
  const made = wave.flatMap(({ id, ours }) => (ours && !there.rows.has(id) ? [id] : []))
  for (const row of await nobodysYet(context, made)) there.rows.set(row.id, row)
  const list = JSON.stringify(ids)
  if (wave.some(({ parts }) => parts.contact)) {
    const found =
      await sql<StoredRow>`select * from contact where customer_id in (select value from json_each(${list})) and deleted_at is null order by is_primary desc, created_at`.execute(
        context.tx,
      )
    for (const contact of found.rows.map((row) => flatRow(row)))
      there.contacts.set(String(contact['customerId']), [...(there.contacts.get(String(contact['customerId'])) ?? []), contact])
  }
  if (wave.some(({ parts }) => parts.followUp)) {
    const found = await sql<{
      customerId: string
      text: string
      kind: string
      happenedAt: string
    }>`select customer_id, text, kind, happened_at from follow_up where customer_id in (select value from json_each(${list})) and deleted_at is null`.execute(
      context.tx,
    )
    for (const { customerId, text, kind, happenedAt } of found.rows)
      there.notes.set(customerId, [...(there.notes.get(customerId) ?? []), { text, kind, day: dayOf(context, happenedAt) }])
  }
  return there
}

type Target = { stored: StoredRow; there: There; rules: WriteRules }

async function updateWithin(context: CommandContext, write: Update, target: Target): Promise<RowResult> {
  const pool = await poolFor(context, target.stored, write.parts.customer?.[0]?.['poolId'])
  return 'reason' in pool ? poolRefused(write.row, pool.reason) : updateOne(context, write, { ...target, ...pool })
}

/** `poolId`: the pool he goes into; null where he stays where he is. */
type Going = Target & { poolId: string | null }
async function updateOne(context: CommandContext, write: Update, { stored, there, rules, poolId }: Going): Promise<RowResult> {
  const { poolId: _named, ...file } = write.parts.customer?.[0] ?? {}
  const { values, ownerKept } = changesOf(context, stored, file, { mode: write.mode, rules, edit: write.edit })
  const ownerFull = await withoutFullOwner(context, stored, values)
  const named = values['name'] === undefined ? {} : { nameSort: file['nameSort'], nameCore: file['nameCore'] }
  const derived = { ...named, ...carriedBy(stored, values, context.now()) }
  const people = write.parts.contact ?? []
  const firm = { ...stored, ...values }
  // What comes back with its own number says itself whose each cell is.
  const number = write.edit ? null : numberOfFirm(context.actor, people, { firm, mapped: rules.mapped })
  let changed = await updateRow(context, entityIn(context, 'customer'), stored, { values: { ...values, ...number }, derived })
  changed = (await mergeContacts(context, write, number ? [] : people, there.contacts.get(write.id) ?? [])) || changed
  changed = (await addFollowUps(context, write, there.notes.get(write.id) ?? [])) || changed
  changed = (await mergeTags(context, write, rules)) || changed
  await putIntoPools(context, [{ id: write.id, poolId }])
  changed ||= poolId !== null
  if (!changed && !write.restore)
    return {
      row: write.row,
      outcome: 'skipped',
      reason: ownerKept ? 'ownerKept' : saysOther(stored, file, rules) ? 'nothingToFill' : 'unchanged',
      recordId: write.id,
    }
  tellNext(context, stored, values)
  const reason = ownerKept ? 'ownerKept' : ownerFull ? 'ownerFull' : null
  return { row: write.row, outcome: 'updated', recordId: write.id, ...(reason ? { reason } : {}) }
}

/** Who has no room does not get the customer; the rest of the row is written. */
async function withoutFullOwner(context: CommandContext, stored: StoredRow, values: Values): Promise<boolean> {
  const ownerId = str(values['ownerId'])
  if (ownerId === '' || ownerId === stored['ownerId']) return false
  if ((await new Room(context).take(ownerId, { level: stored['level'], status: stored['status'], ...values })) === null)
    return false
  delete values['ownerId']
  return true
}

/** The file has another word than the customer: with 只补空白 it was left aside, which is not the same as being alike. */
const saysOther = (stored: StoredRow, file: Values, rules: WriteRules): boolean =>
  customerFields(rules).some(
    (key) =>
      key !== 'tags' && !isEmpty(file[key]) && file[key] !== stored[key] && !(key === 'phone' && file[key] === stored['phone2']),
  )

const PLACE = ['province', 'city', 'district', 'address'] as const
/** These must say something; an empty cell never takes it away. */
const NEVER_EMPTY: ReadonlySet<string> = new Set(['name', 'kind', 'status', 'tags', 'poolId'])
const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === ''

function changesOf(
  context: CommandContext,
  stored: StoredRow,
  file: Values,
  how: { mode: 'update' | 'fill'; rules: WriteRules; edit?: Edit | undefined },
): { values: Values; ownerKept: boolean } {
  const { mode, rules } = how
  const keys = customerFields(rules)
  if (how.edit) {
    const fields = keys.filter((key) => key !== 'tags')
    const edited = editedValues(file, fields, { ...how, edit: how.edit, empty: rules.empty, stored, must: NEVER_EMPTY })
    return withoutForeignOwner(context, stored, edited)
  }
  const values: Values = {}
  for (const key of keys) {
    if (key === 'tags' || (PLACE as readonly string[]).includes(key)) continue
    const given = file[key]
    if (!isEmpty(given)) {
      if (mode === 'update' || isEmpty(stored[key])) values[key] = given
    } else if (mode === 'update' && rules.empty === 'clear' && !NEVER_EMPTY.has(key)) values[key] = null
  }
  placeInto(values, stored, file, { ...how, mapped: keys })
  if (fieldRight(context.actor, 'customer', 'phone2') === 'write') phoneInto(values, stored, file, mode)
  return withoutForeignOwner(context, stored, values)
}

/** An owner is changed only by who may transfer the customer. */
function withoutForeignOwner(context: CommandContext, stored: StoredRow, values: Values): { values: Values; ownerKept: boolean } {
  const ownerKept =
    values['ownerId'] !== undefined &&
    values['ownerId'] !== stored['ownerId'] &&
    !reaches(customerReach(context.actor, 'transfer'), stored['ownerId'] as string | null)
  if (ownerKept) delete values['ownerId']
  return { values, ownerKept }
}

/** An address is one thing: filling only its empty parts would mix two places. */
function placeInto(
  values: Values,
  stored: StoredRow,
  file: Values,
  how: { mode: 'update' | 'fill'; rules: WriteRules; mapped: readonly string[] },
): void {
  if (!PLACE.some((key) => how.mapped.includes(key))) return
  const given = PLACE.some((key) => !isEmpty(file[key]))
  if (given && (how.mode === 'update' || PLACE.every((key) => isEmpty(stored[key])))) {
    for (const key of PLACE) if (!isEmpty(file[key]) || how.mapped.includes('address')) values[key] = file[key] ?? null
  } else if (!given && how.mode === 'update' && how.rules.empty === 'clear')
    for (const key of PLACE) if (how.mapped.includes(key) || how.mapped.includes('address')) values[key] = null
}

/** A second number of the file, or another one than the stored, finds the second place when that is free. */
function phoneInto(values: Values, stored: StoredRow, file: Values, mode: 'update' | 'fill'): void {
  const known = [values['phone'] ?? stored['phone'], values['phone2'] ?? stored['phone2']]
  const spare = [file['phone'], file['phone2']].filter((phone) => !isEmpty(phone) && !known.includes(phone))
  const free = isEmpty(values['phone2']) && (isEmpty(stored['phone2']) || (mode === 'update' && !isEmpty(file['phone2'])))
  if (free && spare.length > 0) values['phone2'] = spare[0]
}

const dayOf = (context: CommandContext, instant: string): string => dateIn(instant, context.services.timeZone())

/**
 * The same words on the same day in the same way are the same conversation: importing a file twice does not double the history, and
 * 未接电话 of two days are two. What the file does not say cannot tell them apart.
 */
const sameSpoken = (context: CommandContext, one: Values, known: Spoken): boolean =>
  known.text === str(one['text']) &&
  (isEmpty(one['happenedAt']) || known.day === dayOf(context, str(one['happenedAt']))) &&
  (isEmpty(one['kind']) || known.kind === one['kind'])

async function addFollowUps(context: CommandContext, write: Update, there: readonly Spoken[]): Promise<boolean> {
  const at = context.now()
  const news = (write.parts.followUp ?? []).filter((one) => !there.some((known) => sameSpoken(context, one, known)))
  if (news.length === 0) return false
  requireFollowUps(context.actor, news)
  const stamp = { createdAt: at, updatedAt: at, createdBy: context.actor.userId || null, customerId: write.id }
  await insertRecords(
    context,
    entityIn(context, 'followUp'),
    FOLLOW_UP_KEYS,
    news.map((one) => ({ kind: 'note', ...one, happenedAt: one['happenedAt'] ?? at, id: context.newId(), ...stamp })),
  )
  await sql`update customer set last_follow_up_at = (select max(happened_at) from follow_up where customer_id = ${write.id} and deleted_at is null and internal = 0), updated_at = ${at}, version = version + 1
    where id = ${write.id}`.execute(context.tx)
  return true
}

async function mergeTags(context: CommandContext, write: Update, rules: WriteRules): Promise<boolean> {
  const wanted = write.parts.customer?.[0]?.['tags'] as string[] | undefined
  if (write.edit?.keep.includes('tags')) return false
  // Of a record that came back the cell holds all its tags.
  const multi = write.edit ? 'replace' : rules.multi
  if (!rules.mapped.includes('customer.tags') || (wanted === undefined && !(multi === 'replace' && rules.empty === 'clear')))
    return false
  requireWritable(context.actor, entityIn(context, 'customer'), ['tags'])
  const now = await tagNamesOf(context.tx, write.id)
  if (write.mode === 'fill' && now.length > 0) return false
  const add = (wanted ?? []).filter((tag) => !now.some((one) => one.toLowerCase() === tag.toLowerCase()))
  const remove =
    multi === 'replace' && write.mode === 'update'
      ? now.filter((tag) => !(wanted ?? []).some((one) => one.toLowerCase() === tag.toLowerCase()))
      : []
  return add.length + remove.length > 0 && changeTags(context, [write.id], { add, remove })
}
