import './lib/guard.mjs'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ensureInstalled } from './lib/install.mjs'
import { continueUnderNode24, node24, root, run } from './lib/runtime.mjs'

await ensureInstalled()
await continueUnderNode24(import.meta.filename)
const { ensureBuilt } = await import('./lib/built.mjs')

const folder = join(root, 'tests/bench')
const known = existsSync(folder) ? readdirSync(folder).flatMap((file) => /^(\w[\w-]*)\.bench\.ts$/.exec(file)?.[1] ?? []) : []
const [name, ...rest] = process.argv.slice(2)
const chosen = name === undefined || name.startsWith('-') ? known : [name]
if (chosen.length === 0 || chosen.some((one) => !known.includes(one))) {
  process.stderr.write(`There is no such measurement. Known: ${known.join(', ') || 'none'}\n`)
  process.exit(1)
}
// What is measured is the program as it is shipped.
await ensureBuilt()
const others = name?.startsWith('-') ? [name, ...rest] : rest
let worst = 0
for (const one of chosen) worst = Math.max(worst, await run(node24(), [join(folder, `${one}.bench.ts`), ...others]))
process.exit(worst)
