import './lib/guard.mjs'
import { ensureBuilt } from './lib/built.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { cli, node24, run } from './lib/runtime.mjs'

// stdout belongs to the verb: one JSON object and nothing else.
await ensureInstalled()
await ensureBuilt()
process.exit(await run(node24(), [cli, ...process.argv.slice(2)], { cwd: process.env.INIT_CWD ?? process.cwd() }))
