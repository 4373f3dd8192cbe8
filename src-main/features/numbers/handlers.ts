import { setImmediate } from 'node:timers/promises'
import { NUMBERED, type NumberedEntity, type NumberRule, STANDARD_PATTERNS } from '../../../src-shared/features/numbers/model.ts'
import { patternProblem } from '../../../src-shared/kernel/numberPattern.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext, QueryContext, StagedContext } from '../../kernel/context.ts'
import type { ReadDb } from '../../kernel/database.ts'
import { BadInput, Stale } from '../../kernel/errors.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { onCommand, onQuery, onStagedCommand } from '../../kernel/pipeline.ts'
import { mayAskBy } from '../../kernel/policy.ts'
import { rememberWhole, WHOLE } from '../../kernel/records/bulk.ts'
import { namesOf } from '../../kernel/records/names.ts'
import { nextNumbers, ruleOf, type StoredRule, takeNumber } from '../../kernel/records/numbers.ts'
import { countMissing, customersByNumber, saveRule, someMissing, writeNumber } from './store.ts'

const TRIED = 5
const noRule = (entity: NumberedEntity): StoredRule => ({
  pattern: STANDARD_PATTERNS[entity],
  reset: 'monthly',
  start: 1,
  enabled: 0,
  version: 0,
})

async function toldRule(
  context: Pick<QueryContext, 'entities'> & { db: ReadDb | CommandContext['tx'] },
  entity: NumberedEntity,
): Promise<NumberRule> {
  const { enabled, version, pattern, reset, start } = (await ruleOf(context.db, entity)) ?? noRule(entity)
  const next =
    patternProblem(pattern, reset) === null
      ? ((await nextNumbers(context.db, entityIn(context, entity), { pattern, reset, start }, 1))[0] ?? null)
      : null
  return { entity, pattern, reset, start, enabled: enabled === 1, version, next }
}

export const numbersHandlers = {
  rules: onQuery.numbers.rules.handler(({ context }) => Promise.all(NUMBERED.map((entity) => toldRule(context, entity)))),

  missing: onQuery.numbers.missing.handler(async ({ input, context }) => ({
    count: await countMissing(context.db, entityIn(context, input.entity)),
  })),

  tryRule: onQuery.numbers.tryRule.handler(async ({ input, context }) => {
    const problem = patternProblem(input.pattern, input.reset)
    if (problem) throw new BadInput(problem, ['pattern'])
    const entity = entityIn(context, input.entity)
    const ids = await someMissing(context.db, entity, TRIED)
    const names = await namesOf(context.db, context.actor, entity, ids)
    const next = await nextNumbers(context.db, entity, input, Math.max(TRIED, ids.length))
    return {
      next: next.slice(0, 3),
      missing: await countMissing(context.db, entity),
      rows: ids.map((id, at) => {
        const name = names.get(id)?.title
        return { seen: name === undefined ? null : { id, name }, number: next[at] ?? '' }
      }),
    }
  }),

  save: onCommand.numbers.save.handler(async ({ input, context }) => {
    const problem = patternProblem(input.pattern, input.reset)
    if (problem) throw new Refusal(problem)
    const { entity } = input
    const stands = await ruleOf(context.tx, entity)
    if ((stands?.version ?? 0) !== input.version) throw new Stale('numberRule', entity)
    const same =
      stands &&
      stands.pattern === input.pattern &&
      stands.reset === input.reset &&
      stands.start === input.start &&
      (stands.enabled === 1) === input.enabled
    if (same) context.unchanged()
    else {
      const id = await saveRule(context, input)
      context.record({ entity: 'numberRule', id, action: 'saved', detail: { on: entity, pattern: input.pattern } })
    }
    return toldRule({ db: context.tx, entities: context.entities }, entity)
  }),

  giveMissing: onStagedCommand.numbers.giveMissing.handler(({ input, context }) => giveMissing(context, input.entity)),

  customers: onQuery.numbers.customers.handler(({ input, context }) => {
    const entity = entityIn(context, 'customer')
    return mayAskBy(context.actor, entity, 'number') ? customersByNumber(context.db, context.actor, entity, input) : []
  }),
}

const AT_ONCE = 150
type Given = { given: number; batchId: string | null }

async function giveMissing(context: StagedContext, name: NumberedEntity): Promise<Given> {
  const answered = context.answered<Given>(WHOLE)
  if (answered) return answered
  const rule = await ruleOf(context.db, name)
  if (!rule || rule.enabled === 0) throw new Refusal('noRule')
  const entity = entityIn(context, name)
  const { batchId } = context
  for (let [given, part] = [0, 0]; ; part++) {
    const some = await context.commit(
      async (command) => {
        const ids = await someMissing(command.tx, entity, AT_ONCE)
        for (const id of ids) {
          const number = await takeNumber(command, entity)
          if (number !== null) await writeNumber(command.tx, entity, id, number, command.now())
        }
        if (ids.length === 0) command.unchanged()
        else command.record({ entity: name, id: '', action: 'gaveNumbers', detail: { count: ids.length } })
        return ids.length
      },
      { batchId, part: `numbers-${part}` },
    )
    given += some
    if (some < AT_ONCE) return rememberWhole(context, { given, batchId: given > 0 ? batchId : null })
    await setImmediate()
  }
}
