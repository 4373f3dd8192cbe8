import { spawn } from 'node:child_process'
import { freePort, startHost } from './host.mjs'
import { whenOrphaned } from './orphan.mjs'
import { cli } from './runtime.mjs'
import { hasDisplay } from './window.mjs'

const USUAL_PORT = 5120

function openInBrowser(url) {
  if (!hasDisplay() || process.env.KEZHAN_NO_BROWSER === '1') return
  const [command, args] =
    process.platform === 'win32'
      ? ['rundll32', ['url.dll,FileProtocolHandler', url]]
      : process.platform === 'darwin'
        ? ['open', [url]]
        : ['xdg-open', [url]]
  const child = spawn(command, args, { stdio: 'ignore', detached: true })
  child.on('error', () => process.stderr.write('No browser could be opened from here; open the address above yourself.\n'))
  child.unref()
}

/** Runs the host without a window until it is stopped; returns its exit code. */
export async function startHeadless(data, why) {
  process.stderr.write(`No desktop window: ${why}. Starting the headless host; the program opens in the browser.\n`)
  const port = await freePort(Number(process.env.KEZHAN_PORT ?? USUAL_PORT))
  const host = startHost({ cliPath: cli, data, port })
  process.on('SIGTERM', host.stop)
  process.on('SIGHUP', host.stop)
  whenOrphaned(host.stop)
  // At a terminal the host hears Ctrl-C itself, and is given the time to close its database.
  process.on('SIGINT', () => {
    if (!process.stdin.isTTY) host.stop()
  })
  try {
    const { url } = await host.ready
    process.stdout.write(`\nKezhan is open at ${url}\nData: ${data}   (Ctrl-C stops)\n\n`)
    openInBrowser(url)
  } catch (error) {
    process.stderr.write(`Kezhan did not start: ${error.message}\n`)
    host.stop()
  }
  return host.ended
}
