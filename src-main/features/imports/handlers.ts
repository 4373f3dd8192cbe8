import { todayOf } from '../../kernel/clock.ts'
import { parse } from 'node:path'
import { headerFingerprint } from '../../../src-shared/features/imports/mapping.ts'
import { type ImportOptions, type ImportSummary, type PlanCounts } from '../../../src-shared/features/imports/model.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext, StagedContext } from '../../kernel/context.ts'
import { onQuery, onStagedCommand } from '../../kernel/pipeline.ts'
import { changed, inTurn, NOT_PREPARED, technically, whileOpen } from './changing.ts'
import { choiceColumns } from './chosen.ts'
import { memoryOf } from './describeTask.ts'
import { duplicateAt } from './duplicate.ts'
import { facetHandlers } from './facetHandlers.ts'
import { requireHolder } from './defaultHolder.ts'
import { kindHandlers } from './kindHandlers.ts'
import { leftoverHandlers } from './leftovers.ts'
import { layReady } from './lay.ts'
import type { EditInput } from './prepareTask.ts'
import { importerOf } from './registry.ts'
import { inSight } from './sight.ts'
import {
  chunksOf,
  insertRun,
  isStopped,
  listRuns,
  loadRun,
  type Patch,
  remember,
  type Run,
  saveRun,
  stateOf,
  summaryOf,
} from './store.ts'
import { requireUndoable } from './takeBack.ts'
import type { Checked, CheckInput, DecideInput, RawInput, RawRow } from './tasks.ts'
import {
  chosenColumns,
  describeColumns,
  detailOf,
  isRetyped,
  planAnew,
  readFile,
  requireCreating,
  requireDefaults,
  requireKind,
  requireMappedTitle,
  optionsFor,
  requireMissing,
  requireOfWon,
  requireOpen,
  requireWritableMapping,
  trialOf,
  typeOf,
} from './wizard.ts'

export const importsHandlers = {
  ...facetHandlers,
  ...kindHandlers,
  ...leftoverHandlers,

  upload: onStagedCommand.imports.upload.handler(async ({ input, context }) => {
    requireKind(context.actor, input.entity)
    const given = { folder: context.services.folder, scan: context.scan, now: context.now, newId: context.newId }
    const fileName = parse(input.file.name || 'file').base.slice(0, 200)
    // The call's own number: a repeated call lays no second folder.
    const id = context.batchId
    if (context.answered('1') === null) {
      const laid = await layReady(given, context.actor, {
        id,
        entity: input.entity,
        fileName,
        source: input.file,
        options: optionsFor(context.actor),
      })
      await technically(context, async (command) => {
        await insertRun(command.tx, laid)
        return { id }
      })
    }
    return detailOf(await loadRun(context.db, context.actor, id), context)
  }),

  get: onQuery.imports.get.handler(async ({ input, context }) =>
    detailOf(await loadRun(context.db, context.actor, input.id), context),
  ),

  rows: onQuery.imports.rows.handler(async ({ input, context }) => {
    const { id, mapping } = await loadRun(context.db, context.actor, input.id)
    const asked: RawInput = { ...input, id, headerRow: mapping?.headerRow ?? 0, groupsRow: mapping?.groupsRow ?? null }
    return context.scan<{ rows: RawRow[]; total: number }>('imports.rawRows', asked, { lane: 'quick' })
  }),

  setLayout: onStagedCommand.imports.setLayout.handler(({ input, context }) => inTurn(input.id, () => setLayout(context, input))),
  setMapping: onStagedCommand.imports.setMapping.handler(({ input, context }) =>
    inTurn(input.id, () => setMapping(context, input)),
  ),
  setOptions: onStagedCommand.imports.setOptions.handler(({ input, context }) =>
    inTurn(input.id, () => setOptions(context, input.id, input.options)),
  ),
  setRules: onStagedCommand.imports.setRules.handler(({ input, context }) =>
    inTurn(input.id, () => setOptions(context, input.id, { rulesOff: input.off })),
  ),

  prepare: onStagedCommand.imports.prepare.handler(async ({ input, context }) => {
    return startJob(context, input.id, {
      kind: 'imports.prepare',
      patch: { state: 'preparing', summary: NOT_PREPARED },
      require: (run) => {
        requireOpen(run)
        requireKind(context.actor, run.entity)
        if (!run.mapping || !run.summary.facts) throw new Refusal('fileGone')
        requireMappedTitle(run, run.mapping)
        requireWritableMapping(context.actor, run, run.mapping)
      },
    })
  }),

  check: onQuery.imports.check.handler(async ({ input, context }) => {
    const run = await loadRun(context.db, context.actor, input.id)
    requirePrepared(run)
    const { value, ...asked } = input
    const given: CheckInput = {
      ...asked,
      id: run.id,
      choices: choiceColumns(run, context.entities),
      ...(value ? { value: { ...value, type: typeOf(run, value.column) } } : {}),
    }
    const found = await context.scan<Checked>('imports.check', given, { lane: 'quick' })
    return { ...found, rows: await inSight(context, run, found.rows) }
  }),

  duplicate: onQuery.imports.duplicate.handler(async ({ input, context }) => {
    const run = await loadRun(context.db, context.actor, input.id)
    requirePrepared(run)
    return duplicateAt(context, run, input.at)
  }),

  decide: onStagedCommand.imports.decide.handler(async ({ input, context }) => {
    const run = await loadRun(context.db, context.actor, input.id)
    requireOpen(run)
    requirePrepared(run)
    return replan(context, run, { rows: input.rows, decision: input.decision })
  }),

  editCell: onStagedCommand.imports.editCell.handler(async ({ input, context }) => {
    const run = await loadRun(context.db, context.actor, input.id)
    requireOpen(run)
    requirePrepared(run)
    const width = run.summary.facts?.columns ?? 0
    if (input.column >= width) throw new Refusal('noSuchRow')
    const edit = { row: input.row, column: input.column, text: input.text }
    const answer = await context.scan<{ row: Checked['rows'][number]; plan: PlanCounts } | null>(
      'imports.edit',
      {
        id: run.id,
        ...trialOf(run, context),
        choices: choiceColumns(run, context.entities),
        width,
        edit,
        retyped: isRetyped(run),
      } satisfies EditInput,
      { lane: 'quick' },
    )
    if (!answer) throw new Refusal('noSuchRow')
    await whileOpen(context, run.id, { summary: { plan: answer.plan } })
    const [row = answer.row] = await inSight(context, run, [answer.row])
    return { row, plan: answer.plan }
  }),

  run: onStagedCommand.imports.run.handler(async ({ input, context }) => {
    return startJob(context, input.id, {
      kind: 'imports.run',
      patch: { state: 'running', startedAt: context.now(), rowsRead: 0 },
      require: async (run, command) => {
        requirePrepared(run)
        requireOpen(run)
        requireKind(context.actor, run.entity)
        if (run.mapping) requireWritableMapping(context.actor, run, run.mapping)
        const plan = run.summary.plan
        if (!plan || plan.create + plan.update === 0) throw new Refusal('nothingToImport')
        if (plan.create > 0) requireCreating(run, context.actor)
        await requireHolder(command.tx, todayOf(command), run.options.defaults)
      },
      // Not before: what somebody only tried out says nothing about the next file.
      also: (command, run) => {
        const columns = run.mapping?.columns ?? []
        return remember(command.tx, {
          entity: run.entity,
          fingerprint: headerFingerprint(columns.map(({ header }) => header)),
          memory: memoryOf(columns, run.options),
          at: command.now(),
        })
      },
    })
  }),

  pause: onStagedCommand.imports.pause.handler(({ input, context }) => steer(context, input.id, 'pause')),
  cancel: onStagedCommand.imports.cancel.handler(async ({ input, context }) => {
    const run = await loadRun(context.db, context.actor, input.id)
    if (!isStopped(run)) return steer(context, input.id, 'cancel')
    // Nobody carries it any more: what it wrote is taken back by a job of its own.
    return startJob(context, run.id, {
      kind: 'imports.undo',
      patch: { state: run.state === 'undoing' ? 'undoing' : 'cancelling' },
      require: requireStopped,
    })
  }),
  resume: onStagedCommand.imports.resume.handler(async ({ input, context }) => {
    const run = await loadRun(context.db, context.actor, input.id)
    if (stateOf(run) === 'paused') return steer(context, input.id, 'resume')
    return goOn(context, run)
  }),

  list: onQuery.imports.list.handler(async ({ input, context }) => {
    const all = input.all && context.actor.permissions['imports.readAll'] !== undefined
    const runs = await listRuns(context.db, context.actor, { all, offset: input.offset, limit: input.limit + 1 })
    return { imports: runs.slice(0, input.limit).map((run) => summaryOf(run, context.actor)), hasMore: runs.length > input.limit }
  }),

  undo: onStagedCommand.imports.undo.handler(async ({ input, context }) => {
    return startJob(context, input.id, {
      kind: 'imports.undo',
      patch: { state: 'undoing' },
      require: async (run, command) => {
        requireUndoable(run, context.now())
        if ((run.userId ?? '') !== context.actor.userId && context.actor.permissions['history.readAll'] === undefined)
          throw new Refusal('notYours')
        // Before anything of it is taken back: half of an import is neither there nor gone.
        const { mayUndo } = importerOf(run.entity)
        if (mayUndo) for (const seq of await chunksOf(command.tx, run.batchId)) await mayUndo(command, seq)
      },
    })
  }),
}

type Starting = {
  kind: 'imports.prepare' | 'imports.run' | 'imports.undo'
  patch: Patch
  /** Asked inside the transaction: of two who press at once only one begins. */
  require: (run: Run, command: CommandContext) => void | Promise<void>
  also?: (command: CommandContext, run: Run) => Promise<void>
}

async function startJob(context: StagedContext, id: string, { kind, patch, require, also }: Starting): Promise<ImportSummary> {
  await technically(context, async (command) => {
    const run = await loadRun(command.tx, context.actor, id)
    await require(run, command)
    const owner = { id: context.actor.userId, name: context.actor.name }
    const { id: jobId } = await context.services.jobs.enqueue(
      { kind, input: { importId: run.id, fileName: run.fileName }, owner },
      command.tx,
    )
    await saveRun(command.tx, run.id, { ...patch, jobId })
    await also?.(command, run)
    command.afterCommit(() => context.services.jobs.wake())
    return null
  })
  return summaryOf(await loadRun(context.db, context.actor, id), context.actor)
}

function requireStopped(run: Run): void {
  if (!isStopped(run)) throw new Refusal(stateOf(run) === 'running' ? 'busy' : 'notPaused')
}

/** Its own job goes on from where it was; what the command line began, or whose job is gone, gets a new one. */
async function goOn(context: StagedContext, run: Run): Promise<ImportSummary> {
  const { jobId } = run
  if (jobId === null || (run.jobState !== 'failed' && run.jobState !== 'interrupted'))
    return startJob(context, run.id, {
      kind: run.state === 'running' ? 'imports.run' : 'imports.undo',
      patch: {},
      require: requireStopped,
    })
  await technically(context, async (command) => {
    requireStopped(await loadRun(command.tx, context.actor, run.id))
    command.afterCommit(await context.services.jobs.resume(jobId, command.tx))
    return null
  })
  return summaryOf(await loadRun(context.db, context.actor, run.id), context.actor)
}

async function steer(context: StagedContext, id: string, how: 'pause' | 'cancel' | 'resume'): Promise<ImportSummary> {
  await technically(context, async (command) => {
    const run = await loadRun(command.tx, context.actor, id)
    const working = ['running', 'paused', 'preparing'].includes(stateOf(run))
    if (run.jobId === null || !working) throw new Refusal('notRunning')
    if (how === 'cancel' && (run.state === 'undoing' || run.state === 'cancelling')) throw new Refusal('busy')
    command.afterCommit(await context.services.jobs[how](run.jobId, command.tx))
    if (how === 'cancel') await saveRun(command.tx, run.id, { state: run.state === 'preparing' ? 'uploaded' : 'cancelling' })
    return null
  })
  return summaryOf(await loadRun(context.db, context.actor, id), context.actor)
}

/** Options by which cells are read or rows compared ask for a new pass; the others take effect at once. */
const READS_ANEW: readonly (keyof ImportOptions)[] = ['rulesOff', 'identity', 'values', 'ownRules', 'missing']

/** Those by which a row that is there already changes or stays as it is. */
const PLANS_ANEW: readonly (keyof ImportOptions)[] = ['onDuplicate', 'empty', 'multi', 'defaults']

async function setLayout(
  context: StagedContext,
  input: { id: string; sheet?: number | undefined; headerRow?: number | undefined },
) {
  const run = await loadRun(context.db, context.actor, input.id)
  requireOpen(run)
  const old = run.summary.facts
  if (!old || !run.mapping) throw new Refusal('fileGone')
  const other = input.sheet !== undefined && input.sheet !== old.sheet
  if (other && !old.sheets[input.sheet ?? 0]) throw new Refusal('noSuchSheet')
  const facts = other
    ? await readFile(context.scan, { id: run.id, entity: run.entity, fileName: run.fileName, sheet: input.sheet ?? null })
    : old
  const headerRow = input.headerRow ?? facts.headerRow
  const groupsRow = headerRow === facts.headerRow ? facts.groupsRow : null
  const { recalled, ...mapping } = await describeColumns(context.scan, context.actor, {
    id: run.id,
    entity: run.entity,
    options: run.options,
    facts,
    headerRow,
    groupsRow,
    columns: null,
  })
  // Own rules name columns by their place: under another row of names they are no longer about the same.
  const kept = { ...run.options, ownRules: [], ...recalled }
  return changed(context, run, { mapping, options: kept, summary: { ...NOT_PREPARED, facts }, state: 'uploaded' })
}

async function setMapping(context: StagedContext, input: { id: string; columns: Parameters<typeof chosenColumns>[2] }) {
  const run = await loadRun(context.db, context.actor, input.id)
  requireOpen(run)
  const { facts } = run.summary
  if (!facts || !run.mapping) throw new Refusal('fileGone')
  const columns = chosenColumns(context.entities, run, input.columns)
  requireWritableMapping(context.actor, run, { columns })
  const { headerRow, groupsRow, remembered } = run.mapping
  const mapping = await describeColumns(context.scan, context.actor, {
    id: run.id,
    entity: run.entity,
    options: run.options,
    facts,
    headerRow,
    groupsRow,
    columns,
  })
  return changed(context, run, { mapping: { ...mapping, remembered }, summary: NOT_PREPARED, state: 'uploaded' })
}

async function setOptions(
  context: StagedContext,
  id: string,
  given: { [K in keyof ImportOptions]?: ImportOptions[K] | undefined },
) {
  const run = await loadRun(context.db, context.actor, id)
  requireOpen(run)
  const { facts, plan } = run.summary
  if (!facts || !run.mapping) throw new Refusal('fileGone')
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<ImportOptions>
  await requireHolder(context.db, todayOf(context), set.defaults ?? {})
  const options: ImportOptions = { ...run.options, ...set }
  if (set.defaults) requireDefaults({ ...run, options }, context.actor, ['poolId'])
  if (set.wonOrders !== undefined) requireOfWon(context.actor, { ...run, options })
  if (set.missing !== undefined) requireMissing(context.actor, { ...run, options }, run.mapping)
  const anew = READS_ANEW.some((key) => key in set && JSON.stringify(set[key]) !== JSON.stringify(run.options[key]))
  if (!anew) {
    const replanned =
      plan && PLANS_ANEW.some((key) => JSON.stringify(options[key]) !== JSON.stringify(run.options[key]))
        ? await planAnew(context, { ...run, options }, { rows: null, decision: null })
        : plan
    return changed(context, run, {
      options,
      summary: replanned ? { plan: replanned } : {},
    })
  }
  const { headerRow, groupsRow, columns, remembered } = run.mapping
  const mapping = await describeColumns(context.scan, context.actor, {
    id: run.id,
    entity: run.entity,
    options,
    facts,
    headerRow,
    groupsRow,
    columns,
  })
  return changed(context, run, { options, mapping: { ...mapping, remembered }, summary: NOT_PREPARED, state: 'uploaded' })
}

async function replan(context: StagedContext, run: Run, decided: Pick<DecideInput, 'rows' | 'decision'>): Promise<PlanCounts> {
  const plan = await planAnew(context, run, decided)
  await whileOpen(context, run.id, { summary: { plan } })
  return plan
}

function requirePrepared(run: Run): void {
  if (!run.summary.plan) throw new Refusal('notPrepared')
}
