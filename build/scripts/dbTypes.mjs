import './lib/guard.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { continueUnderNode24 } from './lib/runtime.mjs'

await ensureInstalled()
await continueUnderNode24(import.meta.filename)
const { writeSchemaFiles } = await import('./lib/schemaFiles.mjs')
await writeSchemaFiles()
