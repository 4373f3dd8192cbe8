import { entities } from '../../src-shared/entities.ts'
import { CommitBus } from '../../src-main/kernel/commitBus.ts'
import type { Backend } from '../../src-main/kernel/context.ts'
import { databaseOver, openRaw } from '../../src-main/kernel/database.ts'
import { ulid } from '../../src-main/kernel/ids.ts'
import { loadMigrations, migrate } from '../../src-main/kernel/migrate.ts'
import { SearchDocs } from '../../src-main/kernel/searchDocs.ts'
import type { Services } from '../../src-main/kernel/services.ts'
import { TaskPool } from '../../src-main/kernel/workers.ts'

/** The kernel on a folder, without features and transports: enough for what only needs to write and to be told. */
export async function kernelBackend(
  folder: string,
  options: { now: () => string; faults?: unknown[]; create?: boolean },
): Promise<Backend & { close(): Promise<void> }> {
  const raw = openRaw(folder, { create: options.create ?? false })
  await migrate(raw, await loadMigrations(), options.now())
  const database = databaseOver(raw, folder)
  const workers = new TaskPool(folder)
  const quiet = () => undefined
  let ids = Date.parse(options.now())
  return {
    folder,
    version: '0.0.0',
    database,
    entities: new Map(entities.map((entity) => [entity.name, entity])),
    searchDocs: new SearchDocs(raw),
    chronicles: [],
    bus: new CommitBus(),
    workers,
    log: { info: quiet, warn: quiet, error: quiet, fault: (error) => `incident ${options.faults?.push(error) ?? 0}` },
    services: { timeZone: () => 'Asia/Shanghai' } as Services,
    now: options.now,
    newId: () => ulid(ids++),
    async close() {
      await workers.close()
      await database.close()
    },
  }
}
