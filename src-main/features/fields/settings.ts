import type { ConfiguredField } from '../../../src-shared/features/fields/model.ts'
import type { CustomValue } from '../../../src-shared/kernel/custom/model.ts'
import { isUsable, mayBeUnique } from '../../../src-shared/kernel/custom/rules.ts'
import { type FieldSetting, NO_SETTING } from '../../../src-shared/kernel/custom/setting.ts'
import { cleanCustom } from '../../../src-shared/kernel/custom/values.ts'
import { type EntityDescriptor, type FieldDescriptor, findField, isCustomKey } from '../../../src-shared/kernel/entity.ts'
import type { Filter } from '../../../src-shared/kernel/list.ts'
import { attempt, Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { StagedContext } from '../../kernel/context.ts'
import { Stale } from '../../kernel/errors.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { findSetting, makeUnique, saveSetting } from './store.ts'

type Configuring = {
  entity: ConfiguredField['entity']
  field: string
  version: number
  values: { [Key in keyof FieldSetting]?: FieldSetting[Key] | undefined }
}

/** Always say something, or are not written in a form. */
const NEVER_ASKED: ReadonlySet<string> = new Set([
  'name',
  'kind',
  'status',
  'ownerId',
  'tags',
  'customerId',
  'isPrimary',
  'happenedAt',
  'authorId',
  'text',
])

/** @throws Refusal where what is asked makes no sense for the field */
function requireSensible(entity: EntityDescriptor, field: FieldDescriptor, { values }: Configuring): void {
  if ((values.required || values.requiredWhen) && (field.readOnly || NEVER_ASKED.has(field.key) || field.type === 'tags'))
    throw new Refusal('notRequirable')
  if (values.unique && !mayBeUnique(field)) throw new Refusal('notUniquable')
  for (const rule of [values.requiredWhen, values.visibleWhen])
    if (rule && (!isUsable(entity, rule) || names(rule, field.key))) throw new Refusal('ruleNotUsable')
  if (values.defaultValue !== undefined && values.defaultValue !== null) requireFitting(field, values.defaultValue)
}

const names = (filter: Filter, key: string): boolean =>
  filter.rules.some((rule) => ('rules' in rule ? names(rule, key) : rule.field === key))

function requireFitting(field: FieldDescriptor, value: CustomValue): void {
  if (field.readOnly || (field.type === 'date' && value === 'today' && isCustomKey(field.key))) {
    if (field.readOnly) throw new Refusal('defaultDoesNotFit')
    return
  }
  const fits = isCustomKey(field.key)
    ? !(attempt(() => cleanCustom(field, value)) instanceof Refusal)
    : typeof value === 'string' &&
      (field.options?.includes(value) ?? (['text', 'longText'].includes(field.type) && value.length <= (field.maxLength ?? 5000)))
  if (!fits) throw new Refusal('defaultDoesNotFit')
}

/** Several options are kept as one text. */
const storedDefault = (field: FieldDescriptor, value: CustomValue): CustomValue =>
  isCustomKey(field.key) && value !== 'today' && value !== null ? cleanCustom(field, value) : value

/** What is asked of a field. To make it unique, all records are looked through first, where nobody waits. */
export async function configureField(context: StagedContext, input: Configuring): Promise<ConfiguredField> {
  const entity = entityIn(context, input.entity)
  const field = findField(entity, input.field)
  if (!field) throw new Refusal('fieldUnknown')
  requireSensible(entity, field, input)
  if (input.values.unique && !field.setting?.unique) await requireSingle(context, input)
  return context.commit(async (command) => {
    const stands = await findSetting(command.tx, input.entity, input.field)
    if ((stands?.version ?? 0) !== input.version) throw new Stale('customField', input.field)
    const given = Object.fromEntries(Object.entries(input.values).filter(([, value]) => value !== undefined))
    const before = stands ?? {
      ...NO_SETTING,
      id: command.newId(),
      entity: input.entity,
      field: input.field,
      options: [],
      version: 0,
    }
    const after = { ...before, ...given }
    if (given['defaultValue'] !== undefined) after.defaultValue = storedDefault(field, after.defaultValue)
    if (JSON.stringify(after) === JSON.stringify(before)) {
      command.unchanged()
      return before
    }
    if (after.unique && !before.unique && !(await makeUnique(command.tx, entity, field))) await requireSingle(context, input)
    await saveSetting(command.tx, after, command.now())
    command.record({
      entity: 'customField',
      id: after.id,
      action: 'configured',
      detail: { field: input.field, on: input.entity },
    })
    return (await findSetting(command.tx, input.entity, input.field)) ?? after
  })
}

async function requireSingle(context: StagedContext, { entity, field }: Configuring): Promise<void> {
  const found = await context.scan<{ count: number; values: string[] }>('fields.duplicates', {
    actor: context.actor,
    entity,
    field,
  })
  if (found.count > 0) throw new Refusal('duplicatesThere', { ...found, entity, field })
}
