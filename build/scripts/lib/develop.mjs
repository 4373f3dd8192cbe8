import { watch } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { buildIfStale } from './built.mjs'
import { freePort, startHost } from './host.mjs'
import { cache, cli, root } from './runtime.mjs'
import { spawnWindow } from './window.mjs'

const data = process.env.KEZHAN_DATA ?? join(cache, 'dev-data')

/**
 * Rebuilds and restarts whenever a source file is saved. The pages are the built ones under the production policy, so
 * nothing works here that fails there.
 */
async function keepRunning(start) {
  await mkdir(data, { recursive: true })
  let running
  let stopping = false
  const restart = async () => {
    if ((await buildIfStale()) !== 0) throw new Error('The build failed; waiting for the next change.')
    running?.stop()
    await running?.ended
    running = await start()
  }
  const report = (error) => process.stderr.write(`${error.message}\n`)
  let pending
  let queue = restart().catch(report)
  for (const folder of ['src-main', 'src-shared', 'src-renderer', 'migrations']) {
    watch(join(root, folder), { recursive: true }, () => {
      clearTimeout(pending)
      pending = setTimeout(() => {
        if (!stopping) queue = queue.then(restart).catch(report)
      }, 300)
    })
  }
  return new Promise((done) => {
    const stop = () => {
      stopping = true
      running?.stop()
      void Promise.resolve(running?.ended).then(() => done(0))
    }
    process.on('SIGINT', stop)
    process.on('SIGTERM', stop)
  })
}

/** The desktop window; needs Electron's program and a display. */
export const devDesktop = () => keepRunning(() => spawnWindow(data))

/** The same program without a window, opened in a browser. */
export async function devHost() {
  const port = await freePort(Number(process.env.KEZHAN_PORT ?? 5121))
  return keepRunning(async () => {
    const host = startHost({ cliPath: cli, data, port })
    const { url } = await host.ready
    process.stdout.write(`Kezhan is open at ${url}   (saving a file rebuilds; Ctrl-C stops)\n`)
    return host
  })
}
