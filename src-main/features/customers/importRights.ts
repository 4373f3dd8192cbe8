import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { followUpEntity } from '../../../src-shared/features/follow-ups/entity.ts'
import { type Actor, may } from '../../../src-shared/kernel/actor.ts'
import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { Permission } from '../../../src-shared/kernel/permissions.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { Forbidden } from '../../kernel/errors.ts'
import type { Values, WriteRules } from '../../kernel/importer.ts'
import { requireWritable } from '../../kernel/policy.ts'

/** Asked at every chunk: rights may be taken away while an import runs. */
function requireMay(actor: Actor, permission: Permission): void {
  if (!may(actor, permission)) throw new Forbidden(permission)
}

/** Dates and creators of old records are brought by who answers for everybody's imports: reports and pools go by them. */
const SAYS_ONCE: Permission = 'imports.readAll'

/** @throws Forbidden for who may not make customers, or not write a field that the file or the defaults fill. */
export function requireCreating(actor: Actor, rules: WriteRules): void {
  requireMay(actor, 'customers.create')
  const { ownerId, tags, ...defaults } = rules.defaults
  if (customerEntity.fields.some(({ key, importOnce }) => importOnce && rules.mapped.includes(`customer.${key}`)))
    requireMay(actor, SAYS_ONCE)
  const mapped = rules.mapped.flatMap((key) => (key.startsWith('customer.') ? [key.slice(9)] : []))
  requireWritable(actor, customerEntity, [
    ...mapped,
    ...Object.keys(defaults),
    ...(ownerId ? ['ownerId'] : []),
    ...(Array.isArray(tags) && tags.length > 0 ? ['tags'] : []),
  ])
}

/** @throws Forbidden for who may not write contacts, or not a field that one of them has. */
export const requireContacts = (context: Pick<CommandContext, 'actor' | 'entities'>, rows: readonly Values[]): void =>
  requireKind(
    context.actor,
    { permission: 'contacts.write', entity: entityIn(context, 'contact'), but: ['isPrimary', 'customerId'] },
    rows,
  )

/** @throws Forbidden for who may not write follow-ups, or not a field that one of them has. */
export const requireFollowUps = (actor: Actor, rows: readonly Values[]): void =>
  requireKind(
    actor,
    { permission: 'followUps.write', entity: followUpEntity, but: ['kind', 'happenedAt', 'authorId', 'customerId'] },
    rows,
  )

/** `but`: what every new record gets from the program. */
type Kind = { permission: Permission; entity: EntityDescriptor; but: readonly string[] }
function requireKind(actor: Actor, { permission, entity, but }: Kind, rows: readonly Values[]): void {
  if (rows.length === 0) return
  requireMay(actor, permission)
  const filled = (key: string): boolean => rows.some((row) => row[key] !== undefined && row[key] !== null && row[key] !== '')
  const keys = entity.fields.filter(({ key, readOnly }) => !readOnly && !but.includes(key) && filled(key)).map(({ key }) => key)
  requireWritable(actor, entity, keys)
}
