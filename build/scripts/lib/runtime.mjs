import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { whenOrphaned } from './orphan.mjs'

export const root = resolve(import.meta.dirname, '../../..')
export const modules = join(root, 'node_modules')
export const cache = join(root, '.cache')
export const cli = join(root, 'out/main/cli.js')

const isNode24 = Number(process.versions.node.split('.')[0]) >= 24
const isWindows = process.platform === 'win32'

/** The pinned Node of this platform, or this very process, or one on the PATH; null when none is new enough. */
export function findNode24() {
  const platform = isWindows ? 'win' : process.platform
  const pinned = join(modules, `node-${platform}-${process.arch}`, 'bin', isWindows ? 'node.exe' : 'node')
  if (existsSync(pinned)) return pinned
  if (isNode24) return process.execPath
  const found = spawnSync('node', ['-p', 'process.versions.node + " " + process.execPath'], { encoding: 'utf8' })
  const [version = '', path = ''] = (found.stdout ?? '').trim().split(' ')
  return Number(version.split('.')[0]) >= 24 && path ? path : null
}

export function node24() {
  const found = findNode24()
  if (found) return found
  process.stderr.write(
    `Kezhan runs on Node 24, and there is no ready-made one for ${process.platform} on ${process.arch}. Install Node 24 or newer from https://nodejs.org and try again (this is ${process.versions.node}).\n`,
  )
  process.exit(1)
}

/** Children find Node 24 and the project's tools first. */
export function childEnv(extra = {}) {
  const path = [dirname(node24()), join(modules, '.bin'), process.env.PATH ?? ''].join(delimiter)
  const env = { ...process.env, PATH: path, ...extra }
  // Set by editors that are Electron apps themselves; it would turn our window into a bare Node.
  delete env.ELECTRON_RUN_AS_NODE
  return env
}

/** The script behind a package's command, so that no shell and no .cmd file is needed. */
export function toolScript(packageName, command = packageName) {
  const folder = join(modules, packageName)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return join(folder, typeof bin === 'string' ? bin : bin[command])
}

const signalCode = (signal) => 128 + (constants.signals[signal] ?? 0)

/** Runs a child to its end and returns its exit code; passes on the signals it would otherwise miss. */
export function run(command, args, options = {}) {
  const { timeoutMs, ...spawnOptions } = options
  return new Promise((done) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: childEnv(), ...spawnOptions })
    // At a terminal Ctrl-C reaches the child by itself; a second one would look like impatience.
    const forwarded = process.stdin.isTTY ? ['SIGTERM', 'SIGHUP'] : ['SIGINT', 'SIGTERM', 'SIGHUP']
    const forward = (signal) => child.kill(signal)
    const stay = () => {}
    for (const signal of forwarded) process.on(signal, forward)
    process.on('SIGINT', stay)
    const stopWatching = whenOrphaned(() => child.kill('SIGTERM'))
    let timedOut = false
    const timer = timeoutMs
      ? setTimeout(() => {
          timedOut = true
          child.kill('SIGKILL')
        }, timeoutMs)
      : undefined
    const finish = (code) => {
      clearTimeout(timer)
      stopWatching()
      for (const signal of forwarded) process.off(signal, forward)
      process.off('SIGINT', stay)
      done(code)
    }
    child.on('error', (error) => {
      process.stderr.write(`${command}: ${error.message}\n`)
      finish(127)
    })
    child.on('close', (code, signal) => {
      if (timedOut) process.stderr.write(`stopped after ${Math.round(timeoutMs / 60_000)} minutes\n`)
      finish(code ?? signalCode(signal))
    })
  })
}

export const runTool = (packageName, args, options = {}) =>
  run(node24(), [toolScript(packageName, options.command), ...args], options)

/** Goes on under Node 24 when this process is older: better-sqlite3 brings an old Node down without a word. */
export async function continueUnderNode24(script) {
  if (isNode24) return
  process.exit(await run(node24(), [script, ...process.argv.slice(2)]))
}
