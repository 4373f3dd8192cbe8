import { sql } from 'kysely'
import type { BulkEdit } from '../../../src-shared/features/leads/contract.ts'
import type { Lead, LeadEdit, LeadFollowUp, LeadMove, NewLead } from '../../../src-shared/features/leads/model.ts'
import { cleanLongText, cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import { isCustomKey } from '../../../src-shared/kernel/entity.ts'
import { may } from '../../../src-shared/kernel/actor.ts'
import { sortKey } from '../../../src-shared/kernel/pinyin/pinyin.ts'
import type { CommandContext, QueryContext } from '../../kernel/context.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { rowsFor, type Verb } from '../../kernel/policy.ts'
import { namesOf } from '../../kernel/records/names.ts'
import { insertInto, type StoredRow } from '../../kernel/records/write.ts'
import { cleanPhone } from '../customers/public.ts'

type Db = ReadDb | WriteTx

const AS_GIVEN: ReadonlySet<string> = new Set(['sourceId', 'poolId', 'ownerId', 'arrivedAt', 'nextFollowUpAt'])
/** The one cleaning of leads, for form, inline edit, import and pasted cells alike: a number that cannot be read stays as it was given. */
export function cleanLead<Values extends LeadEdit | NewLead | BulkEdit>(values: Values): Values {
  const clean = Object.entries(values).map(([key, value]) => {
    if (typeof value !== 'string' || AS_GIVEN.has(key) || isCustomKey(key)) return [key, value]
    if (key === 'phone') return [key, cleanPhone(value)]
    return [key, (key === 'note' ? cleanLongText(value) : cleanText(value)) || null]
  })
  return Object.fromEntries(clean) as Values
}
export const derivedOf = (values: { name?: string | undefined }): Record<string, string> =>
  values.name === undefined ? {} : { nameSort: sortKey(values.name) }

export async function sourceIsKnown(tx: WriteTx, id: string): Promise<boolean> {
  return (await tx.selectFrom('leadSource').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
}
export async function reasonIsKnown(tx: WriteTx, id: string): Promise<boolean> {
  const row = await tx
    .selectFrom('leadInvalidReason')
    .select('id')
    .where('id', '=', id)
    .where('archivedAt', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}
/** The pool as claims ask it; null when there is none, or it was put aside. */
export async function poolById(tx: WriteTx, id: string): Promise<{ id: string; name: string; cap: number | null } | null> {
  const row = await tx
    .selectFrom('leadPool')
    .select(['id', 'name', 'cap'])
    .where('id', '=', id)
    .where('archivedAt', 'is', null)
    .executeTakeFirst()
  return row ?? null
}

/** How many leads somebody has to work on. */
export async function openLeadsOf(tx: WriteTx, employeeId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from lead where owner_id = ${employeeId} and status in ('new', 'contacted', 'qualified') and deleted_at is null`.execute(
    tx,
  )
  return rows[0]?.n ?? 0
}

type Move = {
  kind: LeadMove['kind']
  employeeId?: string | null
  fromEmployeeId?: string | null
  poolId?: string | null
  ruleId?: string | null
}
/** Notes how a lead changed hands. */
export async function noteMove(context: CommandContext, leadId: string, move: Move): Promise<void> {
  await insertInto(context.tx, 'lead_move', {
    id: context.newId(),
    leadId,
    ...move,
    byEmployeeId: context.actor.employeeId,
    createdAt: context.now(),
  })
}

type Held = Pick<StoredRow, 'id'> & Record<string, unknown>
/** Gives a lead to somebody, whoever had it. */
export async function giveTo(
  context: CommandContext,
  row: Held,
  { ownerId, kind, ruleId, homePoolId }: { ownerId: string; kind: Move['kind']; ruleId?: string; homePoolId?: string | null },
): Promise<void> {
  const at = context.now()
  const home = homePoolId ?? row['poolId'] ?? row['homePoolId'] ?? null
  await sql`update lead set owner_id = ${ownerId}, pool_id = null, home_pool_id = ${home}, assigned_at = ${at}, updated_at = ${at},
    version = version + 1 where id = ${row.id}`.execute(context.tx)
  await noteMove(context, row.id, {
    kind,
    employeeId: ownerId,
    fromEmployeeId: row['ownerId'] as string | null,
    poolId: row['poolId'] as string | null,
    ...(ruleId !== undefined && { ruleId }),
  })
}

/** Puts a lead into a pool, for its members to claim. */
export async function putInto(
  context: CommandContext,
  row: Held,
  { poolId, kind }: { poolId: string; kind: 'release' | 'recycle' },
): Promise<void> {
  await sql`update lead set owner_id = null, pool_id = ${poolId}, home_pool_id = ${poolId}, assigned_at = null, updated_at = ${context.now()},
    version = version + 1 where id = ${row.id}`.execute(context.tx)
  await noteMove(context, row.id, { kind, poolId, fromEmployeeId: row['ownerId'] as string | null })
}

export async function movesOf(db: Db, leadId: string): Promise<LeadMove[]> {
  const { rows } = await sql<LeadMove>`
    select m.id, m.kind, m.created_at as at, t.name as "toName", f.name as "fromName", p.name as "poolName", r.name as "ruleName", b.name as "byName"
    from lead_move m left join employee t on t.id = m.employee_id left join employee f on f.id = m.from_employee_id
    left join employee b on b.id = m.by_employee_id left join lead_pool p on p.id = m.pool_id left join lead_rule r on r.id = m.rule_id
    where m.lead_id = ${leadId} order by m.created_at desc, m.id desc limit 200`.execute(plain(db))
  return rows
}

export async function followUpsOf(db: Db, leadId: string): Promise<LeadFollowUp[]> {
  const { rows } = await sql<LeadFollowUp>`
    select f.id, f.kind, f.text, f.happened_at as "happenedAt", f.next_at as "nextAt", f.author_id as "authorId", e.name as "authorName"
    from lead_follow_up f left join employee e on e.id = f.author_id
    where f.lead_id = ${leadId} order by f.happened_at desc, f.id desc limit 500`.execute(plain(db))
  return rows
}

export async function insertFollowUp(
  context: CommandContext,
  leadId: string,
  said: Pick<LeadFollowUp, 'kind' | 'text' | 'happenedAt' | 'nextAt'>,
): Promise<string> {
  const [id, at] = [context.newId(), context.now()]
  await insertInto(context.tx, 'lead_follow_up', {
    id,
    leadId,
    ...said,
    authorId: context.actor.employeeId,
    createdAt: at,
    createdBy: context.actor.userId || null,
    updatedAt: at,
  })
  return id
}

type Reading = Pick<QueryContext, 'db' | 'actor' | 'entities'>
/** By the policy that the commands ask, so that no page offers what would be refused. */
export async function mayDo(context: Reading, id: string): Promise<Lead['may'] & object> {
  const { actor } = context
  const can = (verb: Verb) => rowsFor(actor, entityIn(context, 'lead'), 't', verb)
  const { rows } = await sql<{
    edit: number
    remove: number
    transfer: number
    free: number
    poolId: string | null
    open: number
  }>`
    select ${can('edit')} as edit, ${can('delete')} as remove, ${can('transfer')} as transfer, t.owner_id is null as free, t.pool_id as "poolId",
      t.status <> 'converted' and t.deleted_at is null as open from lead t where t.id = ${id}`.execute(plain(context.db))
  const [found] = rows
  const free = found?.free === 1 && found.open === 1
  return {
    edit: found?.edit === 1,
    remove: found?.remove === 1,
    transfer: found?.transfer === 1,
    claim: free && may(actor, 'leads.claim') && (actor.leadPools ?? []).includes(found.poolId ?? ''),
    assign: free && may(actor, 'leads.assign'),
  }
}

/** What a lead became, named to whom it may be. */
export async function becameOf(context: Reading, id: string): Promise<Lead['became'] & object> {
  const row = await context.db
    .selectFrom('lead')
    .select(['convertedCustomerId', 'convertedContactId', 'convertedOpportunityId'])
    .where('id', '=', id)
    .executeTakeFirst()
  const refer = async (kind: 'customer' | 'contact' | 'opportunity', of: string | null | undefined) => {
    if (!of) return null
    const names = await namesOf(context.db, context.actor, entityIn(context, kind), [of])
    const found = names.get(of)
    return found ? { id: of, name: found.title } : { id: '', name: null }
  }
  return {
    customer: await refer('customer', row?.convertedCustomerId),
    contact: await refer('contact', row?.convertedContactId),
    opportunity: await refer('opportunity', row?.convertedOpportunityId),
  }
}

/** Into the recycle bin. */
export async function recycleLeads(context: CommandContext, ids: readonly string[]): Promise<void> {
  const at = context.now()
  await sql`update lead set deleted_at = ${at}, deleted_with = null, updated_at = ${at}, version = version + 1
    where id in (select value from json_each(${JSON.stringify(ids)}))`.execute(context.tx)
}
