import { sql } from 'kysely'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import type { RolePreview } from '../../../src-shared/features/people/model.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import type { Entity } from '../../../src-shared/kernel/procedure.ts'
import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import { plain } from '../../kernel/database.ts'
import { NotFound } from '../../kernel/errors.ts'
import { maskOf, mayReadKind, rowsFor } from '../../kernel/policy.ts'
import { listRows } from '../../kernel/records/select.ts'
import type { TaskContext, TaskTable } from '../../kernel/tasks.ts'
import { buildActor } from '../session/public.ts'

type Asked = { actor: Actor; userId: string; today: string } & Pick<Actor, 'permissions' | 'fieldRights'>
const SHOWN = 12

/** Everything goes through the one policy, once as the one who is tried and once as the one who looks. */
export const peopleTasks: TaskTable = {
  'people.previewRole': async (context, { actor, userId, today, permissions, fieldRights }: Asked): Promise<RolePreview> => {
    const person = buildActor(context.raw, userId, { origin: actor.origin, today })
    if (!person) throw new NotFound('user', userId)
    const { mustChangePassword: _, ...rest } = person
    const tried: Actor = { ...rest, permissions, fieldRights }
    const both = { tried, actor }
    const kinds: RolePreview['kinds'] = []
    for (const entity of context.entities.values())
      kinds.push({ entity: entity.name, count: await countFor(context, both, entity) })
    const countOf = (name: Entity) => kinds.find(({ entity }) => entity === name)?.count ?? null
    return {
      customers: countOf('customer'),
      contacts: countOf('contact'),
      followUps: countOf('followUp'),
      kinds,
      rows: await rowsOf(context, both),
    }
  },
}

type Both = { tried: Actor; actor: Actor }
const inNoPool = { pool: null }

/** What only hangs on customers is out of reach with them. */
async function countFor(context: TaskContext, { tried, actor }: Both, entity: EntityDescriptor): Promise<number | null> {
  const isHanging = entity.parentKey !== undefined && !entity.ownerKey
  if (!mayReadKind(tried, entity) || (isHanging && !tried.permissions['customers.read'])) return null
  const unpooled = entity.pooled ? sql`and t.pool_id is null` : sql``
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from ${sql.table(entity.table)} t where t.deleted_at is null ${unpooled}
      and ${rowsFor(tried, entity, 't', 'read', inNoPool)} and ${rowsFor(actor, entity, 't', 'read', inNoPool)}`.execute(
    plain(context.db),
  )
  return rows[0]?.n ?? 0
}

async function rowsOf(context: TaskContext, { tried, actor }: Both): Promise<RolePreview['rows']> {
  const entity = context.entities.get('customer') ?? customerEntity
  if (!mayReadKind(tried, entity)) return []
  const { rows } = await listRows(
    context.db,
    tried,
    entity,
    { sort: [{ field: 'createdAt', direction: 'desc' }], offset: 0, limit: SHOWN },
    { where: rowsFor(actor, entity, 't', 'read', inNoPool) },
  )
  const mask = maskOf(actor, customerEntity)
  return rows.map((row) => {
    const { id, name, ownerName, level, phone, email, city } = mask(row) as RolePreview['rows'][number]
    return { id, name, ownerName, level, phone, email, city }
  })
}
