import { sql } from 'kysely'
import { keyNumber } from '../../../src-shared/kernel/matching/keyNumber.ts'
import { type MatchRecord, matchKeys } from '../../../src-shared/kernel/matching/keys.ts'
import { type PairScore, scorePair } from '../../../src-shared/kernel/matching/score.ts'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import type { Lookalike } from '../../../src-shared/features/customers/model.ts'
import type { QueryContext } from '../../kernel/context.ts'
import { matchingOf } from '../../kernel/matchingSetting.ts'
import { customerReach, maskValue, mayAskBy, reaches } from '../../kernel/policy.ts'
import { keysToStore } from '../../kernel/searchDocs.ts'
import { type Askable, askable, withoutHidden } from './askable.ts'
import { MATCH_CONTACTS, type MatchRow, recordOf } from './importer.ts'
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

/** More share a key than anybody reads; a placeholder number tells nothing. */
const LOOK_AT = 60
const SHOWN = 10

/**
 * Who is already there like the one being written, by the judgement that import and the write use, likeliest first; names and owners only, because the
 * asker may have no right to the row. What he may not ask by is neither looked for nor compared.
 */
export async function findLookalikes(
  { db, actor }: Pick<QueryContext, 'db' | 'actor'>,
  wanted: Wanted,
  exceptId?: string,
): Promise<Lookalike[]> {
  const asks = askable(actor)
  const open = KEYED.filter(([entity, kind]) => asks.may(entity, kind))
  const record = recordWanted(wanted, open)
  const keys = matchKeys(record)
  const asked = open.flatMap(([entity, kind]) =>
    keys
      .filter((key) => key.kind === kind || (kind === 'core' && key.kind === 'pinyin'))
      .map(({ kind: of, key }) => [keyNumber({ kind: of, key }), of, key, entity]),
  )
  if (asked.length === 0) return []
  const { rows: stored } = await sql<MatchRow & { met: string }>`
    select c.id, c.name, c.phone, c.phone2, c.email, c.credit_code, c.city, c.address, c.owner_id, e.name as owner_name, c.deleted_at, f.met,
      ${sql.raw(MATCH_CONTACTS)} as contacts
    from (select coalesce(d.customer_id, d.record_id) as id, json_group_array(json_array(w.value ->> 1, w.value ->> 2, d.entity, d.record_id)) as met
      from json_each(${JSON.stringify(asked)}) w
      cross join match_key k on k.key = w.value ->> 0
      cross join search_doc d on d.id = k.doc and d.entity = w.value ->> 3 group by 1 limit ${LOOK_AT}) f
    join customer c on c.id = f.id left join employee e on e.id = c.owner_id`.execute(db)
  const rows = await reallyMet(db, stored)
  const matching = await matchingOf(db)
  const reach = customerReach(actor, 'read')
  const namesOwner = mayAskBy(actor, customerEntity, 'ownerId')
  return rows
    .filter((row) => row.id !== exceptId)
    .map((row) => ({ row, score: scorePair(record, comparedRecord(row, asks, record), { matching }) }))
    .filter(({ score }) => score.verdict !== 'different')
    .toSorted((a, b) => b.score.bits - a.score.bits)
    .slice(0, SHOWN)
    .map(({ row, score }) => asLookalike(row, score, { visible: reaches(reach, row.ownerId), namesOwner }))
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
type Found = MatchRow & { met: ReadonlySet<string> }
type Met = [kind: string, key: string, entity: 'customer' | 'contact', id: string]

/** Keys are stored as numbers, and two may have one: what is said to be shared is looked up in the records themselves. */
async function reallyMet(db: QueryContext['db'], rows: readonly (MatchRow & { met: string })[]): Promise<Found[]> {
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
  const kinds = [...new Set([...met].map((key) => key.slice(0, key.indexOf(' '))))].toSorted() as Lookalike['because']
  return kinds.includes('core') ? kinds.filter((kind) => kind !== 'pinyin') : kinds
}

function asLookalike(
  row: Found,
  score: PairScore,
  { visible, namesOwner }: { visible: boolean; namesOwner: boolean },
): Lookalike {
  return {
    id: (visible ? row.id : null) as Lookalike['id'],
    name: visible ? row.name : String(maskValue('text', row.name)),
    ownerName: namesOwner ? row.ownerName : null,
    because: kindsMet(row),
    sure: score.verdict === 'same',
    reasons: score.reasons.filter(({ weight }) => weight > 0).map(({ code }) => code),
    visible,
    deleted: row.deletedAt !== null,
  }
}
