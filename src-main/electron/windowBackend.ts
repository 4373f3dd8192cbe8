import type { MessagePortMain } from 'electron'
import { createBackend } from '../backend.ts'
import { serveLocally } from '../cli/localSocket.ts'
import { servedVerb } from '../cli/verbs.ts'
import { issueSetupToken } from '../features/setup/public.ts'
import { lockFolder } from '../kernel/lock.ts'
import { answerFile } from '../transports/files.ts'
import { type PortSession, serveMessagePort } from '../transports/message-port.ts'
import type { DesktopBackend } from './desktop.ts'

/** The same backend as the headless host, held by the same lock and open to the same command line. */
export async function openWindowBackend(data: string, now: () => string, restart: () => void): Promise<DesktopBackend> {
  const lock = lockFolder(data, { now, program: 'kezhan desktop', create: true })
  try {
    const running = await createBackend({ folder: data, create: true, restart })
    await running.start()
    const closeSocket = await serveLocally(data, servedVerb(running))
    const setupToken = issueSetupToken(running.backend)
    const session = {
      backend: running.backend,
      actorOf: (token: string | null) => running.actorOf(token, 'window'),
      device: 'desktop',
      setupToken,
      memory: { token: null as string | null },
    } satisfies PortSession
    return {
      serve: (port: MessagePortMain) => {
        serveMessagePort(port, session)
        // Electron holds messages back until it is told that somebody listens.
        port.start()
      },
      files: (request: Request) => answerFile(running.backend, running.actorOf(session.memory.token, 'window'), request),
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
  } catch (error) {
    lock.release()
    throw error
  }
}
