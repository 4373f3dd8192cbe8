import { setImmediate } from 'node:timers/promises'
import { isMany, type Preview, type RuleValues, type Run } from '../../../src-shared/features/pools/ruleModel.ts'
import { findField } from '../../../src-shared/kernel/entity.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import type { CommandContext, QueryContext, StagedContext } from '../../kernel/context.ts'
import { Stale } from '../../kernel/errors.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { onCommand, onQuery, onStagedCommand } from '../../kernel/pipeline.ts'
import { rememberWhole, WHOLE } from '../../kernel/records/bulk.ts'
import { rowsById } from '../../kernel/records/select.ts'
import { CHUNK, logRun, recycleChunk } from './recycle.ts'
import { deleteRule, hasRun, insertRule, readRule, readRules, readRuns, shown, updateRule } from './ruleStore.ts'
import type { Found } from './tasks.ts'
import { renewWorkDays } from '../calendar/public.ts'

type Asking = Pick<QueryContext, 'now' | 'services' | 'scan'>
const dayOf = ({ now, services }: Pick<Asking, 'now' | 'services'>) => {
  const zone = services.timeZone()
  return { today: dateIn(now(), zone), zone }
}
const foundBy = (context: Asking, rule: RuleValues): Promise<Found> =>
  context.scan<Found>('pools.preview', { rule, ...dayOf(context) })

/** @throws Refusal fieldMissing when a rule by date names no date of customers */
function requireField(context: Pick<QueryContext, 'entities'>, { basis, field }: RuleValues): void {
  const known = field === null ? undefined : findField(entityIn(context, 'customer'), field)
  if (basis === 'date' && known?.type !== 'date' && known?.type !== 'instant') throw new Refusal('fieldMissing')
}

async function preview(context: QueryContext, values: RuleValues): Promise<Preview> {
  requireField(context, values)
  const { first, ...counts } = await foundBy(context, values)
  const due = new Map(first.map(({ id, dueOn }) => [id, dueOn]))
  const rows = await rowsById(context.db, context.actor, entityIn(context, 'customer'), [...due.keys()])
  const seen = new Map(rows.map((row) => [String(row['id']), row]))
  return {
    ...counts,
    isMany: isMany(counts.today, counts.owned),
    rows: first.flatMap(({ id, dueOn }) => {
      const row = seen.get(id)
      return row
        ? [
            {
              id: id as Preview['rows'][number]['id'],
              name: String(row['name']),
              ownerName: (row['ownerName'] ?? null) as string | null,
              dueOn,
            },
          ]
        : []
    }),
  }
}

/** @returns as many as a night may take without being asked again. @throws Refusal confirmMany with the figures */
async function confirmed(context: Asking, values: RuleValues, typed: number | undefined): Promise<number> {
  if (!values.enabled) return 0
  const { today, in7, owned } = await foundBy(context, values)
  if (!isMany(today, owned)) return 0
  if (typed !== today) throw new Refusal('confirmMany', { count: today, owned })
  // Until the first night some more fall due.
  return Math.max(today, in7)
}

async function requireSound(context: CommandContext, values: RuleValues): Promise<void> {
  const pool = await context.tx.selectFrom('pool').select('id').where('id', '=', values.poolId).executeTakeFirst()
  if (!pool) throw new Refusal('poolUnknown')
  if (values.dayKind === 'working' && (await renewWorkDays(context.tx, context.services.timeZone())) === 0)
    throw new Refusal('noWorkingDays')
}

type Save = { id?: string | undefined; version?: number | undefined; values: RuleValues; confirm?: number | undefined }
async function save(context: StagedContext, { id, version, values, confirm }: Save) {
  requireField(context, values)
  const allowed = await confirmed(context, values, confirm)
  return context.commit(async (command) => {
    await requireSound(command, values)
    const before = id === undefined ? null : await readRule(command.tx, id)
    if (before && before.version !== version) throw new Stale('poolRule', before.id)
    if (before) await updateRule(command, before, values, allowed)
    const saved = before?.id ?? (await insertRule(command, values, allowed))
    command.record({ entity: 'poolRule', id: saved, action: before ? 'edited' : 'created', detail: { name: values.name } })
    return shown(await readRule(command.tx, saved))
  })
}

async function recycle(context: StagedContext, { id, confirm }: { id: string; confirm?: number | undefined }): Promise<Run> {
  const answered = context.answered<Run>(WHOLE)
  if (answered) return answered
  const rule = await readRule(context.db, id)
  const day = dayOf(context)
  const ids = await context.scan<string[]>('pools.due', { rule, ...day })
  if (ids.length === 0) throw new Refusal('nothingDue')
  const { owned } = await foundBy(context, rule)
  if (isMany(ids.length, owned) && confirm !== ids.length) throw new Refusal('confirmMany', { count: ids.length, owned })
  const { batchId } = context
  let moved = 0
  for (let at = 0; at < ids.length; at += CHUNK) {
    const part = ids.slice(at, at + CHUNK)
    moved += await context.commit((command) => recycleChunk(command, { rule, ids: part, today: day.today }), {
      batchId,
      part: `${part[0]}`,
    })
    await setImmediate()
  }
  const run = { id: context.newId(), at: context.now(), byName: context.actor.name, state: 'done' as const, reminded: 0 }
  const logged = await context.commit(
    (command) => {
      command.unchanged()
      return logRun(command, rule, {
        ...run,
        due: ids.length,
        moved,
        kept: ids.length - moved,
        batchId: moved > 0 ? batchId : null,
      })
    },
    { part: 'log' },
  )
  return rememberWhole(context, logged)
}

export const poolRuleHandlers = {
  rules: onQuery.pools.rules.handler(async ({ context }) => (await readRules(context.db)).map(shown)),
  preview: onQuery.pools.preview.handler(({ input, context }) => preview(context, input)),
  runs: onQuery.pools.runs.handler(({ input, context }) => readRuns(context.db, input.limit)),
  saveRule: onStagedCommand.pools.saveRule.handler(({ input, context }) => save(context, input)),
  recycle: onStagedCommand.pools.recycle.handler(({ input, context }) => recycle(context, input)),
  removeRule: onCommand.pools.removeRule.handler(async ({ input, context }) => {
    const rule = await readRule(context.tx, input.id)
    if (await hasRun(context.tx, rule.id)) throw new Refusal('hasRun')
    await deleteRule(context.tx, rule.id)
    context.record({ entity: 'poolRule', id: rule.id, action: 'deleted', detail: { name: rule.name } })
    return { id: input.id }
  }),
}
