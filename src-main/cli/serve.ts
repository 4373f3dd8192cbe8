import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createBackend } from '../backend.ts'
import { defaultDataFolder } from '../dataFolder.ts'
import { issueSetupToken } from '../features/setup/public.ts'
import { lockFolder } from '../kernel/lock.ts'
import { StartRefusal } from '../kernel/startRefusal.ts'
import { isLoopback, serveHttp } from '../transports/http.ts'
import { type Arguments, flag, need, text } from './arguments.ts'
import { serveLocally } from './localSocket.ts'
import { servedVerb } from './verbs.ts'

type Host = { port: number; close(): Promise<void> }
type Way = { folder: string; create: boolean; port: number; restart: () => void; startedAt: number }

/**
 * The headless host: opens the folder, prints one JSON line with `url` when ready (on a first run the URL carries the
 * one-time token) and goes on until it is told to stop. A restore closes everything and opens it anew on the same port.
 */
export async function serve(args: Arguments): Promise<number> {
  const folder = need(args, 'data')
  const host = text(args, 'host')
  if (host !== undefined && !isLoopback(host)) throw new StartRefusal('addressNotLoopback', { address: host })
  const now = () => new Date().toISOString()
  let startedAt = performance.now()
  // A drive that is not there must not become a new workspace beside it; the system's own place for data is made.
  const { KEZHAN_DATA: _named, ...env } = process.env
  if (resolve(folder) !== defaultDataFolder(env) && !existsSync(dirname(resolve(folder))))
    throw new StartRefusal('noDatabase', { folder })
  const lock = lockFolder(folder, { now, program: 'kezhan serve', create: true })
  let create = true
  const stop = untilToldToStop()
  let port = Number(text(args, 'port') ?? 0)
  while (true) {
    let restart: () => void = () => undefined
    const wanted = new Promise<'restart'>((resolve) => {
      restart = () => resolve('restart')
    })
    const serving = await open(args, { folder, create, port, restart, startedAt })
    create = false
    const why = await Promise.race([stop, wanted])
    await serving.close()
    if (why === 'stop') break
    port = serving.port
    startedAt = performance.now()
  }
  lock.release()
  return 0
}

async function open(args: Arguments, { folder, create, port, restart, startedAt }: Way): Promise<Host> {
  const running = await createBackend({ folder, create, restart })
  await running.start()
  const http = await serveHttp(
    {
      backend: running.backend,
      actorOf: (token) => running.actorOf(token, 'http'),
      pages: flag(args, 'no-pages') ? undefined : pagesFolder(),
    },
    { port, ...(text(args, 'host') ? { host: need(args, 'host') } : {}) },
  )
  const closeSocket = await serveLocally(folder, servedVerb(running))
  const token = issueSetupToken(running.backend)
  process.stdout.write(
    `${JSON.stringify({ url: token ? `${http.url}#setup=${token}` : http.url, pid: process.pid, startedMs: Math.round(performance.now() - startedAt) })}\n`,
  )
  return {
    port: Number(new URL(http.url).port),
    close: async () => {
      await http.close()
      await closeSocket()
      await running.close()
    },
  }
}

const untilToldToStop = (): Promise<'stop'> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve('stop'))
  })

/** The built pages lie beside the built program. */
function pagesFolder(): string | undefined {
  const folder = fileURLToPath(new URL(import.meta.url.includes('/chunks/') ? '../../renderer' : '../renderer', import.meta.url))
  return existsSync(folder) ? folder : undefined
}
