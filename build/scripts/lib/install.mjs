import { existsSync, readFileSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { modules, root } from './runtime.mjs'

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'))

/**
 * npm writes down what it has installed in a hidden lock file when it is done. Comparing that with the real lock finds a
 * missing folder, an interrupted install and a changed lock alike, and needs no stamp that could itself be wrong.
 */
export function installedMatchesLock(folder = root) {
  const installedFile = join(folder, 'node_modules/.package-lock.json')
  if (!existsSync(installedFile)) return false
  const wanted = readJson(join(folder, 'package-lock.json')).packages
  const installed = readJson(installedFile).packages
  return Object.entries(wanted).every(
    ([path, entry]) => !path.includes('node_modules/') || entry.link || isThere(installed[path], entry),
  )
}

/** Optional packages are for other platforms; those of this one are checked when they are there. */
function isThere(found, wanted) {
  if (!found) return Boolean(wanted.optional || wanted.devOptional || wanted.peer)
  return found.version === wanted.version
}

function npmCommand() {
  const npmScript = process.env.npm_execpath
  // npm's own Node, not ours from node_modules: that one is about to be replaced.
  if (npmScript && /npm-cli\.c?js$/.test(npmScript))
    return { command: process.env.npm_node_execpath ?? process.execPath, prefix: [npmScript] }
  return { command: 'npm', prefix: [] }
}

/** Makes node_modules equal to the lock. Says so only when there is something to do; never writes to stdout. */
export async function ensureInstalled() {
  if (installedMatchesLock()) return
  const { command, prefix } = npmCommand()
  const verb = process.platform === 'win32' && process.execPath.startsWith(modules) ? 'install' : 'ci'
  process.stderr.write(`Installing what package-lock.json asks for (npm ${verb}, about a minute) …\n`)
  // No package here needs an install script, and a script is the one part of a package nobody has looked at.
  const args = [...prefix, verb, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const code = await new Promise((done) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', process.stderr, process.stderr],
      shell: command === 'npm' && process.platform === 'win32',
    })
    child.on('error', (error) => {
      process.stderr.write(`npm could not be started: ${error.message}\n`)
      done(1)
    })
    child.on('close', (exitCode) => done(exitCode ?? 1))
  })
  if (code !== 0) {
    process.stderr.write('npm could not install the packages (see above). Is there a network, and is the registry reachable?\n')
    process.exit(1)
  }
}
