import './lib/guard.mjs'
import { buildAlways } from './lib/built.mjs'
import { ensureInstalled } from './lib/install.mjs'

await ensureInstalled()
process.exit(await buildAlways())
