import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { loadMigrations, migrate } from '../../../src-main/kernel/migrate.ts'
import { schemaSnapshot, tableTypes } from '../../../src-main/kernel/schema.ts'
import { root } from './runtime.mjs'

/** Runs every migration on an empty database and writes down what came out: the row types and the schema to compare with. */
export async function writeSchemaFiles() {
  const raw = new Database(':memory:')
  await migrate(raw, await loadMigrations(), '2026-01-01T00:00:00.000Z')
  writeFileSync(join(root, 'src-main/kernel/tables.gen.ts'), tableTypes(raw))
  writeFileSync(join(root, 'migrations/schema.snapshot.sql'), schemaSnapshot(raw))
  raw.close()
  process.stdout.write('wrote src-main/kernel/tables.gen.ts and migrations/schema.snapshot.sql\n')
}
