import type { ImportableEntity } from '../../../src-shared/features/imports/model.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { StagedContext } from '../../kernel/context.ts'
import { onQuery, onStagedCommand } from '../../kernel/pipeline.ts'
import { changed, inTurn, NOT_PREPARED } from './changing.ts'
import { loadRun } from './store.ts'
import { templateOf } from './template.ts'
import { describeColumns, detailOf, kindsOf, optionsFor, requireKind, requireOpen, returnsHere } from './wizard.ts'

/** Which kind of record a file holds, and a workbook to fill in for each. */
export const kindHandlers = {
  kinds: onQuery.imports.kinds.handler(({ context }) => Promise.resolve(kindsOf(context.actor))),

  template: onQuery.imports.template.handler(({ input, context }) => {
    requireKind(context.actor, input.entity)
    return templateOf(context, input)
  }),

  setKind: onStagedCommand.imports.setKind.handler(({ input, context }) => inTurn(input.id, () => setKind(context, input))),
}

async function setKind(context: StagedContext, input: { id: string; entity: ImportableEntity }) {
  requireKind(context.actor, input.entity)
  const run = await loadRun(context.db, context.actor, input.id)
  requireOpen(run)
  const { facts } = run.summary
  if (!facts || !run.mapping) throw new Refusal('fileGone')
  if (run.entity === input.entity) return detailOf(run, context)
  const { headerRow, groupsRow } = run.mapping
  // Defaults, words and rules were about fields of the other kind.
  const { onDuplicate } = run.options
  const options = { ...optionsFor(context.actor), onDuplicate }
  const { recalled, ...mapping } = await describeColumns(context.scan, context.actor, {
    id: run.id,
    entity: input.entity,
    options,
    facts,
    headerRow,
    groupsRow,
    columns: null,
  })
  const empty = returnsHere(mapping) ? ('clear' as const) : options.empty
  return changed(context, run, {
    entity: input.entity,
    mapping,
    options: { ...options, empty, ...recalled },
    summary: NOT_PREPARED,
    state: 'uploaded',
  })
}
