import { contactEntity } from '../../../src-shared/features/contacts/entity.ts'
import { AUTHOR_SAID, withAuthorSaid } from '../../../src-shared/features/follow-ups/authorSaid.ts'
import { followUpEntity } from '../../../src-shared/features/follow-ups/entity.ts'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import { keyNumber } from '../../../src-shared/kernel/matching/keyNumber.ts'
import type { MatchRecord } from '../../../src-shared/kernel/matching/keys.ts'
import { nameCore } from '../../../src-shared/kernel/matching/nameCore.ts'
import { sortKey } from '../../../src-shared/kernel/pinyin/pinyin.ts'
import type { CleanRow, Importer, Parts, RowKey, Values } from '../../kernel/importer.ts'
import { customerReach, mayAskBy, reaches } from '../../kernel/policy.ts'
import { askable, withoutHidden } from './askable.ts'
import { UNNAMED } from './importPeople.ts'
import { askedOfNew } from './importRows.ts'
import { writeRows } from './importWrite.ts'
import { HEIR } from './merged.ts'

/** A masked one too: with the name beside it it finds the whole one. */
const MOBILE = /^(?:\+861\d{10}|1[3-9][\d*]{9}$)/
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

function finish(row: CleanRow, mapped: ReadonlySet<string>): void {
  const customers = (row.parts.customer ??= [{}])
  const customer = customers[0] ?? {}
  if (customers.length !== 1) row.parts.customer = [customer]
  let contacts = row.parts.contact ?? NO_CONTACTS
  if (!contacts.every(isFilled)) contacts = contacts.filter(isFilled)
  nameFromContact(customer, contacts, mapped)
  const further = placePhones(row, customer, contacts, mapped)
  if (further.length > 0) contacts = [...contacts, ...further]
  for (const contact of contacts) {
    // Never a number or an address: everybody may read and find a name, and those have masks.
    if (!text(contact['name'])) contact['name'] = text(contact['title']) || UNNAMED
    contact['nameSort'] = sortKey(text(contact['name']), PERSON)
  }
  keepContacts(row, contacts, text(customer['name']))
  finishFollowUp(row, customer, mapped)
  const name = text(customer['name'])
  if (name === '') {
    if (!row.problems.some(({ code }) => code === 'tooLong'))
      row.problems.push({ column: null, level: 'error', code: 'required', detail: 'name' })
    return
  }
  customer['nameSort'] = sortKey(name)
  customer['nameCore'] = nameCore(name).core
}

/** Never put into a row. */
const NO_CONTACTS: Values[] = []
const PERSON = { person: true } as const

function isFilled(record: Values): boolean {
  for (const _key in record) return true
  return false
}

/** One who says no more than the name of the firm is none. */
function keepContacts(row: CleanRow, contacts: Values[], name: string): void {
  const only = contacts.length === 1 ? contacts[0] : undefined
  const isFirm = only !== undefined && text(only['name']) === name && Object.keys(only).length === 2
  const kept = isFirm ? NO_CONTACTS : contacts.every(isNamed) ? contacts : contacts.filter(isNamed)
  if (kept.length > 0) row.parts.contact = kept
  else delete row.parts.contact
}

const isNamed = (contact: Values): boolean => text(contact['name']) !== ''

/** Only edited fields are there; what follows from the name follows from the new one. */
function finishEdited(row: CleanRow): void {
  const customer = row.parts.customer?.[0]
  if (customer && text(customer['name']) !== '') {
    const name = text(customer['name'])
    customer['nameSort'] = sortKey(name)
    customer['nameCore'] = nameCore(name).core
  }
  for (const contact of row.parts.contact ?? []) {
    if (!text(contact['name'])) contact['name'] = text(contact['title']) || UNNAMED
    contact['nameSort'] = sortKey(text(contact['name']), PERSON)
  }
  if (row.parts.followUp) finishFollowUp(row, customer ?? {}, NOTHING)
}

/** A list of people has no column of firms: the person is the customer. */
function nameFromContact(customer: Values, contacts: readonly Values[], mapped: ReadonlySet<string>): void {
  const first = contacts[0]
  if (mapped.has('customer.name') || text(customer['name']) !== '' || !first || text(first['name']) === '') return
  customer['name'] = first['name']
  customer['kind'] ??= 'person'
  for (const key of ['phone', 'email'] as const) customer[key] ??= first[key]
}

/**
 * Further numbers of a cell go to the second field, then to contacts of their own: none is lost, and all stay under the mask of
 * a phone. A contact without a column of his own shares the mobile.
 * @returns the contacts made for numbers that found no place.
 */
function placePhones(row: CleanRow, customer: Values, contacts: readonly Values[], mapped: ReadonlySet<string>): Values[] {
  const spare = row.more.customer?.filter((phone) => phone !== customer['phone'] && phone !== customer['phone2']) ?? NO_PHONES
  if (customer['phone2'] !== undefined && customer['phone2'] === customer['phone']) delete customer['phone2']
  if (customer['phone'] === undefined && customer['phone2'] !== undefined) {
    customer['phone'] = customer['phone2']
    delete customer['phone2']
  }
  if (spare.length > 0 && customer['phone2'] === undefined) customer['phone2'] = spare.shift()
  const contact = contacts[0]
  const contactSpare = row.more.contact ? [...row.more.contact] : NO_PHONES
  if (contact && contactSpare.length > 0 && contact['phone2'] === undefined) contact['phone2'] = contactSpare.shift()
  if (contact && contact['phone'] === undefined && !mapped.has('contact.phone')) {
    const mobile = [customer['phone'], customer['phone2']].find((phone) => MOBILE.test(text(phone)))
    if (mobile !== undefined) contact['phone'] = mobile
  }
  if (spare.length + contactSpare.length === 0) return NO_CONTACTS
  const left = [...spare, ...contactSpare]
  const further: Values[] = []
  for (let at = 0; at < left.length; at += 2)
    further.push({ phone: left[at], ...(left[at + 1] === undefined ? {} : { phone2: left[at + 1] }) })
  return further
}

const NO_PHONES: string[] = []
const NOTHING: ReadonlySet<string> = new Set()

function finishFollowUp(row: CleanRow, customer: Values, mapped: ReadonlySet<string>): void {
  const said = row.parts.followUp
  if (!said) return
  const written = said.filter((one) => text(one['text']) !== '')
  const [first] = said
  const author = text(first?.[AUTHOR_SAID])
  for (const one of written) {
    for (const key of ['happenedAt', 'kind', 'authorId'])
      if (one[key] === undefined && first?.[key] !== undefined) one[key] = first[key]
    delete one[AUTHOR_SAID]
    if (author !== '') one['text'] = withAuthorSaid(text(one['text']), author)
    // Whoever the sheet names as in charge spoke with the customer; never the one who imports.
    else if (one['authorId'] === undefined && customer['ownerId'] !== undefined) one['authorId'] = customer['ownerId']
  }
  if (written.length > 0) timeSpoken(row, written, { customer, asked: mapped.has('followUp.happenedAt') })
  if (written.length > 0) row.parts.followUp = written
  else delete row.parts.followUp
}

/** A time that nobody can read is never taken for now: the customer would count as spoken to today. An empty one is told. */
function timeSpoken(row: CleanRow, written: readonly Values[], { customer, asked }: { customer: Values; asked: boolean }): void {
  if (!asked || written.every((one) => text(one['happenedAt']) !== '')) return
  const unread = row.problems.findIndex(({ code }) => code === 'happenedAt.unread')
  const told = row.problems[unread]
  if (told) {
    row.problems[unread] = { ...told, level: 'error' }
    return
  }
  const created = text(customer['createdAt'])
  if (created !== '') for (const one of written) one['happenedAt'] ??= created
  row.problems.push({ column: null, level: 'warning', code: created === '' ? 'dateless' : 'dateless.created' })
}

const isMasked = (phone: string): boolean => phone.includes('*')

/** What everybody is called who has no name tells nobody apart. */
function nameOf(contact: Values | undefined): string | null {
  const name = text(contact?.['name'])
  return name === '' || name === UNNAMED ? null : name
}

export function customerRecord(parts: Parts): MatchRecord {
  const customer = parts.customer?.[0] ?? NO_VALUES
  const contacts = parts.contact ?? NO_CONTACTS
  const numbers: Numbers = { phones: NO_PHONES, masked: NO_PHONES }
  addNumbers(numbers, customer)
  for (const contact of contacts) addNumbers(numbers, contact)
  return {
    name: text(customer['name']),
    contact: nameOf(contacts[0]),
    phones: numbers.phones,
    masked: numbers.masked,
    email: text(customer['email']) || text(contacts[0]?.['email']) || null,
    creditCode: text(customer['creditCode']) || null,
    city: text(customer['city']) || null,
    address: text(customer['address']) || null,
  }
}

const NO_VALUES: Values = {}
type Numbers = { phones: readonly string[]; masked: readonly string[] }

function addNumbers(numbers: Numbers, { phone, phone2 }: Values): void {
  addNumber(numbers, phone)
  addNumber(numbers, phone2)
}

function addNumber(numbers: Numbers, number: unknown): void {
  if (typeof number !== 'string' || number === '') return
  if (isMasked(number)) numbers.masked = withOne(numbers.masked, number)
  else numbers.phones = withOne(numbers.phones, number)
}

const withOne = (list: readonly string[], one: string): readonly string[] =>
  list.length === 0 ? [one] : list.includes(one) ? list : [...list, one]

/** A stored customer as matching reads him; `contacts` is JSON: name, phone, second phone, e-mail of each. */
export type MatchRow = {
  id: string
  name: string
  phone: string | null
  phone2: string | null
  email: string | null
  creditCode: string | null
  city: string | null
  address: string | null
  ownerId: string | null
  ownerName: string | null
  deletedAt: string | null
  contacts: string
}
export const MATCH_CONTACTS =
  '(select json_group_array(json_array(t.name, t.phone, t.phone2, t.email)) from contact t where t.customer_id = c.id and (t.deleted_at is null or t.deleted_with is not null))'
/** A key that very many carry (a placeholder number) tells nothing: of one so many are looked at, and of all together. */
const OF_ONE_KEY = 40
export const LOOK_AT = 60
/** What tells most comes first: where there are too many, it is not they that are left out. */
const TELLING: readonly string[] = ['code', 'email', 'name', 'phone', 'core', 'pinyin']
export const mostTelling = <Key>(keys: readonly Key[], kindOf: (key: Key) => string): Key[] =>
  keys.toSorted((a, b) => TELLING.indexOf(kindOf(a)) - TELLING.indexOf(kindOf(b)))
/** Of the documents of such kinds under a key only the first, that one too common leaves room for the next. */
export const ofOneKey = (key: string, kinds = "<> 'lead'"): string =>
  `coalesce((select m.doc from match_key m cross join search_doc x on x.id = m.doc and x.entity ${kinds} where m.key = ${key} order by m.doc limit 1 offset ${OF_ONE_KEY - 1}), ${Number.MAX_SAFE_INTEGER})`

export const customerCandidates: Importer['candidates'] = {
  // Who gave up his place is still known by what he was called: the row goes into the one who took it.
  sql: `select s.id, c.id as was, s.name as standing, c.name, c.phone, c.phone2, c.email, c.credit_code as creditCode, c.city, c.address,
      s.owner_id as ownerId, e.name as ownerName, s.deleted_at as deletedAt,
      ${MATCH_CONTACTS} as contacts
    from (select distinct coalesce(d.customer_id, d.record_id) as id
      from json_each(?) w cross join match_key k on k.key = w.value ->> 0 and k.doc <= min(w.value ->> 1, ${ofOneKey('w.value ->> 0')}) cross join search_doc d on d.id = k.doc and d.entity <> 'lead' limit ${LOOK_AT}) f
    join customer c on c.id = f.id join customer s on s.id = ${HEIR} left join employee e on e.id = s.owner_id`,
  parameter: (keys: readonly RowKey[], until = Number.MAX_SAFE_INTEGER) =>
    JSON.stringify(mostTelling(keys, ({ kind }) => kind).map((key) => [keyNumber(key), until])),
  read: (found, actor) => {
    const row = found as MatchRow & { was: string; standing: string }
    return {
      id: row.id,
      comparedAs: row.was,
      name: row.standing,
      ownerId: row.ownerId,
      ownerName: mayAskBy(actor, customerEntity, 'ownerId') ? row.ownerName : null,
      deleted: row.deletedAt !== null,
      record: recordOf(withoutHidden(askable(actor), row)),
    }
  },
}

/** What matching compares of a stored customer: the import, the form and the search of the whole base see the same. */
export function recordOf(row: Omit<MatchRow, 'ownerName'>): MatchRecord {
  const contacts = JSON.parse(row.contacts) as [string, string | null, string | null, string | null][]
  const numbers = [
    ...new Set(
      [row.phone, row.phone2, ...contacts.flatMap(([, phone, phone2]) => [phone, phone2])].filter(
        (phone) => phone !== null && phone !== '',
      ),
    ),
  ] as string[]
  return {
    name: row.name,
    contact: contacts[0] ? nameOf({ name: cleanText(contacts[0][0]) }) : null,
    phones: numbers.filter((phone) => !isMasked(phone)),
    masked: numbers.filter(isMasked),
    email: row.email ?? contacts[0]?.[3] ?? null,
    creditCode: row.creditCode,
    city: row.city,
    address: row.address,
  }
}

/** One sheet gives a customer, his contacts and a first follow-up. */
export const customerImporter: Importer = {
  entity: 'customer',
  parts: [customerEntity, contactEntity, followUpEntity],
  identified: ['customer.name', 'contact.name', 'customer.id'],
  unidentified: 'titleNotMapped',
  action: 'imported',
  // The person is the customer where no column names a firm.
  implied: (mapped) => (mapped.has('contact.name') ? ['customer.name'] : []),
  needs: 'customers.read',
  creates: 'customers.create',
  writes: { contact: 'contacts.write', followUp: 'followUps.write' },
  presentPeople: ['customer.ownerId'],
  repeatable: [
    'customer.tags',
    'customer.note',
    'contact.name',
    'contact.title',
    'contact.phone',
    'contact.email',
    'contact.wechat',
    'contact.note',
    'followUp.text',
  ],
  words: {
    'customer.level': {
      A: ['vip', '重点', '重要', '核心', '高', '大客户', '重点客户', '重要客户', 'key', 'high', 'a级客户', '一级', '甲'],
      B: ['普通', '一般', '中', '中等', '普通客户', '一般客户', 'normal', 'medium', 'b级客户', '二级', '乙'],
      C: ['低', '潜力', '小客户', '零散', '次要', 'low', 'c级客户', '三级', '丙'],
    },
    'customer.status': {
      potential: [
        '潜在',
        '潜在客户',
        '意向',
        '意向客户',
        '新客户',
        '未成交',
        '待跟进',
        '线索',
        'lead',
        'prospect',
        'new',
        'open',
      ],
      active: ['跟进中', '跟进', '洽谈中', '谈判', '在谈', '进行中', '接触中', 'working', 'in progress', 'negotiation'],
      won: ['成交', '已成交', '合作', '合作中', '已合作', '签约', '已签约', '老客户', '成交客户', 'customer', 'closed won'],
      lost: ['流失', '已流失', '输单', '无效', '放弃', '终止', '停止合作', '失败', 'closed lost', 'inactive'],
    },
    'customer.kind': {
      company: ['公司', '企业', '单位', '机构', '企业客户', 'b2b', 'company', 'business'],
      person: ['个人', '个体', '散客', '个人客户', 'b2c', 'person', 'individual'],
    },
    'followUp.kind': {
      call: ['电话', '打电话', '通话', '电话沟通', '去电', '来电', 'phone', 'phone call'],
      visit: ['拜访', '上门', '上门拜访', '面谈', '见面', '来访', 'meeting', 'on site'],
      wechat: ['微信', '微信沟通', 'wx', '企业微信'],
      email: ['邮件', '邮箱', 'mail', 'e-mail'],
      note: ['备注', '其他', '其它', '记录', 'other'],
    },
  },
  finish,
  finishEdited,
  matchRecord: customerRecord,
  candidates: customerCandidates,
  sees: (actor, { ownerId }) => reaches(customerReach(actor, 'read'), ownerId),
  asked: askedOfNew,
  write: writeRows,
}
