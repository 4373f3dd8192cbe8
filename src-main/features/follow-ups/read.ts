import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { followUpEntity } from '../../../src-shared/features/follow-ups/entity.ts'
import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { Answer, FollowUp } from '../../../src-shared/features/follow-ups/model.ts'
import { opportunityEntity } from '../../../src-shared/features/opportunities/entity.ts'
import type { OpportunityId } from '../../../src-shared/features/opportunities/model.ts'
import { type Actor, may } from '../../../src-shared/kernel/actor.ts'
import { pinyinOf } from '../../../src-shared/kernel/pinyin/pinyin.ts'
import type { QueryContext } from '../../kernel/context.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { Forbidden, NotFound } from '../../kernel/errors.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { mayAskBy, rowsFor } from '../../kernel/policy.ts'
import { getRow, listRows, rowsById } from '../../kernel/records/select.ts'
import { filesOn } from '../files/public.ts'

type Db = ReadDb | WriteTx
type Row = Record<string, unknown>
type Page = { rows: FollowUp[]; hasMore: boolean; count: number }
type Before = { happenedAt: string; id: string } | undefined
type Asked = { customerId: string; before?: Before; authorId?: string | undefined; limit: number }
type AskedOfChance = { opportunityId: string; before?: Before; limit: number }
/** Of merged customers more may be on top than of one. */
const PINS_SHOWN = 200
const COLLEAGUES_AT_MOST = 500

/** Newest first, answers with what they answer; `before` is the last one already shown: its instant, and its id because several may share an instant. */
export async function followUpsOf(db: ReadDb, actor: Actor, input: Asked, entity = followUpEntity): Promise<Page> {
  if (input.authorId !== undefined && !mayAskBy(actor, followUpEntity, 'authorId'))
    throw new Forbidden('followUps.fields', ['authorId'])
  const narrowed = sql<SqlBool>`t.reply_to is null and ${input.authorId === undefined ? sql`1 = 1` : sql`t.author_id = ${input.authorId}`}`
  const where = olderThan(input.before, narrowed)
  const page = await ofCustomer(db, actor, { customerId: input.customerId, limit: input.limit, where }, entity)
  const count = await countOf(db, actor, sql<SqlBool>`t.customer_id = ${input.customerId} and ${narrowed}`)
  return { rows: await whole(db, actor, page.rows), hasMore: page.hasMore, count }
}

/**
 * The same of what was said about an opportunity, with whichever customer it was.
 * @throws NotFound for one out of reach
 */
export async function followUpsAbout(
  { db, actor, entities }: Pick<QueryContext, 'db' | 'actor' | 'entities'>,
  { opportunityId, before, limit }: AskedOfChance,
): Promise<Page> {
  await getRow(db, actor, entityIn({ entities }, 'opportunity'), opportunityId, { deleted: true })
  const about = sql<SqlBool>`t.reply_to is null and t.opportunity_id = ${opportunityId}`
  const sort = [{ field: 'happenedAt', direction: 'desc' as const }]
  const where = olderThan(before, about)
  const page = await listRows(db, actor, entityIn({ entities }, 'followUp'), { sort, offset: 0, limit }, { where, sparse: true })
  return { rows: await whole(db, actor, page.rows), hasMore: page.hasMore, count: await countOf(db, actor, about) }
}

const olderThan = (before: Before, narrowed: RawBuilder<SqlBool>): RawBuilder<SqlBool> =>
  before ? sql<SqlBool>`${narrowed} and (t.happened_at, t.id) < (${before.happenedAt}, ${before.id})` : narrowed

async function countOf(db: ReadDb, actor: Actor, where: RawBuilder<SqlBool>): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from follow_up t where t.deleted_at is null and ${where} and ${rowsFor(actor, followUpEntity, 't')}`.execute(
    plain(db),
  )
  return rows[0]?.n ?? 0
}

export async function pinnedOf(db: ReadDb, actor: Actor, customerId: string, entity = followUpEntity): Promise<FollowUp[]> {
  const { rows } = await ofCustomer(
    db,
    actor,
    {
      customerId,
      limit: PINS_SHOWN,
      where: sql<SqlBool>`t.pinned_at is not null`,
    },
    entity,
  )
  return whole(db, actor, rows)
}

const ofCustomer = (
  db: Db,
  actor: Actor,
  { customerId, limit, where }: { customerId: string; limit: number; where: RawBuilder<SqlBool> },
  entity: EntityDescriptor,
): Promise<{ rows: Row[]; hasMore: boolean }> =>
  listRows(
    db,
    actor,
    entity,
    {
      filter: { combinator: 'and', rules: [{ field: 'customerId', operator: '=', value: customerId }] },
      sort: [{ field: 'happenedAt', direction: 'desc' }],
      offset: 0,
      limit,
    },
    { where },
  )

export async function followUpById(db: Db, actor: Actor, id: string, entity = followUpEntity): Promise<FollowUp> {
  const [found] = await whole(db, actor, [await getRow(db, actor, entity, id)])
  if (!found) throw new NotFound('followUp', id)
  return found
}

/** Rows with what hangs on them: answers, files, and colleagues named. */
async function whole(db: Db, actor: Actor, rows: readonly Row[]): Promise<FollowUp[]> {
  const list = JSON.stringify(rows.map(({ id }) => id))
  const { rows: links } = await sql<{ id: string; replyTo: string }>`
    select id, reply_to as "replyTo" from follow_up where reply_to in (select value from json_each(${list})) and deleted_at is null
    order by created_at, id`.execute(plain(db))
  const answers = await rowsById(
    db,
    actor,
    followUpEntity,
    links.map(({ id }) => id),
  )
  const all = [...rows, ...answers]
  const beside = await besides(db, actor, all)
  const byId = new Map(all.map((row) => [String(row['id']), { ...row, ...beside(String(row['id'])) }]))
  return rows.map((row) => ({
    ...byId.get(String(row['id'])),
    replies: links.flatMap(({ id, replyTo }) => (replyTo === row['id'] ? (byId.get(id) ?? []) : [])) as unknown as Answer[],
  })) as unknown as FollowUp[]
}

type Beside = Pick<FollowUp, 'pinnedAt' | 'replyTo' | 'mentions' | 'files' | 'opportunity'>

async function besides(db: Db, actor: Actor, rows: readonly Row[]): Promise<(id: string) => Beside> {
  const ids = rows.map(({ id }) => String(id))
  const list = JSON.stringify(ids)
  const { rows: marks } = await sql<Pick<FollowUp, 'id' | 'pinnedAt' | 'replyTo'> & { opportunityId: string | null }>`
    select id, pinned_at as "pinnedAt", reply_to as "replyTo", opportunity_id as "opportunityId" from follow_up where id in (select value from json_each(${list}))`.execute(
    plain(db),
  )
  const { rows: named } = await sql<{ followUpId: string; id: string; name: string }>`
    select m.follow_up_id as "followUpId", e.id, e.name from mention m join employee e on e.id = m.employee_id
    where m.follow_up_id in (select value from json_each(${list})) order by m.id`.execute(plain(db))
  const files = await filesOn(db, actor, { entity: 'followUp', ids })
  const chances = await chancesOf(
    db,
    actor,
    marks.flatMap(({ opportunityId }) => opportunityId ?? []),
  )
  return (id) => {
    const mark = marks.find((one) => one.id === id)
    return {
      pinnedAt: mark?.pinnedAt ?? null,
      replyTo: mark?.replyTo ?? null,
      mentions: named.flatMap(({ followUpId, ...one }) => (followUpId === id ? [one] : [])),
      files: files.get(id) ?? [],
      opportunity: chances.get(mark?.opportunityId ?? '') ?? null,
    }
  }
}

/** Opportunities that the reader sees himself: who sees a customer may have lost sight of one that went to another. */
async function chancesOf(db: Db, actor: Actor, ids: readonly string[]): Promise<Map<string, FollowUp['opportunity']>> {
  if (ids.length === 0 || !may(actor, 'opportunities.read')) return new Map()
  const rows = await rowsById(db, actor, opportunityEntity, [...new Set(ids)])
  return new Map(rows.map(({ id, name }) => [String(id), { id: String(id) as OpportunityId, name: String(name) }]))
}

/** Whoever wrote or changed something on a customer that the caller sees. */
export async function peopleOf(db: ReadDb, actor: Actor, customerId: string): Promise<{ id: string; name: string }[]> {
  await getRow(db, actor, customerEntity, customerId, { deleted: true })
  const authors = mayAskBy(actor, followUpEntity, 'authorId')
    ? sql`select author_id from follow_up where customer_id = ${customerId} and deleted_at is null union`
    : sql``
  const { rows } = await sql<{ id: string; name: string }>`
    select e.id, e.name from employee e where e.id in (
      ${authors} select u.employee_id from command c join user_account u on u.id = c.actor_id
      where c.seq in (select seq from journal where tbl = 'customer' and row_id = ${customerId}))
    order by e.name_sort, e.id limit ${COLLEAGUES_AT_MOST}`.execute(plain(db))
  return rows
}

/** Colleagues who can sign in, and whether each sees the customer: by the same policy as when they look. */
export async function colleaguesFor(
  { db, actor, services }: Pick<QueryContext, 'db' | 'actor' | 'services'>,
  customerId: string,
): Promise<{ id: string; name: string; sees: boolean; pinyin: string }[]> {
  await getRow(db, actor, customerEntity, customerId, { deleted: true })
  const { rows } = await sql<{ id: string; name: string; userId: string }>`
    select e.id, e.name, u.id as "userId" from employee e join user_account u on u.employee_id = e.id
    where u.disabled_at is null order by e.name_sort, e.id limit ${COLLEAGUES_AT_MOST}`.execute(plain(db))
  const found = []
  for (const { id, name, userId } of rows) {
    const colleague = services.actorOf(userId)
    if (!colleague) continue
    const seen = await rowsById(db, colleague, customerEntity, [customerId], { deleted: true })
    const { full, initials } = pinyinOf(name, { person: true })
    found.push({ id, name, sees: seen.length > 0, pinyin: `${full.join('')} ${initials}` })
  }
  return found
}
