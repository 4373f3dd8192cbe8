import { type CustomField, hasChoices } from '../../../src-shared/features/fields/model.ts'
import type { CustomCell } from '../../../src-shared/kernel/custom/model.ts'
import { chosenIn } from '../../../src-shared/kernel/custom/chosen.ts'
import { FormulaProblem } from '../../../src-shared/kernel/custom/formula/tokens.ts'
import { type EntityDescriptor, type FieldDescriptor, findField, valueIn } from '../../../src-shared/kernel/entity.ts'
import { choicesAfter, choicesWith, requireFreeLabel, requireRoom } from '../../../src-shared/features/fields/rules.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext, QueryContext } from '../../kernel/context.ts'
import { Stale } from '../../kernel/errors.ts'
import { entityIn, envOf } from '../../kernel/livingEntities.ts'
import { onCommand, onQuery, onStagedCommand } from '../../kernel/pipeline.ts'
import { mayAskBy } from '../../kernel/policy.ts'
import { listRows } from '../../kernel/records/select.ts'
import { replaceChoice, setWords } from './choices.ts'
import { preparedFormula, soundFormula } from './formulas.ts'
import { configureField } from './settings.ts'
import { getField, insertField, listFields, listSettings, updateField } from './store.ts'
import { tryRule } from './trial.ts'

export const fieldsHandlers = {
  list: onQuery.fields.list.handler(({ context }) => listFields(context.db)),
  settings: onQuery.fields.settings.handler(({ context }) => listSettings(context.db)),

  choicesUsed: onQuery.fields.choicesUsed.handler(async ({ input, context }) => {
    const groups = await context.scan<{ value: string | null; count: number }[]>('records.countBy', {
      actor: context.actor,
      entity: input.entity,
      which: {},
      key: input.field,
    })
    const counts = new Map<string, number>()
    for (const { value, count } of groups)
      for (const one of findField(entityIn(context, input.entity), input.field)?.type === 'multiSelect'
        ? chosenIn(value)
        : [value ?? ''])
        if (one !== '') counts.set(one, (counts.get(one) ?? 0) + count)
    return [...counts].map(([value, count]) => ({ value, count }))
  }),

  tryFormula: onQuery.fields.tryFormula.handler(async ({ input, context }) => {
    const entity = entityIn(context, input.entity)
    const fields = await listFields(context.db, input.entity)
    const known = fields.find(({ id }) => id === input.exceptId)
    try {
      const { field } = preparedFormula(entity, fields, {
        key: known?.key ?? 'cf_new',
        label: known?.label ?? '',
        precision: input.precision ?? known?.precision ?? null,
        formula: input.source,
      })
      return { type: field.type, problem: null, rows: await triedRows(context, entity, field) }
    } catch (error) {
      if (!(error instanceof FormulaProblem)) throw error
      const { code, at, detail } = error
      return { type: null, problem: { code, at, detail }, rows: [] }
    }
  }),

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

  tryRule: onQuery.fields.tryRule.handler(({ input, context }) => tryRule(context, input)),

  create: onCommand.fields.create.handler(async ({ input, context }) => {
    const others = await listFields(context.tx, input.entity)
    requireFreeLabel(others, input.label)
    requireRoom(others)
    if (!hasChoices(input.type) && (input.choices ?? []).length > 0) throw new Refusal('notASelect')
    const id = context.newId()
    const key = `cf_${id.slice(-10).toLowerCase()}`
    const precision = figures(input.type) ? (input.precision ?? null) : null
    await insertField(context.tx, {
      id: id as CustomField['id'],
      entity: input.entity,
      key,
      label: input.label,
      type: input.type,
      choices: choicesAfter([], input.choices ?? [], optionValues(context)),
      unit: input.unit || null,
      precision,
      formula: formulaOf(context, input, others, { key, precision }),
      position: others.reduce((last, one) => Math.max(last, one.position), 0) + 1,
      at: context.now(),
    })
    context.record({ entity: 'customField', id, action: 'created' })
    return getField(context.tx, id)
  }),

  edit: onCommand.fields.edit.handler(async ({ input, context }) => {
    const field = await livingField(context, input.id)
    if (field.version !== input.version) throw new Stale('customField', field.id)
    const { choices, label, unit, precision, formula } = input
    if (label !== undefined) requireFreeLabel(await listFields(context.tx, field.entity), label, field.id)
    if (choices !== undefined && !hasChoices(field.type)) throw new Refusal('notASelect')
    const change = {
      ...(label !== undefined && { label }),
      ...(unit !== undefined && { unit: unit || null }),
      ...(precision !== undefined && figures(field.type) && { precision }),
      ...(formula !== undefined &&
        field.type === 'formula' && {
          formula: formulaOf(context, { ...field, formula }, await listFields(context.tx, field.entity), field),
        }),
      ...(choices !== undefined && { choices: choicesAfter(field.choices, choices, optionValues(context)) }),
    }
    return changed(context, field, change, 'edited')
  }),

  addChoices: onCommand.fields.addChoices.handler(async ({ input, context }) => {
    const field = await livingField(context, input.id)
    if (!hasChoices(field.type)) throw new Refusal('notASelect')
    const choices = choicesWith(field.choices, input.labels, optionValues(context))
    return changed(context, field, choices ? { choices } : {}, 'addedChoices')
  }),

  configure: onStagedCommand.fields.configure.handler(({ input, context }) => configureField(context, input)),
  setWords: onStagedCommand.fields.setWords.handler(({ input, context }) => setWords(context, input)),
  replaceChoice: onStagedCommand.fields.replaceChoice.handler(({ input, context }) => replaceChoice(context, input)),

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

const figures = (type: string): boolean => type === 'number' || type === 'formula'

type Formula = { entity: CustomField['entity']; label: string; type: string; formula?: string | null | undefined }
function formulaOf(
  context: CommandContext,
  { entity, label, type, formula }: Formula,
  fields: readonly CustomField[],
  { key, precision }: Pick<CustomField, 'key' | 'precision'>,
): string | null {
  if (type !== 'formula') return null
  if (!formula || formula.trim() === '') throw new Refusal('formulaMissing')
  return soundFormula(entityIn(context, entity), fields, { key, label, precision, formula })
}

const TRIED = 5
/** A formula on the newest records that the asker sees; what it rests on and he may not see, he does not learn by it. */
async function triedRows(context: QueryContext, entity: EntityDescriptor, field: FieldDescriptor): Promise<Tried[]> {
  const { formula } = field
  if (!formula?.inputs.every((input) => mayAskBy(context.actor, entity, input))) return []
  const { rows } = await listRows(context.db, context.actor, entity, { offset: 0, limit: TRIED })
  const stored = (value: unknown): unknown => (Array.isArray(value) ? value.join(',') : value)
  return rows.map((row) => ({
    id: String(row['id']),
    name: String(row[entity.title] ?? '').slice(0, 60),
    value: formula.compute((input) => stored(valueIn(row, input)), envOf(entity)),
  }))
}
type Tried = { id: string; name: string; value: CustomCell }

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
