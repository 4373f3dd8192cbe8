import { CompiledQuery, sql } from 'kysely'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { tagKey } from '../../../src-shared/features/tags/key.ts'
import type { Tag } from '../../../src-shared/features/tags/model.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { NotFound } from '../../kernel/errors.ts'
import { mayAskBy, rowsFor } from '../../kernel/policy.ts'

export async function listTags(db: ReadDb | WriteTx, id?: string): Promise<Tag[]> {
  const given = id === undefined ? '' : 'where id = ?'
  const query = `select id, name, tone, version, archived_at is not null as archived, null as used from tag ${given} order by name`
  const { rows } = await plain(db).executeQuery(CompiledQuery.raw(query, id === undefined ? [] : [id]))
  return (rows as Tag[]).map((tag) => ({ ...tag, archived: Boolean(tag.archived) }))
}

/** Every tag with the number of records that the actor sees it on: for a worker, since it looks at every tagged record. */
export async function countedTags(db: ReadDb, actor: Actor): Promise<Tag[]> {
  const { rows } = await sql<Tag>`
    select tag.id, tag.name, tag.tone, tag.version, tag.archived_at is not null as archived,
      ${mayAskBy(actor, customerEntity, 'tags') ? sql`1` : sql`0`} * (select count(*) from record_tag rt join customer t on t.id = rt.record_id where rt.tag_id = tag.id and rt.entity = 'customer' and t.deleted_at is null and ${rowsFor(actor, customerEntity, 't')}) as used
    from tag order by tag.name`.execute(db)
  return rows.map((tag) => ({ ...tag, archived: Boolean(tag.archived) }))
}

export async function getTag(db: ReadDb | WriteTx, id: string): Promise<Tag> {
  const [tag] = await listTags(db, id)
  if (!tag) throw new NotFound('tag', id)
  return tag
}

export async function nameIsTaken(tx: WriteTx, name: string, exceptId?: string): Promise<boolean> {
  const found = await tx.selectFrom('tag').select('id').where('nameKey', '=', tagKey(name)).executeTakeFirst()
  return found !== undefined && found.id !== exceptId
}

export async function insertTag(tx: WriteTx, tag: { id: string; name: string; tone: string; at: string }): Promise<void> {
  await tx
    .insertInto('tag')
    .values({
      id: tag.id,
      name: tag.name,
      nameKey: tagKey(tag.name),
      tone: tag.tone,
      createdAt: tag.at,
      updatedAt: tag.at,
      version: 1,
    })
    .execute()
}

type TagChange = { name: string; tone: string; archived?: boolean | undefined; at: string }
export async function updateTag(tx: WriteTx, id: string, change: TagChange): Promise<void> {
  await tx
    .updateTable('tag')
    .set((eb) => ({
      name: change.name,
      nameKey: tagKey(change.name),
      tone: change.tone,
      ...(change.archived !== undefined && { archivedAt: change.archived ? change.at : null }),
      updatedAt: change.at,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute()
}

/** Takes the tag off up to `most` records. @returns how many lost it. */
export async function takeOff(tx: WriteTx, id: string, most: number): Promise<number> {
  const some = tx.selectFrom('recordTag').select('id').where('tagId', '=', id).limit(most)
  const { numDeletedRows } = await tx.deleteFrom('recordTag').where('id', 'in', some).executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

export async function deleteTag(tx: WriteTx, id: string): Promise<void> {
  await tx.deleteFrom('tag').where('id', '=', id).execute()
}

/** Gives up to `most` records that carry one tag the other instead. @returns how many carried it. */
export async function moveLinks(context: CommandContext, from: string, into: string, most: number): Promise<number> {
  const { tx } = context
  const links = await tx.selectFrom('recordTag').selectAll().where('tagId', '=', from).limit(most).execute()
  for (const { id, entity, recordId } of links) {
    await tx.deleteFrom('recordTag').where('id', '=', id).execute()
    const there = await tx
      .selectFrom('recordTag')
      .select('id')
      .where('tagId', '=', into)
      .where('entity', '=', entity)
      .where('recordId', '=', recordId)
      .executeTakeFirst()
    if (there) continue
    const link = { id: context.newId(), tagId: into, entity, recordId, createdAt: context.now() }
    await tx.insertInto('recordTag').values(link).execute()
  }
  return links.length
}
