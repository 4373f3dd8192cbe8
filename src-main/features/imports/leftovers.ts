import { existsSync } from 'node:fs'
import { mkdtemp, readFile as readBytes, rm } from 'node:fs/promises'
import { join, parse } from 'node:path'
import type { ImportStateName, Leftovers } from '../../../src-shared/features/imports/model.ts'
import { text } from '../../../src-shared/features/imports/text.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { QueryContext, StagedContext } from '../../kernel/context.ts'
import { NotFound } from '../../kernel/errors.ts'
import { onQuery, onStagedCommand } from '../../kernel/pipeline.ts'
import { layReady, writeFailedRows } from './lay.ts'
import type { StoredColumn } from './settings.ts'
import { folderOf } from './staging.ts'
import { hiddenFrom } from './sight.ts'
import { findRun, insertRun, loadRun, type NewRun, type Run, saveRun, stateOf } from './store.ts'
import { describeColumns, detailOf } from './wizard.ts'

/** What is left of an import: one that wrote nothing, and rows that were not taken. */
export const leftoverHandlers = {
  discard: onStagedCommand.imports.discard.handler(async ({ input, context }) => {
    const folder = folderOf(context.services.folder, input.id)
    await context.commit(async (command) => {
      const run = await loadRun(command.tx, context.actor, input.id)
      if (stateOf(run) === 'preparing') throw new Refusal('busy')
      if (run.startedAt !== null) throw new Refusal('alreadyRun')
      await command.tx.deleteFrom('importRun').where('id', '=', run.id).execute()
      command.unchanged()
      return { id: run.id }
    })
    await rm(folder, { recursive: true, force: true })
    return { id: input.id }
  }),

  failedRows: onQuery.imports.failedRows.handler(async ({ input, context }) => {
    const run = await loadRun(context.db, context.actor, input.id)
    if (!existsSync(folderOf(context.services.folder, run.id))) throw new NotFound('import', run.id)
    const bytes = await withFailedRows(context, run, input.language, (path) => readBytes(path))
    return new File([bytes], `${parse(run.fileName).name}-${text[input.language]['failed.sheet']}.xlsx`, {
      type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    })
  }),

  leftovers: onQuery.imports.leftovers.handler(async ({ input, context }) => {
    const run = await loadRun(context.db, context.actor, input.id)
    return leftOf(context, run)
  }),

  again: onStagedCommand.imports.again.handler(async ({ input, context }) => {
    const id = context.batchId
    if (context.answered('1') === null) {
      const run = await loadRun(context.db, context.actor, input.id)
      if (run.failed === 0) throw new Refusal('nothingFailed')
      if (!['done', 'undone', 'cancelled'].includes(stateOf(run))) throw new Refusal('busy')
      const laid = await laidAgain(context, run, { id, language: input.language })
      await context.commit(async (command) => {
        await insertRun(command.tx, laid)
        await saveRun(command.tx, run.id, { summary: { again: id } })
        command.unchanged()
        return { id }
      })
    }
    return detailOf(await loadRun(context.db, context.actor, id), context)
  }),
}

/** Mended rows are mended again at most so often. */
const ROUNDS = 50
const TAKEN_BACK: readonly ImportStateName[] = ['undone', 'undoing', 'cancelled', 'cancelling']

/** Follows the rows from import to import: what one of them has taken, or somebody dismissed there, is settled. */
async function leftOf({ db, actor }: Pick<QueryContext, 'db' | 'actor'>, run: Run): Promise<Leftovers> {
  let left = run.failed
  let last: Leftovers['last'] = null
  let next = run.summary.again
  for (let round = 0; next !== undefined && round < ROUNDS; round++) {
    const one = await findRun(db, actor, next)
    // Thrown away, or of somebody else: the rows are where they were.
    if (!one || TAKEN_BACK.includes(stateOf(one))) break
    last = { id: one.id, state: stateOf(one) }
    if (last.state !== 'done') break
    left = one.failed
    next = one.summary.again
  }
  return { failed: run.failed, left, last }
}

/** The rows with their reasons as a workbook of their own: two who ask at once must not write into one file. */
async function withFailedRows<Result>(
  context: Pick<StagedContext, 'scan' | 'services' | 'actor'>,
  run: Run,
  language: keyof typeof text,
  take: (path: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(folderOf(context.services.folder, run.id), 'failed-'))
  try {
    const out = join(folder, 'rows.xlsx')
    await writeFailedRows(context.scan, run, { out, language, hidden: hiddenFrom(run, context.actor) })
    return await take(out)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

type Again = { id: string; language: keyof typeof text }

/** The rows with their reasons are a file like any other; its columns go where they went, and the reason nowhere. */
async function laidAgain(context: StagedContext, run: Run, { id, language }: Again): Promise<NewRun> {
  const fileName = `${parse(run.fileName).name}-${text[language]['failed.sheet']}.xlsx`.slice(-200)
  const given = { folder: context.services.folder, scan: context.scan, now: context.now, newId: context.newId }
  const { entity, options } = run
  const laid = await withFailedRows(context, run, language, (source) =>
    layReady(given, context.actor, { id, entity, fileName, source, options }),
  )
  const { facts } = laid.summary
  if (!facts) throw new Refusal('fileGone')
  const known = new Map(run.mapping?.columns.map((column) => [column.index, column]))
  const columns: StoredColumn[] = laid.mapping.columns.map(
    ({ index, header }) => known.get(index) ?? { index, header, target: null, confidence: 0, because: 'none' },
  )
  const ours = { ...facts, headerRow: 1, groupsRow: null }
  const { recalled: _own, ...mapping } = await describeColumns(context.scan, context.actor, {
    id,
    entity: run.entity,
    options: run.options,
    facts: ours,
    headerRow: 1,
    groupsRow: null,
    columns,
  })
  return { ...laid, mapping: { ...mapping, remembered: true }, options: run.options, summary: { facts: ours } }
}
