import './lib/guard.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { continueUnderNode24 } from './lib/runtime.mjs'

await ensureInstalled()
await continueUnderNode24(import.meta.filename)

const stages = await import('./lib/stages.mjs')
const { ensureBrowser } = await import('./lib/browser.mjs')

const quick = process.argv[2] === 'check'
const statics = [stages.types, stages.lint, stages.format, stages.architecture]

async function endToEndWithBrowser() {
  const missing = await ensureBrowser()
  if (missing) process.stdout.write(`${missing}\n`)
  return missing ? { passed: 0, failed: 1, skipped: 0, reasons: [] } : stages.endToEnd.work()
}

// The build comes before the behaviour tests: those of the command line start the built program.
const all = quick
  ? [...statics, stages.unit]
  : [...statics, stages.built, stages.behaviour, stages.packaged, { ...stages.endToEnd, work: endToEndWithBrowser }]

process.exitCode = stages.closeWith(await stages.runStages(all))
