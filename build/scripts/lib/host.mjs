import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { childEnv, node24 } from './runtime.mjs'

/** A fixed port keeps bookmarks and the signed-in session; any other one is better than not starting. */
export function freePort(wanted) {
  return new Promise((done) => {
    const probe = createServer()
    probe.once('error', () => done(0))
    probe.listen(wanted, '127.0.0.1', () => probe.close(() => done(wanted)))
  })
}

/**
 * Starts `cli.js serve` and waits for the line that says where it listens.
 * `ended` settles with the exit code whenever the host ends, also before it was ready.
 */
export function startHost({ cliPath, data, port, env = {}, cwd, readyWithinMs = 60_000 }) {
  const child = spawn(node24(), [cliPath, 'serve', '--data', data, '--port', String(port)], {
    cwd,
    env: childEnv(env),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise((done) => child.on('close', (code) => done(code ?? 1)))
  const ready = new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`the host was not ready within ${readyWithinMs / 1000} s`)), readyWithinMs)
    child.on('error', fail)
    void ended.then((code) => fail(new Error(`the host ended with code ${code} before it was ready`)))
    createInterface({ input: child.stdout }).on('line', (line) => {
      try {
        const said = JSON.parse(line)
        if (typeof said.url !== 'string') return
        clearTimeout(timer)
        done(said)
      } catch {
        process.stderr.write(`${line}\n`)
      }
    })
  })
  return { child, ready, ended, stop: () => child.kill('SIGTERM') }
}
