import { SAID_WITH_NUMBER } from '../../../src-shared/features/customers/said.ts'
import { contactEntity } from '../../../src-shared/features/contacts/entity.ts'
import { opportunityEntity } from '../../../src-shared/features/opportunities/entity.ts'
import { may } from '../../../src-shared/kernel/actor.ts'
import { cleanName, cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import { sortKey } from '../../../src-shared/kernel/pinyin/pinyin.ts'
import type { CleanRow, Importer, Placing, Values } from '../../kernel/importer.ts'
import { reaches, reachIn } from '../../kernel/policy.ts'
import { placeUnderCustomer } from '../customers/public.ts'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** What a row of a sheet says of the customer, his person and the opportunity that a document is for. */
export const SAID_OF_DEAL = {
  customer: SAID_WITH_NUMBER,
  contact: ['name'],
  opportunity: ['number', 'name'],
} as const satisfies Importer['lookedUp']
/** The kinds that are looked up for it. */
export const DEAL_PARTS = [contactEntity, opportunityEntity] as const

const CONTACTS = 'select t.id, t.name from contact t where t.customer_id = ? and t.deleted_at is null limit 200'
const FOUND = 'o.id, o.customer_id as customerId, o.owner_id as ownerId'
const BY_NUMBER = `select ${FOUND} from (select ? as word) w cross join opportunity o on o.number = w.word or o.id = upper(w.word)
  where o.deleted_at is null`
const BY_NAME = `select ${FOUND} from opportunity o where o.name_sort = ? and o.deleted_at is null limit 50`

/** The person of the row's customer, where exactly one is called so. */
export function placeContact(row: CleanRow, given: Placing, values: Values): void {
  const name = cleanName(text(row.parts.contact?.[0]?.['name']))
  if (name === '' || !may(given.actor, 'contacts.read')) return
  const same = given.read(CONTACTS, text(values['customerId'])).filter((one) => cleanName(text(one['name'])) === name)
  if (same.length === 1) values['contactId'] = same[0]?.['id']
  else row.problems.push({ column: null, level: 'warning', code: 'contact.unknown', detail: name.slice(0, 80) })
}

/**
 * Notes in `values` whom a document is for and which opportunity it belongs to; the customer of a row that names none is that of its
 * opportunity. What cannot be told is said in the row.
 */
export function placeDeal(row: CleanRow, given: Placing, values: Values): void {
  const said = row.parts.customer?.[0]
  const isSaid = said !== undefined && SAID_WITH_NUMBER.some((field) => text(said[field]) !== '')
  const customerId = isSaid ? placeUnderCustomer(row, given, 'edit') : null
  if (customerId !== null) values['customerId'] = customerId
  if (!isSaid) delete row.parts.customer
  placeOpportunity(row, given, values)
  if (text(values['customerId']) !== '') placeContact(row, given, values)
}

function placeOpportunity(row: CleanRow, { read, actor }: Placing, values: Values): void {
  const said = row.parts.opportunity?.[0]
  const [number, name] = [cleanText(text(said?.['number'])), cleanText(text(said?.['name']))]
  const word = number || name
  if (word === '') return
  const home = text(values['customerId'])
  const named = name === '' ? [] : read(BY_NAME, sortKey(name))
  const found = [...read(BY_NUMBER, word), ...named].filter(
    (one, at, all) =>
      all.findIndex(({ id }) => id === one['id']) === at &&
      (home === '' || one['customerId'] === null || one['customerId'] === home) &&
      reaches(reachIn(actor, opportunityEntity, 'read'), text(one['ownerId']) || null),
  )
  const [only] = found
  if (!only || found.length > 1) {
    row.problems.push({ column: null, level: 'warning', code: 'opportunity.unknown', detail: word.slice(0, 80) })
    return
  }
  values['opportunityId'] = only['id']
  if (home === '' && row.parts.customer === undefined && only['customerId'] !== null) values['customerId'] = only['customerId']
}
