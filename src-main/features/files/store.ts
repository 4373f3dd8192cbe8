import { sql } from 'kysely'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { type FileHost, fileEntity } from '../../../src-shared/features/files/entity.ts'
import type { FileBrief, StoredFile, Upload } from '../../../src-shared/features/files/model.ts'
import { followUpEntity } from '../../../src-shared/features/follow-ups/entity.ts'
import { type Actor, may } from '../../../src-shared/kernel/actor.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { ReadDb, WriteTx } from '../../kernel/database.ts'
import { onlyReads, rowsFor } from '../../kernel/policy.ts'
import { rowsById } from '../../kernel/records/select.ts'
import { insertInto, loadForWrite } from '../../kernel/records/write.ts'

type Db = ReadDb | WriteTx
const HOSTS = { customer: customerEntity, followUp: followUpEntity } as const

export type Limits = { maxBytes: number; quotaBytes: number; usedBytes: number; count: number }

/** What may be stored and what is: files in the recycle bin still take their room, and so does what waits to be hung on something. */
export async function limitsOf(db: Db): Promise<Limits> {
  const { rows } = await sql<Limits>`
    select w.file_max_bytes as "maxBytes", w.file_quota_bytes as "quotaBytes",
      (select coalesce(sum(size), 0) from file) + (select coalesce(sum(size), 0) from file_upload) as "usedBytes",
      (select count(*) from file) as count from workspace w limit 1`.execute(db)
  const [limits] = rows
  if (!limits) throw new Error('there is no workspace')
  return limits
}

export function requireRoom({ usedBytes, quotaBytes }: Limits, more: number): void {
  if (usedBytes + more > quotaBytes) throw new Refusal('quotaFull')
}

/** The record that a file is to hang on, as the caller may see it, and the customer behind it. */
export async function hostOf(context: CommandContext, entity: FileHost, id: string): Promise<{ customerId: string }> {
  const row = await loadForWrite(context, HOSTS[entity], id, 'read')
  if (row.deletedAt !== null) throw new Refusal('deleted')
  const customer = entity === 'customer' ? row : await loadForWrite(context, customerEntity, String(row['customerId']), 'read')
  requireOutOfPool(context, customer)
  return { customerId: customer.id }
}

/** What hangs on a customer is left as it is while he lies in a pool. */
export function requireOutOfPool(context: CommandContext, customer: Record<string, unknown>): void {
  if (onlyReads(context.actor, customer['poolId'])) throw new Refusal('inPool')
}

type Host = { entity: FileHost; recordId: string; customerId: string }

/** Hangs bytes that the caller himself sent on a record, in the order given. */
export async function hangUploads(context: CommandContext, host: Host, uploads: readonly string[]): Promise<string[]> {
  const ids = [...new Set(uploads)]
  for (const id of ids) {
    const upload = await context.tx
      .selectFrom('fileUpload')
      .selectAll()
      .where('id', '=', id)
      .where('userId', '=', context.actor.userId)
      .executeTakeFirst()
    if (!upload) throw new Refusal('uploadGone')
    await context.tx.deleteFrom('fileUpload').where('id', '=', id).execute()
    const { name, type, size, sha256 } = upload
    const at = context.now()
    await insertInto(context.tx, 'file', {
      ...host,
      id,
      name,
      type,
      size,
      sha256,
      authorId: context.actor.employeeId,
      createdAt: at,
      updatedAt: at,
      createdBy: context.actor.userId || null,
    })
  }
  return ids
}

/** Everything on a customer that the caller sees, the newest first. */
export async function filesOfCustomer(
  db: Db,
  actor: Actor,
  { customerId, limit }: { customerId: string; limit: number },
): Promise<{ rows: StoredFile[]; count: number }> {
  const { rows } = await sql<{ id: string; count: number }>`
    select t.id, count(*) over () as count from file t
    where t.customer_id = ${customerId} and t.deleted_at is null and ${rowsFor(actor, fileEntity, 't')}
    order by t.created_at desc, t.id desc limit ${limit}`.execute(db)
  const files = await filesById(
    db,
    actor,
    rows.map(({ id }) => id),
  )
  return { rows: files, count: rows[0]?.count ?? 0 }
}

export async function filesById(db: Db, actor: Actor, ids: readonly string[]): Promise<StoredFile[]> {
  const found = new Map((await rowsById(db, actor, fileEntity, ids)).map((row) => [String(row['id']), row as StoredFile]))
  return ids.flatMap((id) => found.get(id) ?? [])
}

/** What hangs on each of some records of one kind. */
export async function filesOn(
  db: Db,
  actor: Actor,
  { entity, ids }: { entity: FileHost; ids: readonly string[] },
): Promise<ReadonlyMap<string, FileBrief[]>> {
  const found = new Map<string, FileBrief[]>()
  if (ids.length === 0 || !may(actor, 'files.read')) return found
  const { rows } = await sql<FileBrief & { recordId: string }>`
    select t.id, t.name, t.type, t.size, t.record_id as "recordId" from file t
    where t.entity = ${entity} and t.record_id in (select value from json_each(${JSON.stringify(ids)})) and t.deleted_at is null
      and ${rowsFor(actor, fileEntity, 't')} order by t.created_at, t.id`.execute(db)
  for (const { recordId, ...file } of rows) found.set(recordId, [...(found.get(recordId) ?? []), file])
  return found
}

/** Into the recycle bin and back with what they hang on. */
export async function markFilesOf(context: CommandContext, { entity, recordId }: Omit<Host, 'customerId'>, deleted: boolean) {
  const at = context.now()
  const to = deleted ? sql`deleted_at = ${at}, deleted_with = ${recordId}` : sql`deleted_at = null, deleted_with = null`
  const which = deleted ? sql`deleted_at is null` : sql`deleted_with = ${recordId}`
  await sql`update file set ${to}, updated_at = ${at}, version = version + 1
    where entity = ${entity} and record_id = ${recordId} and ${which}`.execute(context.tx)
}

export const rememberUpload = (
  tx: WriteTx,
  upload: Upload & { userId: string; sha256: string; createdAt: string },
): Promise<unknown> => tx.insertInto('fileUpload').values(upload).execute()
