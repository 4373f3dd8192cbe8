import type { SourceCostValues } from '../../../src-shared/features/source-costs/model.ts'
import { daysWithin } from '../../../src-shared/features/source-costs/rules.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { Stale } from '../../kernel/errors.ts'
import { onCommand, onQuery } from '../../kernel/pipeline.ts'
import { deleteCost, insertCost, listCosts, readCost, sourceWords, updateCost } from './store.ts'

const MOST_YEARS = 10
function requireSound({ from, to }: SourceCostValues): void {
  if (to < from) throw new Refusal('endsBeforeItBegins')
  if (daysWithin({ from, to }, { from, to }) > MOST_YEARS * 366) throw new Refusal('tooLong', { years: MOST_YEARS })
}

export const sourceCostsHandlers = {
  list: onQuery.sourceCosts.list.handler(({ input, context }) => listCosts(context.db, input)),
  words: onQuery.sourceCosts.words.handler(({ context }) => sourceWords(context.db)),

  create: onCommand.sourceCosts.create.handler(async ({ input, context }) => {
    const values = { ...input, note: input.note || null }
    requireSound(values)
    const id = await insertCost(context, values)
    context.record({ entity: 'sourceCost', id, action: 'created', detail: { name: values.source } })
    return readCost(context.tx, id)
  }),

  edit: onCommand.sourceCosts.edit.handler(async ({ input: { id, version, values }, context }) => {
    const row = await readCost(context.tx, id)
    if (row.version !== version) throw new Stale('sourceCost', id)
    const wanted = {
      source: values.source ?? row.source,
      from: values.from ?? row.from,
      to: values.to ?? row.to,
      amountFen: values.amountFen ?? row.amountFen,
      note: values.note === undefined ? row.note : values.note || null,
    }
    requireSound(wanted)
    const keys = ['source', 'from', 'to', 'amountFen', 'note'] as const
    if (keys.every((key) => row[key] === wanted[key])) context.unchanged()
    else {
      await updateCost(context, id, wanted)
      context.record({ entity: 'sourceCost', id, action: 'edited', detail: { name: wanted.source } })
    }
    return readCost(context.tx, id)
  }),

  remove: onCommand.sourceCosts.remove.handler(async ({ input: { id }, context }) => {
    const { source } = await readCost(context.tx, id)
    await deleteCost(context, id)
    context.record({ entity: 'sourceCost', id, action: 'removed', detail: { name: source } })
    return { id }
  }),
}
