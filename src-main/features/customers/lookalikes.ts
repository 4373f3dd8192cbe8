import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { type Actor, may } from '../../../src-shared/kernel/actor.ts'
import { keyNumber } from '../../../src-shared/kernel/matching/keyNumber.ts'
import { type MatchRecord, matchKeys } from '../../../src-shared/kernel/matching/keys.ts'
import { type PairScore, scorePair } from '../../../src-shared/kernel/matching/score.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import type { Lookalike, NewCustomer } from '../../../src-shared/features/customers/model.ts'
import type { CommandContext, QueryContext } from '../../kernel/context.ts'
import type { ReadDb, WriteTx } from '../../kernel/database.ts'
import { matchingOf } from '../../kernel/matchingSetting.ts'
import { maskValue, mayAskBy } from '../../kernel/policy.ts'
import { keysToStore } from '../../kernel/searchDocs.ts'
import { type Askable, askable, withoutHidden } from './askable.ts'
import { LOOK_AT, MATCH_CONTACTS, type MatchRow, mostTelling, ofOneKey, recordOf } from './importer.ts'
import { HEIR } from './merged.ts'
import { seenAmong } from './seen.ts'
import { cleanPhone } from './store.ts'

type Wanted = {
  name?: string | undefined
  phones?: string[] | undefined
  email?: string | undefined
  creditCode?: string | undefined
}

/** Whose keys are looked up, by their kinds. */
const KEYED = [
  ['customer', 'core'],
  ['customer', 'phone'],
  ['customer', 'email'],
  ['customer', 'code'],
  ['contact', 'phone'],
  ['contact', 'email'],
] as const
type Open = readonly (readonly [entity: string, kind: string])[]

const SHOWN = 10
/** Before a write as well as inside it. */
type Asking = { readonly db: ReadDb | WriteTx; readonly actor: Actor }

/**
 * Who is already there like the one being written, by the judgement that import and the write use, likeliest first; names and owners only, because the
 * asker may have no right to the row. What he may not ask by is neither looked for nor compared.
 */
export async function findLookalikes(context: Asking, wanted: Wanted, exceptId?: string): Promise<Lookalike[]> {
  const { db, actor } = context
  const found = await likely(context, wanted, exceptId)
  const sees = await seenAmong(
    db,
    actor,
    found.map(({ row }) => row.id),
  )
  const namesOwner = mayAskBy(actor, customerEntity, 'ownerId')
  return found.map(({ row, score }) => asLookalike(actor, row, score, { visible: sees(row.id, kindsMet(row)), namesOwner }))
}

type Likely = { row: Found; score: PairScore }
async function likely({ db, actor }: Asking, wanted: Wanted, exceptId?: string): Promise<Likely[]> {
  const asks = askable(actor)
  const open = KEYED.filter(([entity, kind]) => asks.may(entity, kind))
  const record = recordWanted(wanted, open)
  const keys = matchKeys(record)
  const asked = open.flatMap(([entity, kind]) =>
    keys
      .filter((key) => key.kind === kind || (kind === 'core' && (key.kind === 'pinyin' || key.kind === 'name')))
      .map(({ kind: of, key }) => [keyNumber({ kind: of, key }), of, key, entity] as const),
  )
  if (asked.length === 0) return []
  const { rows: stored } = await sql<MatchRow & Place & { met: string }>`
    select s.id, s.name as standing, c.name, c.phone, c.phone2, c.email, c.credit_code, c.city, c.address, s.owner_id, e.name as owner_name, s.deleted_at, f.met, s.pool_id, p.name as pool_name,
      ${sql.raw(MATCH_CONTACTS)} as contacts
    from (select coalesce(d.customer_id, d.record_id) as id, json_group_array(json_array(w.value ->> 1, w.value ->> 2, d.entity, d.record_id)) as met
      from json_each(${JSON.stringify(mostTelling(asked, ([, kind]) => kind))}) w
      cross join match_key k on k.key = w.value ->> 0 and k.doc <= ${sql.raw(ofOneKey('w.value ->> 0'))}
      cross join search_doc d on d.id = k.doc and d.entity = w.value ->> 3 group by 1 order by min(w.key) limit ${LOOK_AT}) f
    join customer c on c.id = f.id join customer s on s.id = ${sql.raw(HEIR)} left join employee e on e.id = s.owner_id left join pool p on p.id = s.pool_id`.execute(
    db,
  )
  const rows = await reallyMet(db, stored)
  const matching = await matchingOf(db)
  return (
    rows
      .filter((row) => row.id !== exceptId)
      .map((row) => ({ row, score: scorePair(record, comparedRecord(row, asks, record), { matching }) }))
      .filter(({ score }) => score.verdict !== 'different')
      .toSorted((a, b) => b.score.bits - a.score.bits)
      // Found by his own words and by those of whom he took in, he is one.
      .filter(({ row }, at, all) => all.findIndex((other) => other.row.id === row.id) === at)
      .slice(0, SHOWN)
  )
}

/** Of those who were found the one the asker was given this sign for, if somebody owns him; null when he is found no more. */
export async function ownedLookalike(
  context: Pick<QueryContext, 'db' | 'actor'>,
  wanted: Wanted,
  ref: string,
): Promise<{ id: string; ownerId: string } | null> {
  const found = (await likely(context, wanted)).find(({ row }) => refOf(context.actor, row.id) === ref)?.row
  return found && found.ownerId !== null && found.deletedAt === null ? { id: found.id, ownerId: found.ownerId } : null
}

/**
 * Inside the write, so that nobody comes between the look and the row.
 * @throws Refusal naming, as far as he may be named, who is there like the new one and was not looked at.
 */
export async function requireSeen(
  { tx, actor }: CommandContext,
  { name, phone, phone2, email, creditCode }: Partial<NewCustomer>,
  seen: readonly string[],
): Promise<void> {
  const phones = [phone, phone2].flatMap((one) => one ?? [])
  const wanted = { name, phones, email: email ?? undefined, creditCode: creditCode ?? undefined }
  const found = await findLookalikes({ db: tx, actor }, wanted)
  const unseen = found.find(({ deleted, ref }) => !deleted && !seen.includes(ref))
  if (unseen) throw new Refusal('alikeThere', { name: unseen.name })
}

/** What was written, without what the asker may not ask by. */
function recordWanted({ name, phones = [], email, creditCode }: Wanted, open: Open): MatchRecord {
  const may = (kind: string): boolean => open.some(([, of]) => of === kind)
  return {
    phones: may('phone') ? phones.flatMap((phone) => cleanPhone(phone) ?? []) : [],
    ...(name && may('core') ? { name } : {}),
    ...(email && may('email') ? { email } : {}),
    ...(creditCode && may('code') ? { creditCode } : {}),
  }
}

/** The one who was found, with the numbers and mails he was found by, whichever of his contacts has them. */
function comparedRecord(row: Found, asks: Askable, wanted: MatchRecord): MatchRecord {
  const record = recordOf(withoutHidden(asks, row))
  const numbers = wanted.phones.filter((phone) => row.met.has(`phone ${phone.replace(/^\+|;ext=.*$/g, '')}`))
  return {
    ...record,
    phones: [...new Set([...record.phones, ...numbers])],
    email: kindsMet(row).includes('email') ? (wanted.email ?? null) : (record.email ?? null),
  }
}

/** `met`: the keys by which he was found, kind and text. */
/** `standing`: what he is called who is there; he may be found by the words of one whose place he took. */
type Place = { standing: string; poolId: string | null; poolName: string | null }
type Found = MatchRow & Place & { met: ReadonlySet<string> }
type Met = [kind: string, key: string, entity: 'customer' | 'contact', id: string]

/** Keys are stored as numbers, and two may have one: what is said to be shared is looked up in the records themselves. */
async function reallyMet(db: QueryContext['db'], rows: readonly (MatchRow & Place & { met: string })[]): Promise<Found[]> {
  const metOf = new Map(rows.map((row) => [row, JSON.parse(row.met) as Met[]]))
  const idsOf = (entity: string): string =>
    JSON.stringify([...metOf.values()].flat().flatMap(([, , of, id]) => (of === entity ? [id] : [])))
  const { rows: sources } = await sql<Source>`
    select 'customer' as entity, id, name, phone, phone2, email, credit_code, city from customer where id in (select value from json_each(${idsOf('customer')}))
    union all select 'contact', id, name, phone, phone2, email, null, null from contact where id in (select value from json_each(${idsOf('contact')}))`.execute(
    db,
  )
  const keysOf = new Map(
    sources.map(({ entity, id, ...row }) => [
      `${entity} ${id}`,
      new Set(keysToStore(entity, { ...row, phones: [row.phone, row.phone2] }).map(({ kind, key }) => `${kind} ${key}`)),
    ]),
  )
  return rows.flatMap((row) => {
    const keys = (metOf.get(row) ?? []).filter(([kind, key, entity, id]) => keysOf.get(`${entity} ${id}`)?.has(`${kind} ${key}`))
    return keys.length === 0 ? [] : [{ ...row, met: new Set(keys.map(([kind, key]) => `${kind} ${key}`)) }]
  })
}

type Source = Pick<MatchRow, 'id' | 'name' | 'phone' | 'phone2' | 'email' | 'creditCode' | 'city'> & {
  entity: 'customer' | 'contact'
}

/** The kinds of keys that were met; who is called the same sounds the same, which says nothing more. */
function kindsMet({ met }: Found): Lookalike['because'] {
  const named = [...met].map((key) => key.slice(0, key.indexOf(' '))).map((kind) => (kind === 'name' ? 'core' : kind))
  const kinds = [...new Set(named)].toSorted() as Lookalike['because']
  return kinds.includes('core') ? kinds.filter((kind) => kind !== 'pinyin') : kinds
}

/** One customer for one asker: neither guessed from another's, nor turned back into an id. */
export const refOf = (actor: Pick<Actor, 'userId'>, id: string): string =>
  createHash('sha256').update(`${actor.userId} ${id}`).digest('base64url').slice(0, 22)

function asLookalike(
  actor: Actor,
  row: Found,
  score: PairScore,
  { visible, namesOwner }: { visible: boolean; namesOwner: boolean },
): Lookalike {
  return {
    id: (visible ? row.id : null) as Lookalike['id'],
    name: visible ? row.standing : String(maskValue('text', row.standing)),
    ownerName: namesOwner ? row.ownerName : null,
    because: kindsMet(row),
    sure: score.verdict === 'same',
    reasons: score.reasons.filter(({ weight }) => weight > 0).map(({ code }) => code),
    visible,
    deleted: row.deletedAt !== null,
    poolName: row.poolName,
    claimable:
      visible &&
      row.deletedAt === null &&
      may(actor, 'customers.claim') &&
      (actor.pools ?? []).some(({ id }) => id === row.poolId),
    ref: refOf(actor, row.id),
  }
}
