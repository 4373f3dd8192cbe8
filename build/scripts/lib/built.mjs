import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { cache, cli, root, run, node24, toolScript } from './runtime.mjs'

const SOURCES = [
  'src-main',
  'src-shared',
  'src-renderer',
  'migrations',
  'electron.vite.config.ts',
  'package-lock.json',
  'package.json',
]
const stamp = join(root, 'out/.built')
const lock = join(cache, 'build.lock')

function* filesUnder(path) {
  if (!existsSync(path)) return
  if (!statSync(path).isDirectory()) {
    yield path
    return
  }
  for (const name of readdirSync(path).sort()) {
    if (!/\.test\.tsx?$/.test(name)) yield* filesUnder(join(path, name))
  }
}

/** Names, sizes and times are enough to see that something was touched, and take a few milliseconds. */
function fingerprint() {
  const hash = createHash('sha256')
  for (const source of SOURCES) {
    for (const file of filesUnder(join(root, source))) {
      const { size, mtimeMs } = statSync(file)
      hash.update(`${relative(root, file)}\0${size}\0${mtimeMs}\n`)
    }
  }
  return hash.digest('hex')
}

const isBuilt = (print) => existsSync(cli) && existsSync(stamp) && readFileSync(stamp, 'utf8') === print

const isAlive = (pid) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Two commands at once must not build into the same folder; the second waits and then finds it built. */
async function withLock(work) {
  mkdirSync(cache, { recursive: true })
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      const holder = Number(existsSync(lock) ? readFileSync(lock, 'utf8') : 0)
      if (holder && !isAlive(holder)) rmSync(lock, { force: true })
      else await sleep(200)
    }
  }
  try {
    return await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

/** Builds main, preload and renderer. Everything it says goes to stderr, because stdout may belong to a verb. */
export async function build() {
  const print = fingerprint()
  // Each of the three builds empties its own folder; a failed one leaves no stamp behind.
  rmSync(stamp, { force: true })
  const code = await run(node24(), [toolScript('electron-vite'), 'build', '--logLevel', 'warn'], {
    stdio: ['ignore', process.stderr, process.stderr],
  })
  if (code === 0) writeFileSync(stamp, print)
  return code
}

export const buildAlways = () => withLock(build)

/** Builds when something changed since the last time; the exit code says whether out/ can be used. */
export async function buildIfStale() {
  if (isBuilt(fingerprint())) return 0
  return withLock(async () => {
    if (isBuilt(fingerprint())) return 0
    process.stderr.write('Building …\n')
    return build()
  })
}

export async function ensureBuilt() {
  if ((await buildIfStale()) === 0) return
  process.stderr.write('The build failed (see above).\n')
  process.exit(1)
}
