import { resolve } from 'node:path'
import type { MessagePortMain } from 'electron'
import { createBackend } from './backend.ts'
import { serveLocally } from './cli/localSocket.ts'
import { readArguments } from './cli/arguments.ts'
import { openVerbs } from './cli/verbs.ts'
import { defaultDataFolder } from './dataFolder.ts'
import { type DesktopBackend, runDesktop } from './electron/desktop.ts'
import { issueSetupToken } from './features/setup/public.ts'
import { lockFolder } from './kernel/lock.ts'
import { StartRefusal } from './kernel/startRefusal.ts'
import { serveMessagePort } from './transports/message-port.ts'

const data = defaultDataFolder()

/** The same backend as the headless host, held by the same lock and open to the same command line. */
async function open(): Promise<DesktopBackend> {
  const lock = lockFolder(data, { now: () => new Date().toISOString(), program: 'kezhan desktop', create: true })
  const running = await createBackend({ folder: data, create: true })
  await running.start()
  const closeSocket = await serveLocally(data, (verb, argv) => {
    const work = openVerbs[verb]
    if (!work) throw new Error(`there is no verb ${verb} for a folder that is being served`)
    return work(running, readArguments(argv))
  })
  const setupToken = issueSetupToken(running.backend)
  const session = {
    backend: running.backend,
    actorOf: (token: string | null) => running.actorOf(token, 'window'),
    device: 'desktop',
    setupToken,
  }
  return {
    serve: (port: MessagePortMain) => {
      serveMessagePort(port, session)
      port.start()
    },
    firstPath: () => (setupToken ? `/#setup=${setupToken}` : '/'),
    // Sharing with the office is not built yet, so closing the window always ends the program.
    isHosting: () => false,
    logFault: (error) => void running.backend.log.fault(error, 'desktop'),
    close: async () => {
      await closeSocket()
      await running.close()
      lock.release()
    },
  }
}

void runDesktop({
  root: resolve(import.meta.dirname, '../..'),
  data,
  open,
  refusal: (error, language) => (error instanceof StartRefusal ? error.inLanguage(language) : null),
})
