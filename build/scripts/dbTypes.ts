/** Writes src-main/kernel/tables.gen.ts and migrations/schema.snapshot.sql from the migrated schema. Run by `npm run db:types`. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openRaw } from '../../src-main/kernel/database.ts'
import { loadMigrations, migrate } from '../../src-main/kernel/migrate.ts'
import { schemaSnapshot, tableTypes } from '../../src-main/kernel/schema.ts'

const folder = mkdtempSync(join(tmpdir(), 'kezhan-types-'))
const raw = openRaw(folder, { create: true })
await migrate(raw, await loadMigrations(), new Date().toISOString())
writeFileSync(new URL('../../src-main/kernel/tables.gen.ts', import.meta.url), tableTypes(raw))
writeFileSync(new URL('../../migrations/schema.snapshot.sql', import.meta.url), schemaSnapshot(raw))
raw.close()
rmSync(folder, { recursive: true })
process.stdout.write('tables.gen.ts and schema.snapshot.sql written\n')
