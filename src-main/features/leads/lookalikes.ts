import { sql } from 'kysely'
import type { LeadStatus } from '../../../src-shared/features/leads/entity.ts'
import type { LeadLookalike } from '../../../src-shared/features/leads/model.ts'
import { keyNumber } from '../../../src-shared/kernel/matching/keyNumber.ts'
import { type MatchKey, matchKeys, type MatchRecord } from '../../../src-shared/kernel/matching/keys.ts'
import { type PairScore, scorePair } from '../../../src-shared/kernel/matching/score.ts'
import type { QueryContext } from '../../kernel/context.ts'
import { plain } from '../../kernel/database.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { matchingOf } from '../../kernel/matchingSetting.ts'
import { maskValue, mayAskBy, rowsFor } from '../../kernel/policy.ts'
import { keysToStore } from '../../kernel/searchDocs.ts'
import { cleanPhone, findLookalikes, mostTelling, ofOneKey } from '../customers/public.ts'

type Context = Pick<QueryContext, 'db' | 'actor' | 'entities'>
type Wanted = {
  name?: string | undefined
  company?: string | null | undefined
  phone?: string | null | undefined
  email?: string | null | undefined
  exceptId?: string | undefined
}
type Row = {
  id: string
  name: string
  company: string | null
  phone: string | null
  email: string | null
  city: string | null
  status: LeadStatus
  ownerName: string | null
  deletedAt: string | null
  seen: number
}

const LOOK_AT = 60
const SHOWN = 10
/** The field of a lead by which a key of each kind is asked. */
const ASKED_BY = { phone: 'phone', email: 'email', core: 'name', pinyin: 'name', name: 'name', code: 'name' } as const

/**
 * Who is there already like the lead being written, by the one judgement of the program: customers and their contacts first, then
 * leads; likeliest first. Whoever may not see one learns that there is one, and no more.
 */
export async function leadLookalikes(context: Context, wanted: Wanted): Promise<LeadLookalike[]> {
  const name = wanted.company || wanted.name
  const customers = await findLookalikes(context, {
    ...(name && { name }),
    ...(wanted.phone && { phones: [wanted.phone] }),
    ...(wanted.email && { email: wanted.email }),
  })
  return [
    ...customers.map(
      ({ id, name: title, ownerName, because, sure, reasons, visible, deleted }): LeadLookalike => ({
        kind: 'customer',
        id,
        name: title,
        ownerName,
        because,
        sure,
        reasons,
        visible,
        deleted,
        status: null,
      }),
    ),
    ...(await leadsLike(context, wanted)),
  ]
}

const isOpen = ({ actor, entities }: Context, kind: MatchKey['kind']): boolean =>
  mayAskBy(actor, entityIn({ entities }, 'lead'), ASKED_BY[kind])

async function leadsLike(context: Context, wanted: Wanted): Promise<LeadLookalike[]> {
  const record = recordOf(context, { ...wanted, phone: wanted.phone ? cleanPhone(wanted.phone) : null })
  const keys = matchKeys(record).filter(({ kind }) => isOpen(context, kind))
  if (keys.length === 0) return []
  const entity = entityIn(context, 'lead')
  const { rows } = await sql<Row>`
    select t.id, t.name, t.company, t.phone, t.email, t.city, t.status, e.name as "ownerName", t.deleted_at as "deletedAt",
      ${rowsFor(context.actor, entity, 't')} as seen
    from (select d.record_id as id from json_each(${JSON.stringify(mostTelling(keys, ({ kind }) => kind).map(keyNumber))}) w cross join match_key k on k.key = w.value and k.doc <= ${sql.raw(ofOneKey('w.value', "= 'lead'"))}
      cross join search_doc d on d.id = k.doc and d.entity = 'lead' group by 1 order by min(w.key) limit ${LOOK_AT}) f
    join lead t on t.id = f.id left join employee e on e.id = t.owner_id where t.id <> ${wanted.exceptId ?? ''}`.execute(
    plain(context.db),
  )
  const matching = await matchingOf(context.db)
  return rows
    .map((row) => ({ row, score: scorePair(record, recordOf(context, row), { matching }), because: kindsMet(row, keys) }))
    .filter(({ score, because }) => score.verdict !== 'different' && because.length > 0)
    .toSorted((a, b) => b.score.bits - a.score.bits)
    .slice(0, SHOWN)
    .map(({ row, score, because }) => shown(context, row, score, because))
}

function recordOf(context: Context, { name, company, phone, email }: Wanted & { city?: string | null }): MatchRecord {
  const firm = company || name
  return {
    phones: phone && isOpen(context, 'phone') ? [phone] : [],
    ...(firm && isOpen(context, 'core') && { name: firm }),
    ...(email && isOpen(context, 'email') && { email }),
  }
}

/** Keys are stored as numbers, and two may have one: what is said to be shared is looked up in the record itself. */
function kindsMet(row: Row, keys: readonly MatchKey[]): LeadLookalike['because'] {
  const own = keysToStore('lead', {
    name: row.company ?? row.name,
    phones: [row.phone],
    email: row.email,
    creditCode: null,
    city: row.city,
  })
  const stored = new Set(own.map(({ kind, key }) => `${kind} ${key}`))
  const met = keys.filter(({ kind, key }) => stored.has(`${kind} ${key}`)).map(({ kind }) => (kind === 'name' ? 'core' : kind))
  const kinds = [...new Set(met)].toSorted()
  return kinds.includes('core') ? kinds.filter((kind) => kind !== 'pinyin') : kinds
}

function shown(context: Context, row: Row, score: PairScore, because: LeadLookalike['because']): LeadLookalike {
  const visible = row.seen === 1
  const title = row.company && row.company !== row.name ? `${row.name} · ${row.company}` : row.name
  return {
    kind: 'lead',
    id: visible ? row.id : null,
    name: visible ? title : String(maskValue('text', title)),
    ownerName: mayAskBy(context.actor, entityIn(context, 'lead'), 'ownerId') ? row.ownerName : null,
    because,
    sure: score.verdict === 'same',
    reasons: score.reasons.filter(({ weight }) => weight > 0).map(({ code }) => code),
    visible,
    deleted: row.deletedAt !== null,
    status: row.status,
  }
}
