import {
  type LeadPoolValues,
  type LeadRuleValues,
  MOST_POOLS,
  MOST_RULES,
  type WordLine,
} from '../../../src-shared/features/lead-settings/model.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { Stale } from '../../kernel/errors.ts'
import { onCommand, onQuery } from '../../kernel/pipeline.ts'
import { renameSources } from '../source-costs/public.ts'
import {
  archiveRule,
  archiveWord,
  insertPool,
  insertRule,
  nameKey,
  placeRules,
  poolNameIsTaken,
  readPool,
  readPools,
  readRule,
  readRules,
  readWords,
  setPoolArchived,
  unknownPeople,
  updatePool,
  updateRule,
  writeWord,
} from './store.ts'

async function requirePeople(context: CommandContext, ids: readonly string[]): Promise<void> {
  if ((await unknownPeople(context.tx, ids)).length > 0) throw new Refusal('memberUnknown')
}

async function requireSoundPool(context: CommandContext, { name, memberIds }: LeadPoolValues, id?: string): Promise<void> {
  if (await poolNameIsTaken(context.tx, name, id)) throw new Refusal('nameTaken', { name })
  await requirePeople(context, memberIds)
}

async function requireSoundRule(context: CommandContext, values: LeadRuleValues): Promise<void> {
  const { members, sources, poolId, hours } = values
  await requirePeople(
    context,
    members.map(({ employeeId }) => employeeId),
  )
  const known = new Set((await readWords(context.tx, 'source')).map(({ id }) => id))
  if (sources.some((id) => !known.has(id))) throw new Refusal('sourceUnknown')
  if (poolId !== null && !(await readPools(context.tx, poolId)).some(({ archived }) => !archived))
    throw new Refusal('poolUnknown')
  if (hours !== null && hours.from >= hours.to) throw new Refusal('hoursBackwards')
}

/** One that was put aside comes back under its name. @throws Refusal wordUnknown | nameTaken */
function soundLines(lines: readonly WordLine[], stands: readonly { id: string; name: string }[]): WordLine[] {
  const kept = new Set(lines.flatMap(({ id }) => id ?? []))
  if ([...kept].some((id) => !stands.some((one) => one.id === id))) throw new Refusal('wordUnknown')
  const names = new Set<string>()
  const sound = lines.map((line) => {
    if (names.has(nameKey(line.name))) throw new Refusal('nameTaken', { name: line.name })
    names.add(nameKey(line.name))
    const old = stands.find(({ id, name }) => !kept.has(id) && nameKey(name) === nameKey(line.name))
    return line.id === undefined && old ? { ...line, id: old.id } : line
  })
  const living = new Set(sound.flatMap(({ id }) => id ?? []))
  const taken = stands.find(({ id, name }) => !living.has(id) && names.has(nameKey(name)))
  if (taken) throw new Refusal('nameTaken', { name: taken.name })
  return sound
}

/** By their old names, the words that are called otherwise now. */
function renamedIn(stands: readonly { id: string; name: string }[], lines: readonly WordLine[]): Map<string, string> {
  const names = new Map(lines.flatMap(({ id, name }) => (id === undefined ? [] : [[id, name] as const])))
  return new Map(
    stands.flatMap(({ id, name }) => (names.has(id) && names.get(id) !== name ? [[name, names.get(id) ?? name]] : [])),
  )
}

export const leadSettingsHandlers = {
  words: onQuery.leadSettings.words.handler(({ input, context }) => readWords(context.db, input.list)),
  saveWords: onCommand.leadSettings.saveWords.handler(async ({ input: { list, lines: given }, context }) => {
    const stands = await readWords(context.tx, list)
    const lines = soundLines(given, stands)
    const living = new Set(lines.flatMap(({ id }) => id ?? []))
    let wrote = false
    for (const { id, archived } of stands)
      if (!living.has(id) && !archived) {
        await archiveWord(context, list, id)
        wrote = true
      }
    for (const [position, line] of lines.entries()) if (await writeWord(context, list, line, position)) wrote = true
    if (list === 'source') await renameSources(context, renamedIn(stands, lines))
    const detail = { count: lines.length }
    if (!wrote) context.unchanged()
    else if (list === 'source') context.record({ entity: 'leadSource', id: '', action: 'savedSources', detail })
    else context.record({ entity: 'leadReason', id: '', action: 'savedReasons', detail })
    return readWords(context.tx, list)
  }),

  pools: onQuery.leadSettings.pools.handler(({ context }) => readPools(context.db)),
  createPool: onCommand.leadSettings.createPool.handler(async ({ input, context }) => {
    await requireSoundPool(context, input)
    if ((await readPools(context.tx)).length >= MOST_POOLS) throw new Refusal('tooMany')
    const id = await insertPool(context, input)
    context.record({ entity: 'leadPool', id, action: 'createdPool', detail: { name: input.name } })
    return readPool(context.tx, id)
  }),
  editPool: onCommand.leadSettings.editPool.handler(async ({ input: { id, version, values }, context }) => {
    const pool = await readPool(context.tx, id)
    if (pool.version !== version) throw new Stale('leadPool', id)
    await requireSoundPool(context, values, id)
    const before = pool.members.map((one) => one.id).toSorted()
    const same =
      pool.name === values.name &&
      pool.cap === values.cap &&
      pool.recycleDays === values.recycleDays &&
      JSON.stringify(before) === JSON.stringify([...new Set(values.memberIds)].toSorted())
    if (same) context.unchanged()
    else {
      await updatePool(context, id, values)
      context.record({ entity: 'leadPool', id, action: 'editedPool', detail: { name: values.name } })
    }
    return readPool(context.tx, id)
  }),
  archivePool: onCommand.leadSettings.archivePool.handler(async ({ input: { id, archived }, context }) => {
    const pool = await readPool(context.tx, id)
    if (pool.archived === archived) throw new Refusal(archived ? 'alreadyArchived' : 'notArchived')
    if (archived && pool.used > 0) throw new Refusal('poolUsed', { count: pool.used })
    await setPoolArchived(context, id, archived)
    context.record({ entity: 'leadPool', id, action: archived ? 'archivedPool' : 'unarchivedPool', detail: { name: pool.name } })
    return readPool(context.tx, id)
  }),

  rules: onQuery.leadSettings.rules.handler(({ context }) => readRules(context.db)),
  createRule: onCommand.leadSettings.createRule.handler(async ({ input, context }) => {
    await requireSoundRule(context, input)
    const rules = await readRules(context.tx)
    if (rules.length >= MOST_RULES) throw new Refusal('tooMany')
    const id = await insertRule(context, input, rules.length)
    context.record({ entity: 'leadRule', id, action: 'createdRule', detail: { name: input.name } })
    return readRule(context.tx, id)
  }),
  editRule: onCommand.leadSettings.editRule.handler(async ({ input: { id, version, values }, context }) => {
    const rule = await readRule(context.tx, id)
    if (rule.version !== version) throw new Stale('leadRule', id)
    await requireSoundRule(context, values)
    if (await updateRule(context, id, values))
      context.record({ entity: 'leadRule', id, action: 'editedRule', detail: { name: values.name } })
    else context.unchanged()
    return readRule(context.tx, id)
  }),
  removeRule: onCommand.leadSettings.removeRule.handler(async ({ input: { id }, context }) => {
    const rule = (await readRules(context.tx, id))[0]
    if (!rule) throw new Refusal('ruleUnknown')
    await archiveRule(context, id)
    context.record({ entity: 'leadRule', id, action: 'removedRule', detail: { name: rule.name } })
    return { id }
  }),
  orderRules: onCommand.leadSettings.orderRules.handler(async ({ input: { ids }, context }) => {
    const known = (await readRules(context.tx)).map(({ id }) => id)
    if (ids.length !== known.length || known.some((id) => !ids.includes(id))) throw new Refusal('ruleUnknown')
    if (await placeRules(context, ids)) context.record({ entity: 'leadRule', id: '', action: 'orderedRules' })
    else context.unchanged()
    return readRules(context.tx)
  }),
}
