import { basename } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import {
  DEFAULT_OPTIONS,
  IMPORTABLE,
  type ImportableEntity,
  type ImportCounts,
  type UndoCounts,
} from '../../../src-shared/features/imports/model.ts'
import type { Language } from '../../../src-shared/features/imports/text.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import type { Commit } from '../../kernel/jobKinds.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { type Group, inGroup } from '../../kernel/commandGroup.ts'
import { runCommand } from '../../kernel/commands.ts'
import type { Backend } from '../../kernel/context.ts'
import { columnName } from '../../kernel/workbook/sheet.ts'
import { runAlongside } from './alongside.ts'
import { carrying } from './carried.ts'
import { prepareImport } from './jobs.ts'
import { poolNamed } from './defaultHolder.ts'
import { putWords } from './namedCells.ts'
import { importerIn } from './registry.ts'
import { forget, layReady, writeFailedRows } from './lay.ts'
import { type Carrier, runImport } from './run.ts'
import { insertRun, loadRun, type Run, saveRun } from './store.ts'
import { requireUndoable, undoImportRun } from './takeBack.ts'
import { optionsFor, requireDefaults, requireKind, requireMappedTitle } from './wizard.ts'

export { importJobs } from './jobs.ts'
export { tidyImports } from './tidy.ts'

export type ImportFileRequest = {
  entity: string
  file: string
  onDuplicate: 'skip' | 'update' | 'fill' | 'create'
  /** Null: as the file suggests; one that was exported here clears what was emptied in it. */
  empty: 'keep' | 'clear' | null
  dryRun: boolean
  /** Where the rows that were not taken are written as a workbook. */
  errorsOut: string | null
  /** The name of the pool into which rows without an owner go; absent: they are the caller's. */
  pool?: string
  /** What hangs on something nobody knows: refused, or that is made; absent: refused. */
  missing?: 'fail' | 'create'
  /** Whether what the file has as won becomes orders and payments; absent: where the caller may make them. */
  wonOrders?: boolean
  /** Words of the file and what they mean here, by the field: its own word of a choice, the name of a record; null leaves the cell empty. */
  put?: Readonly<Record<string, Readonly<Record<string, string | null>>>>
  /** Of the reasons in that workbook; Chinese when nobody says. */
  language?: Language
}
export type ImportFileResult = ImportCounts & {
  importId: string
  mapping: { column: string; header: string; target: string | null }[]
  elapsedMs: number
}

/** The whole wizard without a page, for the command line and for tests: read, map, clean, match, write. */
export async function importFile(backend: Backend, actor: Actor, request: ImportFileRequest): Promise<ImportFileResult> {
  const started = performance.now()
  if (!isImportable(request.entity)) throw new Refusal('entityUnknown', { entity: request.entity })
  requireKind(actor, request.entity)
  const carrier = directCarrier(backend, actor)
  const given = { folder: backend.folder, scan: backend.workers.run, now: backend.now, newId: backend.newId }
  const defaults = request.pool === undefined ? {} : { ownerId: null, poolId: await poolNamed(carrier.db, request.pool) }
  requireDefaults({ entity: request.entity, options: { ...DEFAULT_OPTIONS, defaults } }, actor, ['poolId'])
  const laid = await layReady(given, actor, {
    entity: request.entity,
    fileName: basename(request.file),
    source: request.file,
    options: {
      ...DEFAULT_OPTIONS,
      onDuplicate: request.onDuplicate,
      empty: request.empty ?? 'keep',
      defaults,
      missing: request.missing ?? 'fail',
      wonOrders: request.wonOrders ?? optionsFor(actor).wonOrders,
      values: putWords(backend.database.raw, importerIn(backend.entities, request.entity), request.put ?? {}),
    },
    emptyChosen: request.empty !== null,
  })
  await insertRun(backend.database.write, laid)
  const { id } = laid
  try {
    const run = await loadRun(carrier.technical, actor, id)
    if (run.mapping) requireMappedTitle(run, run.mapping)
  } catch (error) {
    await forget(backend, id)
    throw error
  }
  if (request.dryRun) await prepareImport(carrier, id)
  // Other kinds ask, chunk by chunk, for what the one before has made.
  else if (request.entity === 'customer') await carrying(id, () => runAlongside(backend, carrier, id))
  else {
    await prepareImport(carrier, id)
    await backend.services.backups.ensure('beforeImport')
    await carrying(id, async () => {
      await saveRun(carrier.technical, id, { state: 'running', startedAt: backend.now(), rowsRead: 0 })
      await runImport(carrier, id)
    })
  }
  const run = await loadRun(carrier.technical, actor, id)
  if (request.errorsOut !== null)
    await writeFailedRows(backend.workers.run, run, { out: request.errorsOut, language: request.language ?? 'zh-CN' })
  const { mapping } = run
  const result: ImportFileResult = {
    importId: id,
    ...(request.dryRun
      ? planned(run)
      : { rowsRead: run.rowsRead, created: run.created, updated: run.updated, skipped: run.skipped, failed: run.failed }),
    mapping: (mapping?.columns ?? []).map(({ index, header, target }) => ({
      column: columnName(index),
      header,
      target: target ? `${target.entity}.${target.field}` : null,
    })),
    elapsedMs: Math.round(performance.now() - started),
  }
  if (request.dryRun) await forget(backend, id)
  return result
}

const planned = (run: Run): ImportCounts => {
  const plan = run.summary.plan
  return {
    rowsRead: plan?.rows ?? 0,
    created: plan?.create ?? 0,
    updated: plan?.update ?? 0,
    skipped: plan?.skip ?? 0,
    failed: plan?.fail ?? 0,
  }
}

/** Takes a whole import back. */
export async function undoImport(backend: Backend, actor: Actor, importId: string): Promise<UndoCounts> {
  const carrier = directCarrier(backend, actor)
  requireUndoable(await loadRun(carrier.technical, actor, importId), backend.now())
  return carrying(importId, async () => {
    await saveRun(carrier.technical, importId, { state: 'undoing', jobId: null })
    return undoImportRun(carrier, importId)
  })
}

const isImportable = (entity: string): entity is ImportableEntity => (IMPORTABLE as readonly string[]).includes(entity)

/** Carries the work through in this call: nobody can pause it, and others still get their turn between chunks. */
function directCarrier(backend: Backend, actor: Actor): Carrier & { scan: Backend['workers']['run'] } {
  const commitIn =
    (group?: Group): Commit =>
    (work, chunk = {}) => {
      const options = {
        ...(chunk.batchId ? { batchId: chunk.batchId } : {}),
        ...(chunk.undoes === undefined ? {} : { undoes: chunk.undoes }),
        ...(chunk.relaxed ? { relaxed: true } : {}),
        ...(group ? { group } : {}),
      }
      return runCommand(backend, { procedure: 'imports.run', actor, key: null, input: null, options }, work)
    }
  return {
    actor: () => actor,
    commit: commitIn(),
    group: (work) => inGroup(backend, (group) => work({ commit: commitIn(group), mayGoOn: group.mayGoOn })),
    checkpoint: async () => {
      await setImmediate()
    },
    progress: () => undefined,
    scan: backend.workers.run,
    db: backend.database.read,
    technical: backend.database.write,
    services: backend.services,
    folder: backend.folder,
    now: backend.now,
  }
}
