import { MADE_CUSTOMER, SAID_WITH_NUMBER } from '../../../src-shared/features/customers/said.ts'
import { hasLeft } from '../../../src-shared/kernel/leaving.ts'
import { contactEntity } from '../../../src-shared/features/contacts/entity.ts'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { opportunityEntity } from '../../../src-shared/features/opportunities/entity.ts'
import { OpportunityValues } from '../../../src-shared/features/opportunities/model.ts'
import { cleanName, cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import { sortKey } from '../../../src-shared/kernel/pinyin/pinyin.ts'
import type { CleanRow, Importer, Likeness, Parts, Placing, RowKey, RowRecord, Values } from '../../kernel/importer.ts'
import { customerReach, mayAskBy, reaches, reachIn } from '../../kernel/policy.ts'
import { newCustomerKey, placeUnderCustomer } from '../customers/public.ts'
import { askedOfNew } from './importRows.ts'
import { writeOpportunities } from './importWrite.ts'
import { placeContact } from './placeDeal.ts'
import { STAGE_WORDS } from './words.ts'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const opportunityOf = (parts: Parts): Values => parts.opportunity?.[0] ?? {}
/** Clocks of two computers differ a little. */
const TOLERANCE_MS = 10 * 60_000

function leave(row: CleanRow, values: Values, key: string, code: string): void {
  row.problems.push({ column: null, level: 'warning', code, detail: String(values[key]).slice(0, 80) })
  delete values[key]
}

function tidy(row: CleanRow, values: Values): void {
  const name = cleanText(text(values['name']))
  if (name === '') delete values['name']
  else Object.assign(values, { name, nameSort: sortKey(name) })
  if (values['number'] !== undefined) values['number'] = cleanText(text(values['number']))
  if (values['amount'] !== undefined && !OpportunityValues.shape.amount.safeParse(values['amount']).success)
    leave(row, values, 'amount', 'amount.negative')
}

function finish(row: CleanRow): void {
  const values = (row.parts.opportunity ??= [{}])[0] ?? {}
  row.parts.opportunity = [values]
  tidy(row, values)
  const isCalled = ['name', 'number', 'productId', 'id'].some((key) => text(values[key]) !== '')
  if (!isCalled && text(row.parts.customer?.[0]?.['name']) === '')
    row.problems.push({ column: null, level: 'error', code: 'opportunityless' })
}

type Stage = { id: string; name: string; kind: string; pipelineId: string }
const STAGES = `select s.id, s.name, s.kind, s.pipeline_id as pipelineId from stage s join pipeline p on p.id = s.pipeline_id
  where ? is not null and s.archived_at is null and p.archived_at is null order by p.position, p.created_at, p.id, s.position`
const PRODUCT = 'select p.name from product p where p.id = ?'
const PERSON = 'select e.name, e.left_on as leftOn from employee e where e.id = ?'

function place(row: CleanRow, given: Placing): void {
  const values = opportunityOf(row.parts)
  const said = row.parts.customer?.[0]
  if (said && SAID_WITH_NUMBER.some((field) => text(said[field]) !== '')) {
    const customerId = placeUnderCustomer(row, given, 'edit')
    if (customerId !== null) values['customerId'] = customerId
    placeContact(row, given, values)
  } else delete row.parts.customer
  const state = placeStage(row, values, given)
  placeTimes(row, values, { state, now: given.now })
  placeOwner(row, values, { state, given })
  if (text(values['name']) === '') callIt(row, values, given)
}

/** The stage in the pipeline that the row names: many pipelines have stages of the same name. @returns its kind */
function placeStage(row: CleanRow, values: Values, { read }: Placing): string {
  const stages = read(STAGES, '') as Stage[]
  const named = stages.find(({ id }) => id === values['stageId'])
  const pipelineId = text(values['pipelineId']) || named?.pipelineId
  const theirs = stages.filter((one) => one.pipelineId === pipelineId)
  const sole = named && named.kind !== 'open' ? theirs.find(({ kind }) => kind === named.kind) : undefined
  const own = theirs.find(({ id }) => id === named?.id) ?? theirs.find(({ name }) => name === named?.name) ?? sole
  if (named && !own) row.problems.push({ column: null, level: 'error', code: 'named.stage', detail: named.name })
  if (own) values['stageId'] = own.id
  return own?.kind ?? 'open'
}

function placeTimes(row: CleanRow, values: Values, { state, now }: { state: string; now: string }): void {
  const late = new Date(Date.parse(now) + TOLERANCE_MS).toISOString()
  const ahead = ['createdAt', 'engagedAt', 'stageEnteredAt'].some((key) => text(values[key]) > late)
  // A day counts to its end: whoever imports in the morning has won today.
  if (ahead || text(values['closedOn']) > new Date(Date.parse(now) + 86_400_000).toISOString().slice(0, 10))
    row.problems.push({ column: null, level: 'error', code: 'timeAhead' })
  if (state === 'open') {
    if (text(values['closedOn']) !== '') leave(row, values, 'closedOn', 'closedButOpen')
    return
  }
  if (text(values['closedOn']) === '' && text(values['stageEnteredAt']) === '')
    row.problems.push({ column: null, level: 'warning', code: 'closedUndated' })
  if (text(values['closedOn']) !== '' && text(values['engagedAt']).slice(0, 10) > text(values['closedOn']))
    row.problems.push({ column: null, level: 'warning', code: 'engagedAfterEnd' })
}

/** What is over may have been somebody's who has left; what goes on needs somebody who is here. */
function placeOwner(row: CleanRow, values: Values, { state, given }: { state: string; given: Placing }): void {
  if (state !== 'open' || text(values['ownerId']) === '') return
  const [person] = given.read(PERSON, text(values['ownerId']))
  if (hasLeft(text(person?.['leftOn']) || null, given.today))
    row.problems.push({ column: null, level: 'error', code: 'person.left', detail: text(person?.['name']).slice(0, 80) })
}

/** Without a name it is called by whom and what it is about. */
function callIt(row: CleanRow, values: Values, { read }: Placing): void {
  const productId = text(values['productId'])
  const product = productId === '' ? '' : text(read(PRODUCT, productId)[0]?.['name'])
  const parts = [cleanName(text(row.parts.customer?.[0]?.['name'])), product].filter((part) => part !== '')
  const name = (parts.join(' · ') || text(values['number'])).slice(0, 200)
  if (name !== '') Object.assign(values, { name, nameSort: sortKey(name) })
}

function matchRecord(parts: Parts): RowRecord {
  const values = opportunityOf(parts)
  const made = newCustomerKey(parts.customer?.[0] ?? {})
  const customer = text(values['customerId']) || (made === '' ? null : `new ${made}`)
  return { name: text(values['name']), phones: [], own: { number: text(values['number']) || null, customer } }
}

/** Known by its number; without one by its name under its customer. */
const keys = (parts: Parts): RowKey[] => {
  const { name, own } = matchRecord(parts)
  if (own?.['number']) return [{ kind: 'number', key: own['number'] }]
  return name ? [{ kind: 'name', key: sortKey(name) }] : []
}

const likeness = (verdict: Likeness['verdict'], code: string, weight: number): Likeness => ({
  verdict,
  bits: weight,
  score: verdict === 'same' ? 0.99 : verdict === 'maybe' ? 0.5 : 0,
  reasons: weight > 0 ? [{ code, weight }] : [],
})
const DIFFERENT = likeness('different', '', -8)

function compare(row: RowRecord, there: RowRecord): Likeness {
  const [a, b] = [row.own?.['number'] ?? null, there.own?.['number'] ?? null]
  if (a !== null) return a === b ? likeness('same', 'numberSame', 20) : DIFFERENT
  if (!row.name || sortKey(row.name) !== sortKey(there.name ?? '')) return DIFFERENT
  const [one, other] = [row.own?.['customer'] ?? null, there.own?.['customer'] ?? null]
  if (one === other) return likeness('same', 'labelSame', 12)
  // One of the two has no customer: a person decides.
  return one === null || other === null ? likeness('maybe', 'labelSame', 2) : DIFFERENT
}

const COLUMNS = `o.id, o.name, o.number, o.customer_id as customerId, o.owner_id as ownerId, e.name as ownerName,
  c.owner_id as homeOwnerId, o.deleted_at as deletedAt`
const FROM = 'left join employee e on e.id = o.owner_id left join customer c on c.id = o.customer_id'
const candidates: Importer['candidates'] = {
  sql: `with w (kind, sought) as (select value ->> 'kind', value ->> 'key' from json_each(?))
    select ${COLUMNS} from w cross join opportunity o on o.number = w.sought ${FROM} where w.kind = 'number' and o.number is not null
    union select ${COLUMNS} from w cross join opportunity o on o.name_sort = w.sought ${FROM}
      where w.kind = 'name' and o.deleted_at is null limit 200`,
  parameter: (found) => JSON.stringify(found),
  read: (row, actor) => {
    const { own, ...record } = matchRecord({ opportunity: [row] })
    return {
      id: text(row['id']),
      name: text(row['name']),
      ownerId: text(row['ownerId']) || null,
      ownerName: mayAskBy(actor, opportunityEntity, 'ownerId') ? text(row['ownerName']) || null : null,
      deleted: row['deletedAt'] !== null,
      record: { ...record, own: { ...own, home: text(row['homeOwnerId']) || null } },
    }
  },
}

/** Opportunities with the stages they have been in; customer and contact are found, a customer nobody knows may be made. */
export const opportunityImporter: Importer = {
  entity: 'opportunity',
  parts: [opportunityEntity, customerEntity, contactEntity],
  lookedUp: { customer: SAID_WITH_NUMBER, contact: ['name'] },
  identified: ['opportunity.name', 'opportunity.number'],
  unidentified: 'opportunityNotMapped',
  action: 'importedOpportunities',
  needs: 'opportunities.create',
  creates: 'opportunities.create',
  writes: {},
  makes: MADE_CUSTOMER,
  presentPeople: [],
  repeatable: ['opportunity.note'],
  headers: { 'customer.name': ['客户', '公司', 'account', 'account name', 'customer', 'company'] },
  words: {},
  named: { stage: STAGE_WORDS },
  finish,
  finishEdited: (row) => {
    const values = row.parts.opportunity?.[0]
    if (values) tidy(row, values)
  },
  place,
  matchRecord,
  keys,
  compare,
  candidates,
  sees: (actor, { ownerId, record }) =>
    reaches(reachIn(actor, opportunityEntity, 'read'), ownerId) ||
    reaches(customerReach(actor, 'read'), record.own?.['home'] ?? null),
  asked: askedOfNew,
  write: writeOpportunities,
}
