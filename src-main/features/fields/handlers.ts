import type { CustomField } from '../../../src-shared/features/fields/model.ts'
import { choicesAfter, choicesWith, requireFreeLabel, requireRoom } from '../../../src-shared/features/fields/rules.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { Stale } from '../../kernel/errors.ts'
import { onCommand, onQuery } from '../../kernel/pipeline.ts'
import { getField, insertField, listFields, updateField } from './store.ts'

export const fieldsHandlers = {
  list: onQuery.fields.list.handler(({ context }) => listFields(context.db)),

  used: onQuery.fields.used.handler(async ({ input, context }) => {
    const field = await getField(context.db, input.id)
    if (field.archived) return { count: 0 }
    const which = { filter: { combinator: 'and' as const, rules: [{ field: field.key, operator: 'notNull' as const }] } }
    const { count } = await context.scan<{ count: number }>('records.count', {
      actor: context.actor,
      entity: field.entity,
      which,
    })
    return { count }
  }),

  create: onCommand.fields.create.handler(async ({ input, context }) => {
    const others = await listFields(context.tx, input.entity)
    requireFreeLabel(others, input.label)
    requireRoom(others)
    if (input.type !== 'select' && (input.choices ?? []).length > 0) throw new Refusal('notASelect')
    const id = context.newId()
    await insertField(context.tx, {
      id: id as CustomField['id'],
      entity: input.entity,
      key: `cf_${id.slice(-10).toLowerCase()}`,
      label: input.label,
      type: input.type,
      choices: choicesAfter([], input.choices ?? [], optionValues(context)),
      unit: input.unit || null,
      precision: input.type === 'number' ? (input.precision ?? null) : null,
      position: others.reduce((last, one) => Math.max(last, one.position), 0) + 1,
      at: context.now(),
    })
    context.record({ entity: 'customField', id, action: 'created' })
    return getField(context.tx, id)
  }),

  edit: onCommand.fields.edit.handler(async ({ input, context }) => {
    const field = await livingField(context, input.id)
    if (field.version !== input.version) throw new Stale('customField', field.id)
    const { choices, label, unit, precision } = input
    if (label !== undefined) requireFreeLabel(await listFields(context.tx, field.entity), label, field.id)
    if (choices !== undefined && field.type !== 'select') throw new Refusal('notASelect')
    const change = {
      ...(label !== undefined && { label }),
      ...(unit !== undefined && { unit: unit || null }),
      ...(precision !== undefined && field.type === 'number' && { precision }),
      ...(choices !== undefined && { choices: choicesAfter(field.choices, choices, optionValues(context)) }),
    }
    return changed(context, field, change, 'edited')
  }),

  addChoices: onCommand.fields.addChoices.handler(async ({ input, context }) => {
    const field = await livingField(context, input.id)
    if (field.type !== 'select') throw new Refusal('notASelect')
    const choices = choicesWith(field.choices, input.labels, optionValues(context))
    return changed(context, field, choices ? { choices } : {}, 'addedChoices')
  }),

  reorder: onCommand.fields.reorder.handler(async ({ input, context }) => {
    const living = (await listFields(context.tx, input.entity)).filter(({ archived }) => !archived)
    const wanted = new Set<string>(input.ids)
    if (wanted.size !== living.length || living.some(({ id }) => !wanted.has(id))) throw new Refusal('orderUnknown')
    const moved = input.ids.flatMap((id, at) => {
      const field = living.find((one) => one.id === id)
      return field && field.position !== at + 1 ? [{ id, position: at + 1 }] : []
    })
    for (const { id, position } of moved) await updateField(context.tx, id, { position }, context.now())
    const [first] = moved
    if (first)
      context.record({
        entity: 'customField',
        id: moved.length === 1 ? first.id : '',
        action: 'reordered',
        detail: { count: moved.length },
      })
    else context.unchanged()
    return listFields(context.tx, input.entity)
  }),

  archive: onCommand.fields.archive.handler(async ({ input, context }) => {
    const field = await livingField(context, input.id)
    return changed(context, field, { archivedAt: context.now() }, 'archived')
  }),

  restore: onCommand.fields.restore.handler(async ({ input, context }) => {
    const field = await getField(context.tx, input.id)
    if (!field.archived) throw new Refusal('notArchived')
    const others = await listFields(context.tx, field.entity)
    requireFreeLabel(others, field.label, field.id)
    requireRoom(others)
    return changed(context, field, { archivedAt: null }, 'restored')
  }),
}

/** Never the same again, so that a record does not find itself in an option made later. */
const optionValues = (context: CommandContext) => (): string => `o_${context.newId().slice(-10).toLowerCase()}`

async function livingField(context: CommandContext, id: string): Promise<CustomField> {
  const field = await getField(context.tx, id)
  if (field.archived) throw new Refusal('archived')
  return field
}

type Change = Parameters<typeof updateField>[2]
async function changed(context: CommandContext, field: CustomField, change: Change, action: string): Promise<CustomField> {
  const now = { ...field, archivedAt: undefined } as Record<string, unknown>
  const differs = Object.entries(change).some(
    ([key, value]) => key === 'archivedAt' || JSON.stringify(now[key]) !== JSON.stringify(value),
  )
  if (differs) {
    await updateField(context.tx, field.id, change, context.now())
    context.record({ entity: 'customField', id: field.id, action })
  } else context.unchanged()
  return getField(context.tx, field.id)
}
