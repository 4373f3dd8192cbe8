import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { JobContext, JobKind } from '../../kernel/jobKinds.ts'
import type { StoredMapping } from './settings.ts'
import { folderOf } from './staging.ts'
import type { Summary } from './store.ts'

const DAY_MS = 86_400_000
/** A file laid ready and never imported. */
const KEEP_UNUSED_DAYS = 7
/** As long as an import can be undone, its rows can be looked at. */
const KEEP_ROWS_DAYS = 30

/** Clears what imports left beside the data: files nobody went on with, rows of imports that are past undoing. Counts stay. */
export const tidyImports: JobKind<unknown, { forgotten: number; cleared: number }> = {
  resumable: true,
  run: async (context) => {
    const forgotten = await forgetUnused(context)
    return { forgotten, cleared: await clearOld(context) }
  },
}

const before = (context: JobContext, days: number): string => new Date(Date.parse(context.now()) - days * DAY_MS).toISOString()

async function forgetUnused(context: JobContext): Promise<number> {
  const unused = await context.db
    .selectFrom('importRun')
    .select('id')
    .where('startedAt', 'is', null)
    .where('createdAt', '<', before(context, KEEP_UNUSED_DAYS))
    .execute()
  for (const { id } of unused) {
    await context.checkpoint()
    await rm(folderOf(context.folder, id), { recursive: true, force: true })
    await context.technical.deleteFrom('importRun').where('id', '=', id).where('startedAt', 'is', null).execute()
  }
  return unused.length
}

/** Cells of the file stand in the wizard's own notes as well; they go with it, headers and counts stay. */
function withoutCells(run: { mapping: string | null; summary: string | null }): {
  mapping: string | null
  summary: string | null
} {
  const mapping = run.mapping === null ? null : (JSON.parse(run.mapping) as StoredMapping)
  const summary = run.summary === null ? null : (JSON.parse(run.summary) as Summary)
  const columns = mapping?.columns.map((column) => ({
    ...column,
    samples: [],
    note: column.note && { ...column.note, unknown: [] },
  }))
  const rules = summary?.rules?.map((rule) => ({ ...rule, samples: [] }))
  const own = summary?.own?.map((rule) => ({ ...rule, samples: [] }))
  return {
    mapping: mapping && JSON.stringify({ ...mapping, columns, preview: [] }),
    summary: summary && JSON.stringify({ ...summary, ...(rules ? { rules } : {}), ...(own ? { own } : {}) }),
  }
}

async function clearOld(context: JobContext): Promise<number> {
  const folders = await readdir(join(context.folder, 'imports')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  let cleared = 0
  for (const id of folders) {
    await context.checkpoint()
    const run = await context.db
      .selectFrom('importRun')
      .select(['finishedAt', 'startedAt', 'mapping', 'summary'])
      .where('id', '=', id)
      .executeTakeFirst()
    // One that stopped and that nobody went on with counts from its beginning.
    const since = run ? (run.finishedAt ?? run.startedAt) : (await stat(folderOf(context.folder, id))).mtime.toISOString()
    if (since === null || since >= before(context, run ? KEEP_ROWS_DAYS : 1)) continue
    if (run) await context.technical.updateTable('importRun').set(withoutCells(run)).where('id', '=', id).execute()
    await rm(folderOf(context.folder, id), { recursive: true, force: true })
    cleared++
  }
  return cleared
}
