import { MADE_CUSTOMER, SAID_OF_CUSTOMER } from '../../../src-shared/features/customers/said.ts'
import { contactEntity } from '../../../src-shared/features/contacts/entity.ts'
import { text as words } from '../../../src-shared/features/contacts/text.ts'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { may } from '../../../src-shared/kernel/actor.ts'
import { cleanName } from '../../../src-shared/kernel/cleaning/text.ts'
import { TITLE } from '../../../src-shared/kernel/matching/keys.ts'
import { sortKey } from '../../../src-shared/kernel/pinyin/pinyin.ts'
import type { CleanRow, Importer, Likeness, Parts, RowKey, RowRecord, Values } from '../../kernel/importer.ts'
import { mayAskBy } from '../../kernel/policy.ts'
import { newCustomerKey, placeUnderCustomer, seesByCustomer } from '../customers/public.ts'
import { askedOfNew, writeContacts } from './importWrite.ts'

/** How a contact is called of whom the sheet has no name. */
const UNNAMED = words['zh-CN']['entity.contact']
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const isUnnamed = (name: string): boolean => name === '' || name === UNNAMED || !/\p{L}/u.test(name)

function finish(row: CleanRow): void {
  const contact = (row.parts.contact ??= [{}])[0] ?? {}
  row.parts.contact = [contact]
  placePhones(row, contact)
  const said = ['name', 'phone', 'phone2', 'email', 'wechat'].some((key) => text(contact[key]) !== '')
  if (!said && !text(contact['id'])) {
    row.problems.push({ column: null, level: 'error', code: 'nameless' })
    return
  }
  // Never a number: everybody may read and find a name, and numbers have masks.
  contact['name'] = cleanName(text(contact['name'])) || text(contact['title']) || UNNAMED
  contact['nameSort'] = sortKey(text(contact['name']), { person: true })
}

/** A further number of the cell is the second one, where that is free; what has no place is left out and told. */
function placePhones(row: CleanRow, contact: Values): void {
  const spare = (row.more.contact ?? []).filter((phone) => phone !== contact['phone'] && phone !== contact['phone2'])
  if (contact['phone2'] === contact['phone']) delete contact['phone2']
  if (contact['phone'] === undefined && contact['phone2'] !== undefined) {
    contact['phone'] = contact['phone2']
    delete contact['phone2']
  }
  if (spare.length > 0 && contact['phone2'] === undefined) contact['phone2'] = spare.shift()
  for (const phone of spare) row.problems.push({ column: null, level: 'warning', code: 'phone.left', detail: phone })
}

function matchRecord(parts: Parts): RowRecord {
  const contact = parts.contact?.[0] ?? {}
  const numbers = [contact['phone'], contact['phone2']].filter((phone): phone is string => text(phone) !== '')
  return {
    name: text(contact['name']),
    kind: 'person',
    phones: numbers.filter((phone) => !phone.includes('*')),
    masked: numbers.filter((phone) => phone.includes('*')),
    email: text(contact['email']) || null,
  }
}

/** The people of one customer are few: all of them are looked at. */
function keys(parts: Parts): RowKey[] {
  const customerId = text(parts.contact?.[0]?.['customerId'])
  return [{ kind: 'own', key: customerId || `new ${newCustomerKey(parts.customer?.[0] ?? {})}` }]
}

/** Within one customer: the same name is the same person; a number alone only where the names allow it. */
function compare(row: RowRecord, there: RowRecord): Likeness {
  const [a, b] = [text(row.name), text(there.name)]
  const phones = [...row.phones, ...(row.masked ?? [])]
  const shared = phones.some((phone) => [...there.phones, ...(there.masked ?? [])].includes(phone))
  const sameName = !isUnnamed(a) && a === b
  const sameMail = Boolean(row.email) && row.email === there.email
  const fits = isUnnamed(a) || isUnnamed(b) || (a[0] === b[0] && (TITLE.test(a) || TITLE.test(b)))
  const reasons = [
    ...(sameName ? [{ code: 'personNameSame', weight: 8 }] : []),
    ...(shared ? [{ code: 'mobileSame', weight: 8 }] : []),
    ...(sameMail ? [{ code: 'emailSame', weight: 6 }] : []),
  ]
  const bits = reasons.reduce((sum, { weight }) => sum + weight, 0)
  if (sameName || ((shared || sameMail) && fits)) return { verdict: 'same', bits, score: 0.99, reasons }
  // Colleagues share a switchboard; a person decides.
  return shared || sameMail
    ? { verdict: 'maybe', bits: bits / 4, score: 0.5, reasons }
    : { verdict: 'different', bits: -8, score: 0, reasons }
}

type Row = Record<'id' | 'name' | 'customerId', string> &
  Record<'phone' | 'phone2' | 'email' | 'ownerId' | 'ownerName', string | null>

const candidates: Importer['candidates'] = {
  sql: `select t.id, t.name, t.phone, t.phone2, t.email, t.customer_id as customerId, c.owner_id as ownerId, e.name as ownerName
    from json_each(?) w cross join contact t on t.customer_id = w.value join customer c on c.id = t.customer_id left join employee e on e.id = c.owner_id
    where t.deleted_at is null limit 200`,
  parameter: (found) => JSON.stringify([...new Set(found.map(({ key }) => key))]),
  read: (found, actor) => {
    const row = found as Row
    return {
      id: row.id,
      name: row.name,
      ownerId: row.ownerId,
      ownerName: mayAskBy(actor, customerEntity, 'ownerId') ? row.ownerName : null,
      deleted: false,
      // What is kept from who asks he does not learn by a verdict.
      record: matchRecord({
        contact: [Object.fromEntries(Object.entries(row).filter(([key]) => mayAskBy(actor, contactEntity, key)))],
      }),
    }
  },
}

/** A list of people, each with his company; the company is found, not imported. */
export const contactImporter: Importer = {
  entity: 'contact',
  parts: [contactEntity, customerEntity],
  lookedUp: { customer: SAID_OF_CUSTOMER },
  identified: ['contact.name', 'contact.phone', 'contact.id'],
  unidentified: 'contactNotMapped',
  action: 'importedContacts',
  needs: 'contacts.write',
  creates: 'contacts.write',
  writes: {},
  makes: MADE_CUSTOMER,
  presentPeople: [],
  repeatable: ['contact.note'],
  headers: {
    'contact.name': ['客户联系人', '名字', 'name'],
    'contact.phone': ['电话', '联系电话', '电话号码', 'phone', 'tel', 'cell'],
    'contact.phone2': ['电话2', '备用电话', '座机', '办公电话', 'other phone'],
    'contact.email': ['邮箱', '电子邮箱', '邮件', 'e-mail', 'email'],
    'contact.isPrimary': ['主联系人', '是否主联系人', '主要联系人', 'main contact', 'primary'],
    'contact.note': ['备注', '说明', 'note', 'remark'],
    'customer.name': ['所属客户', '所属公司', '所在公司', '关联客户'],
  },
  words: {},
  finish,
  finishEdited: (row) => {
    const name = cleanName(text(row.parts.contact?.[0]?.['name']))
    const contact = row.parts.contact?.[0]
    if (contact && name !== '') Object.assign(contact, { name, nameSort: sortKey(name, { person: true }) })
  },
  place: (row, given) => {
    const contact = row.parts.contact?.[0]
    if (!contact) return
    const id = placeUnderCustomer(row, given, 'edit')
    if (id !== null) contact['customerId'] = id
  },
  matchRecord,
  keys,
  compare,
  candidates,
  sees: (actor, candidate) => may(actor, 'contacts.read') && seesByCustomer(actor, candidate),
  asked: askedOfNew,
  write: writeContacts,
}
