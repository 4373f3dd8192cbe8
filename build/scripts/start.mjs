import './lib/guard.mjs'
import { ensureBuilt } from './lib/built.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { continueUnderNode24 } from './lib/runtime.mjs'

await ensureInstalled()
await continueUnderNode24(import.meta.filename)
await ensureBuilt()

const { startWindow } = await import('./lib/window.mjs')
const { startHeadless } = await import('./lib/headless.mjs')
const { defaultDataFolder } = await import('../../src-main/dataFolder.ts')

const data = defaultDataFolder()
const outcome = await startWindow(data)
process.exit(outcome.opened ? outcome.code : await startHeadless(data, outcome.why))
