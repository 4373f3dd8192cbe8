import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ExportRequest } from '../../../src-shared/features/exports/contract.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { orderedIds, rowsById } from '../../kernel/records/select.ts'
import type { TaskContext, TaskTable } from '../../kernel/tasks.ts'
import { type WriteCell, type WriteColumn, writeCsv, writeXlsx } from '../../kernel/workbook/write.ts'
import { orderPartOut } from '../orders/public.ts'
import { type Column, exportColumns, partColumns } from './rows.ts'
import { stateOf } from './state.ts'

const BATCH = 500
const KEPT_MS = 3_600_000
export type WriteExport = { actor: Actor; request: ExportRequest; zone: string; sheetName: string; now: number } & (
  | { id: string }
  | { out: string }
)
export type WrittenExport = { rows: number; refused: number; columns: string[] }
type Ticket = { userId: string; fileName: string; at: number }
export type ReleaseExport = { id: string; ticket: Ticket }
export type ReadExport = { id: string; userId: string; now: number }

const homeOf = (folder: string): string => join(folder, 'exports')

/** Reads with the same policy as the list (row scope of the export right within what is visible, field masks) and writes the file. */
async function write(context: TaskContext, input: WriteExport): Promise<WrittenExport> {
  const entity = context.entities.get(input.request.entity)
  if (!entity) throw new Refusal('nothingToExport')
  const { ids, refused } = await idsToExport(context, entity, input)
  if (ids.length === 0) throw new Refusal('nothingToExport')
  const { columns, read } = input.request.part ? partOf(context, input, input.request.part) : wholeOf(context, input, entity)
  const path = 'out' in input ? input.out : join(homeOf(context.folder), input.id)
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  clearOld(context.folder, input.now)
  const rows = (async function* () {
    for (let start = 0; start < ids.length; start += BATCH) {
      context.signal.throwIfAborted()
      const part = ids.slice(start, start + BATCH)
      yield (await read(part)).map((row): readonly WriteCell[] => columns.map((column) => column.cell(row)))
      context.report({ done: Math.min(start + BATCH, ids.length), total: ids.length })
    }
  })()
  const table = { columns, rows, sheetName: input.sheetName }
  const done = input.request.format === 'csv' ? await writeCsv(path, table) : await writeXlsx(path, table)
  return {
    rows: done.rows,
    refused,
    columns: columns.filter(({ key, hidden }) => key !== 'state' || !hidden).map(({ key }) => key),
  }
}

type Row = Record<string, unknown>
type Source = { readonly columns: Column[]; readonly read: (ids: readonly string[]) => Promise<readonly Row[]> }

/** The records themselves. */
function wholeOf(context: TaskContext, { actor, request, zone }: WriteExport, entity: EntityDescriptor): Source {
  let state = stateOf(context.raw)
  return {
    columns: exportColumns(actor, entity, request, { zone, state: () => state }),
    read: async (ids) => {
      // Before the rows: what is written in between counts as having come after.
      state = stateOf(context.raw)
      const found = new Map((await rowsById(context.db, actor, entity, ids)).map((row) => [String(row['id']), row]))
      return ids.flatMap((id): Row[] => {
        const row = found.get(id)
        return row ? [row] : []
      })
    },
  }
}

/** What hangs on orders, a row each. */
function partOf(context: TaskContext, { actor, request, zone }: WriteExport, part: NonNullable<ExportRequest['part']>): Source {
  const { entity, rows } = orderPartOut(actor, part)
  return { columns: partColumns(entity, request, { zone }), read: (ids) => rows(context.db, ids) }
}

async function idsToExport(
  context: TaskContext,
  entity: EntityDescriptor,
  { actor, request }: WriteExport,
): Promise<{ ids: string[]; refused: number }> {
  const { selection, sort } = request
  const which = 'ids' in selection ? {} : selection.which
  const only = 'ids' in selection ? selection.ids : undefined
  const except = new Set('ids' in selection ? [] : selection.except)
  const seen = await orderedIds(context.db, actor, entity, { which, sort, only }, 'read')
  const allowed = new Set(await orderedIds(context.db, actor, entity, { which, sort, only }, 'export'))
  const wanted = seen.filter((id) => !except.has(id))
  const ids = wanted.filter((id) => allowed.has(id))
  return { ids, refused: wanted.length - ids.length }
}

/** Until its ticket lies beside it, nobody is handed a file: first comes the entry in the history. */
function release(context: TaskContext, { id, ticket }: ReleaseExport): Promise<void> {
  writeFileSync(`${join(homeOf(context.folder), id)}.json`, JSON.stringify(ticket), { mode: 0o600 })
  return Promise.resolve()
}

/** Hands a file out to whoever made it, for an hour. */
function read(context: TaskContext, input: ReadExport): Promise<{ fileName: string; bytes: Uint8Array }> {
  const path = join(homeOf(context.folder), input.id)
  try {
    const ticket = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as Ticket
    if (ticket.userId !== input.userId || input.now - ticket.at > KEPT_MS) throw new Refusal('gone')
    return Promise.resolve({ fileName: ticket.fileName, bytes: readFileSync(path) })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw new Refusal('gone')
    throw error
  }
}

function clearOld(folder: string, now: number): void {
  mkdirSync(homeOf(folder), { recursive: true, mode: 0o700 })
  for (const name of readdirSync(homeOf(folder), { withFileTypes: true })) {
    const path = join(homeOf(folder), name.name)
    if (now - statSync(path).mtimeMs > KEPT_MS) rmSync(path, { force: true, recursive: true })
  }
}

/** A table that is there as a whole, as a workbook. */
export type WriteTable = { id: string; now: number; sheetName: string; columns: WriteColumn[]; rows: WriteCell[][] }
async function writeTable(context: TaskContext, { id, now, sheetName, columns, rows }: WriteTable): Promise<WrittenExport> {
  clearOld(context.folder, now)
  const whole = (async function* () {
    yield await Promise.resolve(rows)
  })()
  const done = await writeXlsx(join(homeOf(context.folder), id), { columns, rows: whole, sheetName })
  return { rows: done.rows, refused: 0, columns: columns.map(({ header }) => header) }
}

export const exportTasks: TaskTable = {
  'exports.writeTable': writeTable,
  'exports.write': write,
  'exports.release': release,
  'exports.read': read,
}
