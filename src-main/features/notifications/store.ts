import { sql, type SqlBool } from 'kysely'
import type { Notice, NoticeSettings } from '../../../src-shared/features/notifications/model.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { Entity } from '../../../src-shared/kernel/procedure.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { type Named, namesOf } from '../../kernel/records/names.ts'
import type { QueryContext } from '../../kernel/context.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import { undoneBy } from '../../kernel/undone.ts'
import { viewNames } from '../views/public.ts'

type Db = ReadDb | WriteTx
type Reading = Pick<QueryContext, 'now' | 'services'> & {
  db: Db
  actor: Actor
  entities: ReadonlyMap<Entity, EntityDescriptor>
}
type Row = Omit<Notice, 'opens' | 'title' | 'detail'> & { detail: string }

/** Where one's own choices about notices are kept. */
const SETTING = 'notices'

export async function readSettings(db: Db, userId: string): Promise<NoticeSettings> {
  const row = await db
    .selectFrom('userSetting')
    .select('value')
    .where('userId', '=', userId)
    .where('key', '=', SETTING)
    .executeTakeFirst()
  return row ? (JSON.parse(row.value) as NoticeSettings) : {}
}

export async function writeSettings(tx: WriteTx, userId: string, settings: NoticeSettings): Promise<void> {
  const value = JSON.stringify(settings)
  await tx
    .insertInto('userSetting')
    .values({ userId, key: SETTING, value })
    .onConflict((conflict) => conflict.columns(['userId', 'key']).doUpdateSet({ value }))
    .execute()
}

/** Nobody is told of what was taken back; done again, it is told again. */
const STANDS = sql<SqlBool>`(select ${undoneBy('c')} from command c where c.seq = notification.seq) is null`

/** Read in steps until enough are seen: what the policy hides or a setting mutes makes no short page. */
const STEP = 100

export async function readNotices(
  reading: Reading,
  { before, unread, limit }: { before?: string | undefined; unread: boolean; limit: number },
): Promise<{ rows: Notice[]; hasMore: boolean }> {
  const { db, actor } = reading
  if (actor.employeeId === null) return { rows: [], hasMore: false }
  const settings = await readSettings(db, actor.userId)
  const muted = Object.keys(settings).filter((kind) => settings[kind] === 'off')
  const found: Notice[] = []
  let last = before
  while (found.length <= limit) {
    const { rows } = await sql<Row>`
      select id, kind, entity, record_id as "recordId", many, by_name as "byName", detail, at, read_at as "readAt" from notification
      where employee_id = ${actor.employeeId} ${unread ? sql`and read_at is null` : sql``} ${last === undefined ? sql`` : sql`and id < ${last}`}
        and ${STANDS}
      order by id desc limit ${STEP}`.execute(plain(db))
    last = rows.at(-1)?.id
    found.push(
      ...(await seen(
        reading,
        rows.filter(({ kind }) => !muted.includes(kind)),
      )),
    )
    if (rows.length < STEP) break
  }
  return { rows: found.slice(0, limit), hasMore: found.length > limit }
}

/** Those whose record the reader may see today, with its name. */
async function seen({ db, actor, entities, now, services }: Reading, rows: readonly Row[]): Promise<Notice[]> {
  const named = new Map<string, Named>()
  for (const entity of new Set(rows.map((row) => row.entity))) {
    const descriptor = entities.get(entity)
    const ids = rows.flatMap((row) => (row.entity === entity && row.recordId !== null ? [row.recordId] : []))
    if (!descriptor || ids.length === 0) continue
    for (const [id, one] of await namesOf(db, actor, descriptor, ids)) named.set(`${entity} ${id}`, one)
  }
  const shared = rows.flatMap((row) => (row.entity === 'view' && row.recordId !== null ? [row.recordId] : []))
  if (shared.length > 0)
    for (const [id, title] of await viewNames(db, actor, dateIn(now(), services.timeZone()), shared))
      named.set(`view ${id}`, { title, ofName: null, opens: { entity: 'view', id } })
  return rows.flatMap((row) => {
    const isRecord = row.recordId !== null && (entities.has(row.entity) || row.entity === 'view')
    const one = named.get(`${row.entity} ${row.recordId ?? ''}`)
    if (isRecord && !one) return []
    const opens = row.recordId === null ? null : { entity: row.entity, id: row.recordId }
    return [
      {
        ...row,
        detail: JSON.parse(row.detail) as Notice['detail'],
        title: one ? (one.ofName ?? one.title) : null,
        opens: one ? one.opens : opens,
      },
    ]
  })
}
