import './lib/guard.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { continueUnderNode24 } from './lib/runtime.mjs'

await ensureInstalled()
await continueUnderNode24(import.meta.filename)
const { acceptance } = await import('./lib/longForms.mjs')
process.exitCode = await acceptance()
