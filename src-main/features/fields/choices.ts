import { setImmediate } from 'node:timers/promises'
import type { z } from 'zod'
import {
  type ConfiguredField,
  type CustomizableEntity,
  type EditedChoice,
  isWordField,
  labelKey,
  MAX_CHOICES,
  type WordField,
} from '../../../src-shared/features/fields/model.ts'
import type { StoredChoice } from '../../../src-shared/kernel/custom/model.ts'
import { NO_SETTING } from '../../../src-shared/kernel/custom/setting.ts'
import { chosenIn } from '../../../src-shared/kernel/custom/chosen.ts'
import { customOver } from '../../../src-shared/kernel/custom/values.ts'
import {
  columnOf,
  type EntityDescriptor,
  type FieldDescriptor,
  findField,
  isCustomKey,
} from '../../../src-shared/kernel/entity.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext, StagedContext } from '../../kernel/context.ts'
import { Stale } from '../../kernel/errors.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { rememberWhole, WHOLE } from '../../kernel/records/bulk.ts'
import { renameEverywhere } from './renamed.ts'
import { findSetting, getFieldByKey, holdersOf, saveSetting, updateField, writeValue } from './store.ts'

const AT_ONCE = 200
type Replaced = { changed: number; batchId: string | null }
type Replacing = { entity: CustomizableEntity; field: string; from: string; to: string | null }

/** Another option on every record that holds one, chunk by chunk under one batch; then the option is put away. */
export async function replaceChoice(context: StagedContext, input: Replacing): Promise<Replaced> {
  const answered = context.answered<Replaced>(WHOLE)
  if (answered) return answered
  const entity = entityIn(context, input.entity)
  const field = findField(entity, input.field)
  if (!field) throw new Refusal('fieldUnknown')
  const isWord = isWordField(input.entity, input.field)
  if (!isWord && field.type !== 'select' && field.type !== 'multiSelect') throw new Refusal('notASelect')
  const known = (value: string): boolean => isWord || (field.choices ?? []).some((choice) => choice.value === value)
  if (!known(input.from) || (input.to !== null && (!known(input.to) || input.to === input.from)))
    throw new Refusal('choiceUnknown')
  const changed = await rewrite(context, { entity, field, from: input.from, to: input.to, name: input.from })
  const put = await context.commit((command) => putAway(command, input), { batchId: context.batchId, part: 'option' })
  return rememberWhole(context, { changed, batchId: changed > 0 || put ? context.batchId : null })
}

type Rewriting = { entity: EntityDescriptor; field: FieldDescriptor; from: string; to: string | null; name: string }

async function rewrite(context: StagedContext, { entity, field, from, to, name }: Rewriting): Promise<number> {
  let changed = 0
  for (let part = 0; ; part++) {
    const step = await context.commit(
      async (command) => {
        const rows = await holdersOf(command.tx, entity, field, from, AT_ONCE)
        for (const row of rows)
          await writeValue(command.tx, entity, { id: row.id, at: command.now(), ...written(field, row, from, to) })
        if (rows.length > 0)
          command.record({
            entity: 'customField',
            id: '',
            action: 'replacedChoice',
            detail: { field: field.key, count: rows.length },
          })
        else command.unchanged()
        return rows.length
      },
      { batchId: context.batchId, part: `${name}-${part}` },
    )
    changed += step
    if (step < AT_ONCE) return changed
    await setImmediate()
  }
}

function written(
  field: FieldDescriptor,
  row: { custom: string },
  from: string,
  to: string | null,
): { column: string; value: string | null } {
  if (!isCustomKey(field.key)) return { column: columnOf(field.key), value: to }
  const stored = (JSON.parse(row.custom) as Record<string, unknown>)[field.key]
  if (field.type !== 'multiSelect') return { column: 'custom', value: customOver(row.custom, { [field.key]: to }) }
  const wanted = new Set(chosenIn(stored).flatMap((one) => (one !== from ? [one] : to === null ? [] : [to])))
  const inOrder = (field.choices ?? []).map(({ value }) => value).filter((value) => wanted.has(value))
  return { column: 'custom', value: customOver(row.custom, { [field.key]: inOrder.join(',') || null }) }
}

/** What asks by the old option asks by the other. @returns whether there was something to put away */
async function putAway(command: CommandContext, { entity, field, from, to }: Replacing): Promise<boolean> {
  const followed = to === null ? 0 : await renameEverywhere(command, { entity, field, from, to })
  const without = (choices: readonly StoredChoice[]): StoredChoice[] => choices.filter(({ value }) => value !== from)
  if (isCustomKey(field)) {
    const one = await getFieldByKey(command.tx, entity, field)
    await updateField(command.tx, one.id, { choices: without(one.choices) }, command.now())
    command.record({ entity: 'customField', id: one.id, action: 'replacedChoice' })
    return true
  }
  const setting = await findSetting(command.tx, entity, field)
  if (!setting?.options.some(({ value }) => value === from)) {
    if (followed === 0) command.unchanged()
    else command.record({ entity: 'customField', id: setting?.id ?? '', action: 'replacedChoice', detail: { field, on: entity } })
    return followed > 0
  }
  await saveSetting(command.tx, { ...setting, options: without(setting.options) }, command.now())
  command.record({ entity: 'customField', id: setting.id, action: 'replacedChoice', detail: { field, on: entity } })
  return true
}

type Wanted = z.infer<typeof EditedChoice>
type Setting = { field: WordField; version: number; words: readonly Wanted[] }

/** The words that a free field offers; renaming one renames it on every record, merging two by giving both one name. */
export async function setWords(
  context: StagedContext,
  { field: key, version, words }: Setting,
): Promise<Replaced & { settings: ConfiguredField }> {
  const answered = context.answered<Replaced & { settings: ConfiguredField }>(WHOLE)
  if (answered) return answered
  const entity = entityIn(context, 'customer')
  const field = findField(entity, key)
  if (!field) throw new Refusal('choiceUnknown')
  const seen = new Set<string>()
  for (const { label } of words) {
    if (seen.has(labelKey(label))) throw new Refusal('choiceTaken', { label })
    seen.add(labelKey(label))
  }
  if (words.length > MAX_CHOICES) throw new Refusal('tooManyChoices', { most: MAX_CHOICES })
  const { batchId } = context
  const settings = await context.commit((command) => saveWords(command, { field: key, version, words }), {
    batchId,
    part: 'words',
  })
  let changed = 0
  for (const { value, label } of words)
    if (value !== undefined && value !== label)
      changed += await rewrite(context, { entity, field, from: value, to: label, name: value })
  return rememberWhole(context, { changed, batchId, settings })
}

async function saveWords(command: CommandContext, { field, version, words }: Setting): Promise<ConfiguredField> {
  const stands = await findSetting(command.tx, 'customer', field)
  if ((stands?.version ?? 0) !== version) throw new Stale('customField', field)
  const before = stands ?? { ...NO_SETTING, id: command.newId(), entity: 'customer' as const, field, options: [], version: 0 }
  const options = words.map(
    ({ value, label, tone }): StoredChoice => ({
      value: label,
      label,
      tone: tone ?? before.options.find((one) => one.value === value)?.tone ?? 'ink',
    }),
  )
  if (JSON.stringify(options) === JSON.stringify(before.options)) command.unchanged()
  else {
    await saveSetting(command.tx, { ...before, options }, command.now())
    for (const { value, label } of words)
      if (value !== undefined && value !== label)
        await renameEverywhere(command, { entity: 'customer', field, from: value, to: label })
    command.record({ entity: 'customField', id: before.id, action: 'editedWords', detail: { field, on: 'customer' } })
  }
  return (await findSetting(command.tx, 'customer', field)) ?? before
}
