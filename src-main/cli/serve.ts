import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createBackend } from '../backend.ts'
import { issueSetupToken } from '../features/setup/public.ts'
import { lockFolder } from '../kernel/lock.ts'
import { serveHttp } from '../transports/http.ts'
import { type Arguments, flag, need, readArguments, text } from './arguments.ts'
import { serveLocally } from './localSocket.ts'
import { openVerbs } from './verbs.ts'

/**
 * The headless host: opens the folder, prints one JSON line with `url` when ready (on a first run the URL carries the
 * one-time token) and goes on until it is told to stop.
 */
export async function serve(args: Arguments): Promise<number> {
  const folder = need(args, 'data')
  const now = () => new Date().toISOString()
  const startedAt = performance.now()
  const lock = lockFolder(folder, { now, program: 'kezhan serve', create: true })
  const running = await createBackend({ folder, create: true })
  await running.start()
  const http = await serveHttp(
    {
      backend: running.backend,
      actorOf: (token) => running.actorOf(token, 'http'),
      pages: flag(args, 'no-pages') ? undefined : pagesFolder(),
    },
    { port: Number(text(args, 'port') ?? 0), ...(text(args, 'host') ? { host: need(args, 'host') } : {}) },
  )
  const closeSocket = await serveLocally(folder, (verb, argv) => {
    const work = openVerbs[verb]
    if (!work) throw new Error(`there is no verb ${verb} for a folder that is being served`)
    return work(running, readArguments(argv))
  })
  const token = issueSetupToken(running.backend)
  process.stdout.write(
    `${JSON.stringify({ url: token ? `${http.url}#setup=${token}` : http.url, pid: process.pid, startedMs: Math.round(performance.now() - startedAt) })}\n`,
  )
  await untilToldToStop()
  await http.close()
  await closeSocket()
  await running.close()
  lock.release()
  return 0
}

const untilToldToStop = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })

/** The built pages lie beside the built program. */
function pagesFolder(): string | undefined {
  const folder = fileURLToPath(new URL(import.meta.url.includes('/chunks/') ? '../../renderer' : '../renderer', import.meta.url))
  return existsSync(folder) ? folder : undefined
}
