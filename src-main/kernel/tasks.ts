import type BetterSqlite3 from 'better-sqlite3'
import type { EntityDescriptor } from '../../src-shared/kernel/entity.ts'
import type { Entity } from '../../src-shared/kernel/procedure.ts'
import type { ReadDb } from './database.ts'

/** What a task on a worker thread may use: its own read-only connection, never the writer. */
export type TaskContext = {
  readonly db: ReadDb
  readonly raw: BetterSqlite3.Database
  readonly folder: string
  readonly entities: ReadonlyMap<Entity, EntityDescriptor>
  readonly signal: AbortSignal
  readonly report: (progress: unknown) => void
}
export type Task = (context: TaskContext, input: never) => Promise<unknown>
export type TaskTable = Readonly<Record<string, Task>>
