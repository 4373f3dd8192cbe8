import { sql } from 'kysely'
import { contactEntity } from '../../../src-shared/features/contacts/entity.ts'
import type { DuplicateColumn, DuplicateDetail } from '../../../src-shared/features/duplicates/model.ts'
import { may } from '../../../src-shared/kernel/actor.ts'
import { formatPhone } from '../../../src-shared/kernel/cleaning/phoneDisplay.ts'
import { type EntityDescriptor, type FieldDescriptor, findField, valueIn } from '../../../src-shared/kernel/entity.ts'
import type { QueryContext } from '../../kernel/context.ts'
import { plain } from '../../kernel/database.ts'
import { listRows, rowsById } from '../../kernel/records/select.ts'
import type { Alike } from './groupTask.ts'
import { told } from './page.ts'
import { type SeenAlike, seesAll } from './seen.ts'
import { asGroup, membersOf, openGroup, seenBy } from './store.ts'

type Context = Pick<QueryContext, 'db' | 'actor' | 'entities' | 'scan'>
type Row = DuplicateDetail['rows'][number]
type Value = Row['values'][number]

/** So many fit beside one another; a larger group is settled a few at a time. */
const COLUMNS_AT_MOST = 8
const CONTACTS_AT_MOST = 200
/** Shown as one line with the street, or of no use for telling two records apart. */
const LEFT_OUT = new Set(['province', 'city', 'district', 'updatedAt', 'createdBy'])
/** What every record has says nothing about how full it is. */
const ALWAYS_THERE = new Set(['name', 'kind', 'status', 'ownerId', 'createdAt'])

/** A group side by side, each field as the caller may see it; the fullest record comes first. */
export async function groupDetail(context: Context, { runId, n }: { runId: string; n: number }): Promise<DuplicateDetail | null> {
  const { db, actor } = context
  const entity = context.entities.get('customer')
  const group = await openGroup(db, actor, runId, n)
  if (!group || !entity) return null
  const found = await membersOf(db, actor, runId, [n])
  const alone = seesAll(actor)
    ? null
    : await context.scan<SeenAlike | null>('duplicates.seen', { actor, ids: found.map(({ id }) => id) }, { lane: 'quick' })
  if (!seesAll(actor) && alone === null) return null
  const stored = alone ? found.filter(({ id }) => alone.ids.includes(id)) : found
  const seen = stored.map((member) => ({ member: seenBy(actor, member), stored: member }))
  if (!seen.some(({ member }) => member.visible)) return null
  const ids = seen.flatMap(({ member }) => (member.id === null ? [] : [member.id]))
  const records = new Map((await rowsById(db, actor, entity, ids, { deleted: true })).map((row) => [String(row['id']), row]))
  const more = await countsOf(context, ids)
  const sides = seen.map(({ member, stored: { id } }) => {
    const record = records.get(id) ?? null
    const values = record ? valuesOf(entity, record, more(id)) : new Map<string, Value>()
    const filled = [...values].filter(([key, value]) => !ALWAYS_THERE.has(key) && !isEmpty(value)).length
    return { member, id, record, values, filled }
  })
  sides.sort((a, b) => rank(b) - rank(a) || b.filled - a.filled || a.member.at - b.member.at)
  const shown = sides.slice(0, COLUMNS_AT_MOST)
  const alike = await context.scan<Record<string, Alike>>(
    'duplicates.alike',
    { ids: shown.map(({ id }) => id), actor },
    { lane: 'quick' },
  )
  return {
    ...asGroup(group),
    ...(alone ? told(alone) : {}),
    more: sides.length - shown.length,
    columns: shown.map(
      ({ member, id, record, filled }): DuplicateColumn => ({
        ...member,
        filled,
        version: typeof record?.['version'] === 'number' ? record['version'] : null,
        alike: alike[id] ?? null,
      }),
    ),
    rows: rowsOf(
      entity,
      shown.map(({ values }) => values),
    ),
  }
}

const rank = ({ member }: { member: { visible: boolean; deleted: boolean } }): number =>
  (member.visible ? 2 : 0) + (member.deleted ? 0 : 1)
const isEmpty = (value: Value | undefined): boolean =>
  value === undefined || value === null || value === '' || value === 0 || (Array.isArray(value) && value.length === 0)

type More = { contacts: string[] | null; followUps: number | null }

/** Keys in the order they are shown in; `contacts` and `followUps` are none of the entity's fields. */
const keysOf = (entity: EntityDescriptor): string[] =>
  entity.fields.flatMap(({ key }) => {
    if (LEFT_OUT.has(key)) return []
    if (key === entity.title) return [key, 'contacts']
    return key === 'nextFollowUpAt' ? ['followUps', key] : [key]
  })

function valuesOf(entity: EntityDescriptor, record: Record<string, unknown>, more: More): Map<string, Value> {
  const values = new Map<string, Value>()
  for (const key of keysOf(entity)) {
    if (key === 'contacts' || key === 'followUps') values.set(key, more[key])
    else if (key === 'address') values.set(key, placeOf(record))
    else if (key.endsWith('Id')) values.set(key, valueOf(record[`${key.slice(0, -2)}Name`]))
    else values.set(key, inWords(findField(entity, key), valueOf(valueIn(record, key))))
  }
  return values
}

const placeOf = (record: Record<string, unknown>): string | null =>
  ['province', 'city', 'district', 'address']
    .flatMap((key) => (typeof record[key] === 'string' ? [record[key]] : []))
    .join(' ') || null

function valueOf(value: unknown): Value {
  if (Array.isArray(value)) return value.map(String)
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}

/** The choices of a field that the company added have their words with them, not in a file of texts. */
function inWords(field: FieldDescriptor | undefined, value: Value): Value {
  const { choices } = field ?? {}
  if (!choices) return value
  const word = (one: string) => choices.find((choice) => choice.value === one)?.label ?? one
  if (Array.isArray(value)) return value.map(word)
  return typeof value === 'string' ? word(value) : value
}

const rowsOf = (entity: EntityDescriptor, columns: readonly ReadonlyMap<string, Value>[]): Row[] =>
  keysOf(entity).flatMap((field) => {
    const values = columns.map((column) => column.get(field) ?? null)
    if (values.every(isEmpty)) return []
    const described = findField(entity, field)
    const type = described?.type ?? (field === 'followUps' ? 'number' : 'text')
    return [{ feature: described ? entity.feature : 'duplicates', field, label: described?.label ?? null, type, values }]
  })

/** Contacts and conversations of the customers in sight, as far as the caller's roles show them. */
async function countsOf({ db, actor, entities }: Context, ids: readonly string[]): Promise<(id: string) => More> {
  const contacts = new Map<string, string[]>()
  const readsContacts = may(actor, 'contacts.read')
  if (readsContacts && ids.length > 0) {
    const { rows } = await listRows(db, actor, entities.get('contact') ?? contactEntity, {
      filter: { combinator: 'and', rules: [{ field: 'customerId', operator: 'in', value: [...ids] }] },
      sort: [{ field: 'createdAt', direction: 'asc' }],
      offset: 0,
      limit: CONTACTS_AT_MOST,
    })
    for (const row of rows) {
      const id = String(row['customerId'])
      contacts.set(id, [...(contacts.get(id) ?? []), contactText(row)])
    }
  }
  const followUps = may(actor, 'followUps.read') ? await followUpCounts(db, ids) : null
  return (id) => ({
    contacts: readsContacts ? (contacts.get(id) ?? []) : null,
    followUps: followUps ? (followUps.get(id) ?? 0) : null,
  })
}

function contactText({ name, phone }: Record<string, unknown>): string {
  const number = typeof phone === 'string' ? (phone.startsWith('+') ? formatPhone(phone) : phone) : ''
  return [String(name), number].filter((part) => part !== '').join(' ')
}

async function followUpCounts(db: Context['db'], ids: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; n: number }>`
    select customer_id as id, count(*) as n from follow_up where customer_id in (select value from json_each(${JSON.stringify(ids)})) and deleted_at is null group by customer_id`.execute(
    plain(db),
  )
  return new Map(rows.map(({ id, n }) => [id, n]))
}
