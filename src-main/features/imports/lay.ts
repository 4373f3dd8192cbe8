import { copyFile, mkdir, rm, stat, writeFile } from 'node:fs/promises'
import type { ImportableEntity } from '../../../src-shared/features/imports/model.ts'
import type { Language } from '../../../src-shared/features/imports/text.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { Backend } from '../../kernel/context.ts'
import { folderOf, sourceOf } from './staging.ts'
import type { NewRun, Run } from './store.ts'
import type { FailedInput } from './tasks.ts'
import { describeColumns, readFile, returnsHere } from './wizard.ts'

export type Given = { folder: string; scan: Backend['workers']['run']; now: () => string; newId: () => string }
type Laying = {
  id?: string
  entity: ImportableEntity
  fileName: string
  source: string | File
  options: Run['options']
  emptyChosen?: boolean
}

/** Stores the file, reads its sheet, maps its columns; the caller writes the run down. A file that is refused leaves nothing behind. */
export async function layReady(
  given: Given,
  actor: Actor,
  { id = given.newId(), entity, fileName, source, options, emptyChosen = false }: Laying,
): Promise<NewRun> {
  // What a call that was cut off laid there is laid anew.
  await rm(folderOf(given.folder, id), { recursive: true, force: true })
  await mkdir(folderOf(given.folder, id), { recursive: true, mode: 0o700 })
  try {
    if (typeof source === 'string') await copyIn(source, sourceOf(given.folder, id))
    else await writeIn(source, sourceOf(given.folder, id))
    const facts = await readFile(given.scan, { id, entity, fileName, sheet: null })
    const { headerRow, groupsRow } = facts
    const asked = { id, entity, options, facts, headerRow, groupsRow, columns: null }
    const { recalled, ...mapping } = await describeColumns(given.scan, actor, asked, 'long')
    if (mapping.dataRows === 0) throw new Refusal('noRows')
    const empty = returnsHere(mapping) && !emptyChosen ? 'clear' : options.empty
    const { size } = await stat(sourceOf(given.folder, id))
    return {
      id,
      entity,
      fileName,
      fileSize: size,
      batchId: given.newId(),
      at: given.now(),
      actor,
      mapping,
      options: { ...options, empty, ...recalled, values: { ...recalled?.values, ...options.values } },
      summary: { facts },
    }
  } catch (error) {
    await rm(folderOf(given.folder, id), { recursive: true, force: true })
    throw error
  }
}

async function copyIn(from: string, to: string): Promise<void> {
  try {
    await copyFile(from, to)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === 'ENOENT') throw new Refusal('notFound', { file: from })
    if (code === 'EISDIR' || code === 'ERR_FS_EISDIR') throw new Refusal('notAWorkbook', { file: from, kind: 'folder' })
    throw error
  }
}

async function writeIn(file: File, to: string): Promise<void> {
  await writeFile(to, file.stream(), { flag: 'wx', mode: 0o600 })
}

/** Takes an import that wrote nothing out of the list, its file with it. */
export async function forget(backend: Pick<Backend, 'folder' | 'database'>, id: string): Promise<void> {
  await backend.database.write.deleteFrom('importRun').where('id', '=', id).execute()
  await rm(folderOf(backend.folder, id), { recursive: true, force: true })
}

export async function writeFailedRows(
  scan: Backend['workers']['run'],
  run: Run,
  { out, language, hidden = [] }: { out: string; language: Language; hidden?: readonly string[] },
): Promise<void> {
  const input: FailedInput = {
    id: run.id,
    out,
    headerRow: run.mapping?.headerRow ?? 0,
    groupsRow: run.mapping?.groupsRow ?? null,
    width: run.summary.facts?.columns ?? 0,
    language,
    hidden,
  }
  await scan('imports.writeFailed', input, { lane: 'long' })
}
