import './lib/guard.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { continueUnderNode24 } from './lib/runtime.mjs'

await ensureInstalled()
await continueUnderNode24(import.meta.filename)
const { devDesktop, devHost } = await import('./lib/develop.mjs')
process.exit(process.argv[2] === 'desktop' ? await devDesktop() : await devHost())
