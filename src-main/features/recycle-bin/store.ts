import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { BIN_DAYS, type BinKind, type BinRow } from '../../../src-shared/features/recycle-bin/model.ts'
import { type Actor, may } from '../../../src-shared/kernel/actor.ts'
import { columnOf, type EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { Permission } from '../../../src-shared/kernel/permissions.ts'
import type { Entity } from '../../../src-shared/kernel/procedure.ts'
import { plain, type ReadDb } from '../../kernel/database.ts'
import { mayReadKind, onlyReads, rowsFor } from '../../kernel/policy.ts'
import { rowsById } from '../../kernel/records/select.ts'

export type Looking = {
  readonly db: ReadDb
  readonly actor: Actor
  readonly entities: ReadonlyMap<Entity, EntityDescriptor>
}
export type Asked = { kind: BinKind; search?: string | undefined }

const entityOf = ({ entities }: Looking, kind: BinKind): EntityDescriptor => {
  const entity = entities.get(kind)
  if (!entity) throw new Error(`no entity ${kind}`)
  return entity
}

const OF_NOBODY: ReadonlySet<BinKind> = new Set(['product', 'lead'])
const hangsOnNobody = (kind: BinKind): boolean => kind === 'customer' || OF_NOBODY.has(kind)

/** What lies there by itself: neither what went with its customer or conversation nor who gave up his place to another. */
function lying(looking: Looking, { kind, search = '' }: Asked): RawBuilder<SqlBool> {
  const { actor } = looking
  const entity = entityOf(looking, kind)
  const own = kind === 'customer' ? sql`+t.merged_into_id is null` : sql`t.deleted_with is null`
  const parts = [sql`t.deleted_at is not null and ${own}`, rowsFor(actor, entity, 't')]
  const words = search.trim()
  if (words !== '') {
    const like = sql`like ${`%${words.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`} escape '\\'`
    const title = sql`t.${sql.ref(columnOf(entity.title))} ${like}`
    // What has an owner of its own may hang on a customer out of reach: his name is neither shown nor found by.
    const reached = entity.ownerKey ? rowsFor(actor, entityOf(looking, 'customer'), 'n') : sql`1 = 1`
    parts.push(
      hangsOnNobody(kind)
        ? title
        : sql`(${title} or exists (select 1 from customer n where n.id = t.customer_id and n.name ${like} and ${reached}))`,
    )
  }
  return sql<SqlBool>`${sql.join(parts, sql` and `)}`
}

export async function countLying(looking: Looking, asked: Asked): Promise<number | null> {
  const entity = entityOf(looking, asked.kind)
  if (!mayReadKind(looking.actor, entity)) return null
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from ${sql.table(entity.table)} t where ${lying(looking, asked)}`.execute(plain(looking.db))
  return rows[0]?.n ?? 0
}

/** Every id that the words find, the newest first. */
export async function idsLying(looking: Looking, asked: Asked): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select t.id from ${sql.table(entityOf(looking, asked.kind).table)} t where ${lying(looking, asked)}
    order by t.deleted_at desc, t.id desc`.execute(plain(looking.db))
  return rows.map(({ id }) => id)
}

type Beside = {
  id: string
  customerId: string | null
  customerName: string | null
  poolId: string | null
  deletedAt: string
  deletedBy: string | null
  customerGone: number
  hostGone: number
  isAuthor: number
  mayEdit: number
  mayDelete: number
  mayPurge: number
}

export type Page = { rows: BinRow[]; hasMore: boolean; capped: boolean; count: number }
type Paged = Asked & { offset: number; limit: number; now: string; keepDays: number | null }

export async function pageLying(looking: Looking, asked: Paged): Promise<Page> {
  const { db, actor } = looking
  const { kind, offset, limit } = asked
  const entity = entityOf(looking, kind)
  const count = await countLying(looking, asked)
  if (count === null) return { rows: [], hasMore: false, capped: false, count: 0 }
  const customerOf = kind === 'customer' ? sql`t.id` : OF_NOBODY.has(kind) ? sql`null` : sql`t.customer_id`
  const { rows: found } = await sql<Beside>`
    with page as (select t.id from ${sql.table(entity.table)} t where ${lying(looking, asked)}
      order by t.deleted_at desc, t.id desc limit ${limit + 1} offset ${offset})
    select t.id, t.deleted_at as "deletedAt", c.id as "customerId", c.name as "customerName", c.pool_id as "poolId",
      ${kind === 'customer' ? sql`0` : sql`c.deleted_at is not null`} as "customerGone", ${hostGone(kind)} as "hostGone",
      ${isAuthor(actor, kind)} as "isAuthor", ${rowsFor(actor, entity, 't', 'edit')} as "mayEdit",
      ${rowsFor(actor, entity, 't', 'delete')} as "mayDelete", ${rowsFor(actor, entity, 't', 'purge')} as "mayPurge",
      (select o.actor_name from journal j join command o on o.seq = j.seq where j.tbl = ${entity.table} and j.row_id = t.id and j.op = 'u'
        and j.before ->> 'deleted_at' is null and j.after ->> 'deleted_at' is not null order by j.id desc limit 1) as "deletedBy"
    from page p join ${sql.table(entity.table)} t on t.id = p.id left join customer c on c.id = ${customerOf}
    order by t.deleted_at desc, t.id desc`.execute(plain(db))
  const beside = found.slice(0, limit)
  return { rows: await whole(looking, beside, asked), hasMore: found.length > limit, capped: false, count }
}

/** An answer or a file whose conversation was deleted, too. */
function hostGone(kind: BinKind): RawBuilder<unknown> {
  const gone = (column: string) =>
    sql`exists (select 1 from follow_up h where h.id = ${sql.ref(column)} and h.deleted_at is not null)`
  if (kind === 'followUp') return gone('t.reply_to')
  return kind === 'file' ? sql`(t.entity = 'followUp' and ${gone('t.record_id')})` : sql`0`
}

const isAuthor = ({ employeeId }: Actor, kind: BinKind): RawBuilder<unknown> =>
  kind === 'followUp' || kind === 'file' ? sql`t.author_id is ${employeeId} and t.author_id is not null` : sql`0`

async function whole(looking: Looking, found: readonly Beside[], asked: Paged): Promise<BinRow[]> {
  const { db, actor, entities } = looking
  const { kind } = asked
  const ids = (of: 'id' | 'customerId') => found.flatMap((one) => one[of] ?? [])
  const byId = async (name: BinKind, wanted: readonly string[]) => {
    const entity = entities.get(name)
    const rows = entity ? await rowsById(db, actor, entity, wanted, { deleted: true }) : []
    return new Map(rows.map((row) => [String(row['id']), row]))
  }
  const shown = await byId(kind, ids('id'))
  const customers = hangsOnNobody(kind) ? shown : await byId('customer', [...new Set(ids('customerId'))])
  return found.flatMap((one): BinRow[] => {
    const [row, customer] = [shown.get(one.id), customers.get(one.customerId ?? '')]
    if (!row) return []
    const { customerId, customerName, deletedAt, deletedBy } = one
    return [
      {
        id: one.id,
        kind,
        ...namesOf(kind, row),
        customerId,
        // Who deleted what is his own under a customer out of his reach does not learn whose it was.
        customerName: textOf(customer?.['name']) ?? (OWNED.has(kind) ? null : customerName),
        ownerName: textOf((OWNED.has(kind) ? row : customer)?.['ownerName']),
        bar: one.customerGone ? 'customerDeleted' : one.hostGone ? 'hostDeleted' : null,
        deletedAt,
        deletedBy,
        daysLeft: daysLeft(deletedAt, asked),
        mayRestore: mayRestore(actor, kind, one),
        // Orders of the past go on naming what was sold.
        mayPurge: kind !== 'product' && may(actor, 'customers.purge') && one.mayPurge === 1,
      },
    ]
  })
}

/** Kinds with owners of their own beside the customer they hang on. */
const OWNED: ReadonlySet<BinKind> = new Set(['opportunity', 'quote', 'order', 'lead'])
const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const TITLE_AT_MOST = 200
const NOTED: Partial<Record<BinKind, string>> = { contact: 'title', product: 'spec', lead: 'company' }

function namesOf(kind: BinKind, row: Readonly<Record<string, unknown>>): Pick<BinRow, 'title' | 'note'> {
  if (kind === 'followUp') return { title: (textOf(row['text']) ?? '').slice(0, TITLE_AT_MOST), note: textOf(row['kind']) }
  if (kind === 'payment' || kind === 'invoice') return { title: textOf(row['number']) ?? '', note: null }
  return {
    title: textOf(row['name']) ?? '',
    note: textOf(row[NOTED[kind] ?? '']),
  }
}

const DAY_MS = 86_400_000
function daysLeft(deletedAt: string, { now, keepDays }: Paged): number | null {
  if (keepDays === null) return null
  return Math.max(0, keepDays - Math.floor((Date.parse(now) - Date.parse(deletedAt)) / DAY_MS))
}

/** What deletes what has an owner brings it back, too. */
const DELETES: Partial<Record<BinKind, Permission>> = {
  customer: 'customers.delete',
  opportunity: 'opportunities.delete',
  quote: 'quotes.delete',
  order: 'orders.delete',
  lead: 'leads.delete',
}

/** The same questions that the commands ask. */
function mayRestore(actor: Actor, kind: BinKind, one: Beside): boolean {
  const deletes = DELETES[kind]
  if (deletes !== undefined) return may(actor, deletes) && one.mayDelete === 1
  if (kind === 'payment') return may(actor, 'payments.write')
  if (kind === 'invoice') return may(actor, 'invoices.create') && !onlyReads(actor, one.poolId)
  if (kind === 'product') return may(actor, 'products.write')
  if (kind === 'contact') return may(actor, 'contacts.write') && one.mayEdit === 1
  if (onlyReads(actor, one.poolId)) return false
  if (kind === 'file') return may(actor, 'files.write') && (one.isAuthor === 1 || one.mayEdit === 1)
  return may(actor, 'followUps.write') && (one.isAuthor === 1 || actor.permissions['customers.edit'] === 'all')
}

/** After how many days the purge by time takes what was deleted; null while it is switched off. */
export async function keepDaysOf(db: ReadDb): Promise<number | null> {
  const plan = await db.selectFrom('schedule').select('enabled').where('kind', '=', 'customers.purge').executeTakeFirst()
  return plan?.enabled === 1 ? BIN_DAYS : null
}
