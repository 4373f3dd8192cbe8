import './lib/guard.mjs'
import { ensureBuilt } from './lib/built.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { continueUnderNode24, runTool } from './lib/runtime.mjs'

// Makes the installers of this platform; fetches Electron and the helpers of electron-builder, so it needs the network.
await ensureInstalled()
await continueUnderNode24(import.meta.filename)
await ensureBuilt()
process.exit(
  await runTool('electron-builder', ['--config', 'build/electron-builder.cjs', '--publish', 'never', ...process.argv.slice(2)]),
)
