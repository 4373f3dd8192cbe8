import './lib/guard.mjs'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './lib/runtime.mjs'

const [given = ''] = process.argv.slice(2)
const name = given
  .trim()
  .toLowerCase()
  .replace(/[^a-z0-9]+/g, '_')
  .replace(/^_+|_+$/g, '')
if (!/^[a-z][a-z0-9_]*$/.test(name)) {
  process.stderr.write('Say what the migration does: npm run db:new customer_merging\n')
  process.exit(1)
}
const folder = join(root, 'migrations')
const taken = readdirSync(folder).flatMap((file) => /^(\d{4})_\w+\.ts$/.exec(file)?.[1] ?? [])
const number = String(Math.max(0, ...taken.map(Number)) + 1).padStart(4, '0')
const file = join(folder, `${number}_${name}.ts`)
writeFileSync(
  file,
  `import { type Kysely, sql } from 'kysely'

/** Say here why the schema changes, not what the SQL below says anyway. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql\`alter table customer add column example text\`.execute(db)
}
`,
  { flag: 'wx' },
)
process.stdout.write(
  `wrote ${file}\nWhen it is right: npm run db:types, and a test in tests/migrations/${number}.test.ts with data before and after.\n`,
)
