import { resolve } from 'node:path'
import { defaultDataFolder } from './dataFolder.ts'
import { runDesktop } from './electron/desktop.ts'
import { openWindowBackend } from './electron/windowBackend.ts'
import { StartRefusal } from './kernel/startRefusal.ts'

const data = defaultDataFolder()

void runDesktop({
  root: resolve(import.meta.dirname, '../..'),
  data,
  open: (restart) => openWindowBackend(data, () => new Date().toISOString(), restart),
  refusal: (error, language) => (error instanceof StartRefusal ? error.inLanguage(language) : null),
})
