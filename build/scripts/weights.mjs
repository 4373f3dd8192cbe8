import './lib/guard.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { node24, run } from './lib/runtime.mjs'

// Estimates the weights of matching from a file and prints them beside the product's table.
await ensureInstalled()
process.exit(await run(node24(), ['tests/weights/main.ts', ...process.argv.slice(2)]))
