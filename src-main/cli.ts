import { requireNode24 } from './cli/nodeGuard.ts'

// Checked before anything opens a database: better-sqlite3 crashes the process on an older Node.
requireNode24()
const { main } = await import('./cli/main.ts')
process.exitCode = await main(process.argv.slice(2))
