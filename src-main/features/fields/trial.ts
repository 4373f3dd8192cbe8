import type { CustomizableEntity, FieldTrial } from '../../../src-shared/features/fields/model.ts'
import { isUsable } from '../../../src-shared/kernel/custom/rules.ts'
import type { FieldSetting } from '../../../src-shared/kernel/custom/setting.ts'
import { type EntityDescriptor, findField } from '../../../src-shared/kernel/entity.ts'
import type { Filter, ListInput, Rule } from '../../../src-shared/kernel/list.ts'
import type { QueryContext } from '../../kernel/context.ts'
import { BadInput } from '../../kernel/errors.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { mayAskBy } from '../../kernel/policy.ts'

type Trying = {
  entity: CustomizableEntity
  field: string
  values: Pick<FieldSetting, 'required' | 'requiredWhen' | 'visibleWhen' | 'unique'>
}
const SHOWN = 8
const both = (...parts: readonly (Rule | Filter | null)[]): Filter => ({
  combinator: 'and',
  rules: parts.filter((part) => part !== null),
})

/** A rule is a filter over the same records, so what it would do is what a list of that filter finds: by the same rights. */
export async function tryRule(context: QueryContext, { entity: name, field: key, values }: Trying): Promise<FieldTrial> {
  const entity = entityIn(context, name)
  const field = findField(entity, key)
  if (!field) throw new BadInput('unknownField', ['field'])
  const { required, unique } = values
  const [requiredWhen, visibleWhen] = [usable(entity, values.requiredWhen), usable(entity, values.visibleWhen)]
  const count = (filter: Filter | null) => countOf(context, name, filter)
  const all = await count(null)
  const readable = mayAskBy(context.actor, entity, key)
  const asked = required || requiredWhen ? both(requiredWhen, visibleWhen) : null
  const missing = asked && readable ? both(asked, { field: key, operator: 'null' }) : null
  // Where it does not show it is not looked for, so what stands in it is only kept.
  const kept = visibleWhen && readable ? both({ ...both(visibleWhen), not: true }, { field: key, operator: 'notNull' }) : null
  return {
    all,
    asked: asked && (await count(asked)),
    missing: missing && (await count(missing)),
    shown: visibleWhen && (await count(visibleWhen)),
    kept: kept && (await count(kept)),
    repeated:
      unique && readable ? await context.scan('fields.duplicates', { actor: context.actor, entity: name, field: key }) : null,
    rows: await rowsOf(context, entity, missing ?? kept),
  }
}

const usable = (entity: EntityDescriptor, filter: Filter | null): Filter | null =>
  filter && filter.rules.length > 0 && isUsable(entity, filter) ? filter : null

async function countOf(context: QueryContext, entity: CustomizableEntity, filter: Filter | null): Promise<number> {
  const which = filter ? { filter } : {}
  return (await context.scan<{ count: number }>('records.count', { actor: context.actor, entity, which })).count
}

async function rowsOf(context: QueryContext, entity: EntityDescriptor, filter: Filter | null): Promise<FieldTrial['rows']> {
  if (!filter) return []
  const input: ListInput = { filter, offset: 0, limit: SHOWN }
  const { rows } = await context.scan<{ rows: Record<string, unknown>[] }>('records.list', {
    actor: context.actor,
    entity: entity.name,
    input,
  })
  return rows.map((row) => ({
    id: String(row['id']),
    customerId: String(entity.parentKey ? row[entity.parentKey] : row['id']),
    name: String(row[entity.title] ?? '').slice(0, 60),
  }))
}
