import { entityIn } from '../../kernel/livingEntities.ts'
import { takeNumber } from '../../kernel/records/numbers.ts'
import { CompiledQuery } from 'kysely'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { SAID_OF_CUSTOMER, SAID_WITH_NUMBER } from '../../../src-shared/features/customers/said.ts'
import { cleanName } from '../../../src-shared/kernel/cleaning/text.ts'
import { matchKeys } from '../../../src-shared/kernel/matching/keys.ts'
import { nameCore } from '../../../src-shared/kernel/matching/nameCore.ts'
import type { Matching } from '../../../src-shared/kernel/matching/language.ts'
import { scorePair } from '../../../src-shared/kernel/matching/score.ts'
import { sortKey } from '../../../src-shared/kernel/pinyin/pinyin.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { matchingOf } from '../../kernel/matchingSetting.ts'
import type { Candidate, CellProblem, CleanRow, Placing, Read, Values } from '../../kernel/importer.ts'
import { type Verb, customerReach, maskValue, mayAskBy, reaches } from '../../kernel/policy.ts'
import { loadManyForWrite, type StoredRow } from '../../kernel/records/write.ts'
import { customerCandidates, customerRecord } from './importer.ts'
import { requireCreating } from './importRights.ts'
import { CUSTOMER_KEYS, insertMany } from './importRows.ts'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

type Found =
  | { how: 'sure'; id: string; name: string }
  | { how: 'maybe' | 'several' | 'deleted' | 'notYours'; name: string }
  | { how: 'none' }

/** Living customers of exactly this name, whatever the likeness of names says: 王海峰 may be one of many, and then is nobody. */
const NAMED = `select c.id, c.name, c.owner_id as ownerId from customer c where c.name_sort = ? and c.deleted_at is null limit 50`

/** Whom a sheet calls by the number here, or by that of the record. */
const NUMBERED = `select c.id, c.name, c.owner_id as ownerId from (select ? as word) w cross join customer c on c.number = w.word or c.id = upper(w.word)
  where c.deleted_at is null`

/**
 * Whose a row is: by its number, by the very name when only one bears it, else by the likeness that duplicates are found by. Only
 * what is sure counts; the others are told, by a name of the base only where its record may be seen.
 */
export function findCustomer(said: Values, given: Pick<Placing, 'read' | 'actor' | 'matching'>, verb: Verb): Found {
  const { read, actor, matching } = given
  const reach = customerReach(actor, verb)
  const shown = (there: Pick<Candidate, 'name' | 'ownerId'>): string =>
    seesByCustomer(actor, there) ? there.name : String(maskValue('text', there.name))
  const sure = (id: string, there: Pick<Candidate, 'name' | 'ownerId'>): Found =>
    reaches(reach, there.ownerId)
      ? { how: 'sure', id, name: there.name }
      : { how: 'notYours', name: text(said['name']) || shown(there) }
  const name = cleanName(text(said['name']))
  const named = name === '' ? [] : read(NAMED, sortKey(name)).filter((row) => cleanName(text(row['name'])) === name)
  const [only] = named
  if (only && named.length === 1)
    return sure(text(only['id']), { name: text(only['name']), ownerId: only['ownerId'] as string | null })
  const word = text(said['number']) || (named.length === 0 ? name : '')
  const [numbered] = word === '' ? [] : read(NUMBERED, word)
  if (numbered) return sure(text(numbered['id']), { name: text(numbered['name']), ownerId: numbered['ownerId'] as string | null })
  const record = customerRecord({ customer: [said] })
  const found = read(customerCandidates.sql, customerCandidates.parameter(matchKeys(record)))
    .map((row) => customerCandidates.read(row, actor))
    .map((candidate) => ({ candidate, score: scorePair(record, candidate.record, { matching }) }))
    .filter(({ score }) => score.verdict !== 'different')
    .sort((a, b) => b.score.bits - a.score.bits)
    // Known by his own name and by that of whom he took in, he is still one.
    .filter(({ candidate }, at, all) => all.findIndex((other) => other.candidate.id === candidate.id) === at)
  return chosen(found, { named: named.length, said, sure, shown })
}

type Scored = { candidate: Candidate; score: ReturnType<typeof scorePair> }

function chosen(
  found: readonly Scored[],
  given: { named: number; said: Values; sure: (id: string, there: Candidate) => Found; shown: (there: Candidate) => string },
): Found {
  const same = found.filter(({ score, candidate }) => score.verdict === 'same' && !candidate.deleted)
  const [first, second] = same
  // Alike by their names alone, two of them are as good as none; a phone or a code tells them apart.
  if (first && second && second.score.bits >= first.score.bits) return { how: 'several', name: firstSaid(given.said) }
  if (first) return given.sure(first.candidate.id, first.candidate)
  if (given.named > 1) return { how: 'several', name: firstSaid(given.said) }
  const binned = found.find(({ score, candidate }) => score.verdict === 'same' && candidate.deleted)
  if (binned) return { how: 'deleted', name: given.shown(binned.candidate) }
  const [maybe] = found.filter(({ candidate }) => !candidate.deleted)
  return maybe ? { how: 'maybe', name: given.shown(maybe.candidate) } : { how: 'none' }
}

/** How the file itself calls the customer. */
const firstSaid = (said: Values): string => SAID_WITH_NUMBER.map((field) => text(said[field])).find((value) => value !== '') ?? ''

const KNOWN_AT_MOST = 20_000
type Known = { at: Map<string, Found>; read: Read }
let known: Known | null = null

/** The same customer stands in many rows of a sheet: asked for once. */
function foundOnce(said: Values, given: Placing, verb: Verb): Found {
  if (known?.read !== given.read || known.at.size > KNOWN_AT_MOST) known = { at: new Map(), read: given.read }
  const key = JSON.stringify([verb, ...SAID_WITH_NUMBER.map((field) => said[field] ?? null)])
  const before = known.at.get(key)
  if (before) return before
  const found = findCustomer(said, given, verb)
  known.at.set(key, found)
  return found
}

/** Notes in the row whose it is, or what stands in the way. @returns the customer's number, null where it is to be made or unknown. */
export function placeUnderCustomer(row: CleanRow, given: Placing, verb: Verb): string | null {
  const said = { ...row.parts.customer?.[0] }
  // What somebody sees masked or not at all he does not find people by.
  for (const field of SAID_WITH_NUMBER) if (!mayAskBy(given.actor, customerEntity, field)) delete said[field]
  const fault = (code: string, level: CellProblem['level'], detail = text(said['name']) || text(said['number'])): null => {
    row.problems.push({ column: null, level, code: `customer.${code}`, ...(detail ? { detail: detail.slice(0, 80) } : {}) })
    return null
  }
  const isSaid = SAID_WITH_NUMBER.some((field) => text(said[field]) !== '')
  if (!isSaid) return fault('missing', 'error')
  const found = foundOnce(said, given, verb)
  if (found.how === 'sure') {
    row.parts.customer = [{ ...said, id: found.id, name: found.name }]
    return found.id
  }
  const mayMake = given.missing === 'create' && text(said['name']) !== ''
  if (found.how === 'none' || found.how === 'maybe') {
    if (!mayMake) return found.how === 'none' ? fault('unknown', 'error') : fault('maybe', 'error', found.name)
    return fault('created', 'warning')
  }
  return fault(found.how, 'error', found.name)
}

/** The customers that rows go to, as they stand now, by their number; those out of reach or gone are not among them. */
export async function customersForRows(
  context: CommandContext,
  ids: readonly string[],
  verb: Verb,
): Promise<Map<string, StoredRow>> {
  const { rows } = await loadManyForWrite(context, customerEntity, [...new Set(ids)], { verbs: [verb] })
  return new Map(rows.map((row) => [row.id, row]))
}

/** What rows of one sheet call the same customer that is still to be made. */
export const newCustomerKey = (said: Values): string =>
  nameCore(cleanName(text(said['name']))).core || cleanName(text(said['name']))

/**
 * Makes the customers that rows hang on and nobody knows, one for all rows that name it; asked again here, because somebody, or an
 * earlier chunk of this very import, may have made it meanwhile.
 * @returns the number for each key of `newCustomerKey`.
 */
export async function customersMade(context: CommandContext, said: readonly Values[], verb: Verb): Promise<Map<string, string>> {
  const made = new Map<string, string>()
  const at = context.now()
  const fresh: Values[] = []
  const matching = await matchingOf(context.tx)
  for (const one of said) {
    const key = newCustomerKey(one)
    if (made.has(key)) continue
    const there = await thereNow(context, one, { verb, matching })
    if (there !== null) {
      made.set(key, there)
      continue
    }
    const name = cleanName(text(one['name']))
    const id = context.newId()
    made.set(key, id)
    const values = Object.fromEntries(SAID_OF_CUSTOMER.flatMap((field) => (text(one[field]) === '' ? [] : [[field, one[field]]])))
    fresh.push({
      kind: 'company',
      status: 'potential',
      ...values,
      name,
      nameSort: sortKey(name),
      nameCore: nameCore(name).core,
      ownerId: context.actor.employeeId,
      ownerSince: context.actor.employeeId === null ? null : at,
      id,
      number: await takeNumber(context, entityIn(context, 'customer')),
      createdAt: at,
      updatedAt: at,
      createdBy: context.actor.userId || null,
    })
  }
  if (fresh.length > 0) {
    const mapped = SAID_OF_CUSTOMER.flatMap((field) =>
      fresh.some((one) => one[field] !== undefined) ? [`customer.${field}`] : [],
    )
    requireCreating(context.actor, { mapped, empty: 'keep', multi: 'add', defaults: {}, missing: 'create', wonOrders: false })
    await insertMany(context, 'customer', CUSTOMER_KEYS, fresh)
  }
  return made
}

type Asking = { verb: Verb; matching: Matching }
async function thereNow(context: CommandContext, said: Values, { verb, matching }: Asking): Promise<string | null> {
  const name = cleanName(text(said['name']))
  const rows = await context.tx
    .selectFrom('customer')
    .select(['id', 'name', 'ownerId'])
    .where('nameSort', '=', sortKey(name))
    .where('deletedAt', 'is', null)
    .limit(50)
    .execute()
  const same = rows.filter((row) => cleanName(row.name) === name)
  const [only] = same
  const reach = customerReach(context.actor, verb)
  if (only && same.length === 1) return reaches(reach, only.ownerId) ? only.id : null
  const record = customerRecord({ customer: [said] })
  const asked = CompiledQuery.raw(customerCandidates.sql, [customerCandidates.parameter(matchKeys(record))])
  const answer = await context.tx.executeQuery(asked)
  const alike = (answer.rows as Record<string, unknown>[])
    .map((row) => customerCandidates.read(row, context.actor))
    .filter(
      (one) => !one.deleted && reaches(reach, one.ownerId) && scorePair(record, one.record, { matching }).verdict === 'same',
    )
  const [alone, ...others] = new Set(alike.map(({ id }) => id))
  return others.length === 0 ? (alone ?? null) : null
}

export const seesByCustomer = (actor: Actor, { ownerId }: Pick<Candidate, 'ownerId'>): boolean =>
  reaches(customerReach(actor, 'read'), ownerId)
