import { watch } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { buildIfStale } from './built.mjs'
import { freePort, startHost } from './host.mjs'
import { cache, cli, root, runTool } from './runtime.mjs'

/** The window with pages that reload as you type; needs Electron's program. */
export const devDesktop = () => runTool('electron-vite', ['dev', '--watch'])

/**
 * The host without a window, rebuilt and restarted whenever a source file is saved. The pages are the built ones, under
 * the same security policy as in production, so nothing works here that fails there.
 */
export async function devHost() {
  const data = process.env.KEZHAN_DATA ?? join(cache, 'dev-data')
  await mkdir(data, { recursive: true })
  const port = await freePort(Number(process.env.KEZHAN_PORT ?? 5121))
  let host
  let stopping = false
  const start = async () => {
    if ((await buildIfStale()) !== 0) throw new Error('The build failed; waiting for the next change.')
    host = startHost({ cliPath: cli, data, port })
    const { url } = await host.ready
    process.stdout.write(`Kezhan is open at ${url}   (saving a file rebuilds; Ctrl-C stops)\n`)
  }
  const restart = async () => {
    host?.stop()
    await host?.ended
    await start()
  }

  let pending
  let queue = start().catch(report)
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
      host?.stop()
      void Promise.resolve(host?.ended).then(() => done(0))
    }
    process.on('SIGINT', stop)
    process.on('SIGTERM', stop)
  })
}

function report(error) {
  process.stderr.write(`${error.message}\n`)
}
