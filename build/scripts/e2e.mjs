import './lib/guard.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { childEnv, continueUnderNode24, runTool } from './lib/runtime.mjs'

await ensureInstalled()
await continueUnderNode24(import.meta.filename)
const { ensureBuilt } = await import('./lib/built.mjs')
const { ensureBrowser, findBrowser } = await import('./lib/browser.mjs')

const missing = await ensureBrowser()
if (missing) {
  process.stderr.write(`${missing}\n`)
  process.exit(1)
}
await ensureBuilt()
process.exit(
  await runTool('@playwright/test', ['test', ...process.argv.slice(2)], {
    command: 'playwright',
    env: childEnv({ CHROMIUM: findBrowser() ?? '' }),
  }),
)
