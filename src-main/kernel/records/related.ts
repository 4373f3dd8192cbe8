import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import { columnOf, type EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { Related } from '../../../src-shared/kernel/entity.ts'
import type { Rule } from '../../../src-shared/kernel/list.ts'
import { BadInput, Forbidden } from '../errors.ts'
import { relatedEntity } from '../livingEntities.ts'
import { mayReadKind, rowsFor, unseenHosts } from '../policy.ts'

type Condition = RawBuilder<SqlBool>
type Nested = (entity: EntityDescriptor, of: NonNullable<Rule['of']>, alias: string) => Condition

const MOST = 1000
const COMPARED = { '=': sql`=`, '>=': sql`>=`, '>': sql`>`, '<=': sql`<=`, '<': sql`<` } as const

/**
 * Has (no) records of a kind that meet conditions of their own, or so many. Who sees a record sees what hangs on it, so the rows
 * need no reach of their own; the kind and its fields do, and so does what they hang on in turn. What has an owner of its own has its
 * reach, and so has what a record hangs on: who owns a part need not see the whole.
 * @throws Forbidden for a kind that the actor's roles do not show
 */
export function relatedSql(
  actor: Actor,
  { entity, alias, related }: { entity: EntityDescriptor; alias: string; related: Related },
  rule: Rule,
  nested: Nested,
): Condition {
  const other = relatedEntity(entity, related)
  if (!mayReadKind(actor, other)) throw new Forbidden(`${other.feature}.read`, [rule.field])
  const inner = `${alias}r`
  const link = related.isParent
    ? sql`${sql.ref(`${inner}.id`)} = ${sql.ref(`${alias}.${columnOf(related.by)}`)}`
    : sql`${sql.ref(`${inner}.${columnOf(related.by)}`)} = ${sql.ref(`${alias}.id`)}`
  const living = other.recyclable ? sql`and ${sql.ref(`${inner}.deleted_at`)} is null` : sql``
  const unseen = unseenHosts(actor, other)
  const seen =
    unseen.length === 0 ? sql`` : sql`and ${sql.ref(`${inner}.${other.host?.column ?? ''}`)} not in (${sql.join(unseen)})`
  const hasReach = related.isParent ? entity.ownerKey : other.ownerKey
  const reached = hasReach ? sql`and ${rowsFor(actor, other, inner)}` : sql``
  const meets = rule.of ? sql`and ${nested(other, rule.of, inner)}` : sql``
  const found = sql`from ${sql.table(other.table)} ${sql.ref(inner)} where ${link} ${living} ${seen} ${reached} ${meets}`
  if (rule.operator === 'notNull') return sql<SqlBool>`exists (select 1 ${found})`
  if (rule.operator === 'null') return sql<SqlBool>`not exists (select 1 ${found})`
  const operator = COMPARED[rule.operator as keyof typeof COMPARED] as RawBuilder<unknown> | undefined
  const n = rule.value
  if (!operator) throw new BadInput('operatorDoesNotFit', ['filter', rule.field])
  if (typeof n !== 'number' || !Number.isInteger(n) || n < 0 || n > MOST)
    throw new BadInput('valueDoesNotFit', ['filter', rule.field])
  // No more are counted than the answer needs.
  return sql<SqlBool>`(select count(*) from (select 1 ${found} limit ${n + 1})) ${operator} ${n}`
}
