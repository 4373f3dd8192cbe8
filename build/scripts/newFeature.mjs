import './lib/guard.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { continueUnderNode24 } from './lib/runtime.mjs'

await ensureInstalled()
await continueUnderNode24(import.meta.filename)
const { newFeature } = await import('./lib/scaffold.mjs')
process.exitCode = await newFeature(process.argv[2] ?? '')
