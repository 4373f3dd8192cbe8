import './lib/guard.mjs'
import { continueUnderNode24 } from './lib/runtime.mjs'

await continueUnderNode24(import.meta.filename)
const { checkPackage } = await import('./lib/packageProof.mjs')
try {
  await checkPackage()
} catch (error) {
  process.stderr.write(`package check failed: ${error.message}\n`)
  process.exit(1)
}
