import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cache, childEnv, modules, node24, root } from './runtime.mjs'

const DOWNLOAD_WAIT_MS = 20_000
const TRY_AGAIN_AFTER_MS = 24 * 3_600_000
/** A window that dies sooner than this never really opened (a missing system library, a broken display). */
const SETTLED_MS = 10_000

const electron = join(modules, 'electron')
const failedDownload = join(cache, 'electron-download-failed')

export const hasDisplay = () => process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)

function electronBinary() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  const pathFile = join(electron, 'path.txt')
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : process.platform === 'win32' ? 'electron.exe' : 'electron'
  const binary = override ? join(override, name) : join(electron, 'dist', name)
  return existsSync(binary) ? binary : null
}

/** Waits a little; a download that takes longer goes on behind the headless host and serves the next start. */
async function download() {
  const tooSoon = existsSync(failedDownload) && Date.now() - statSync(failedDownload).mtimeMs < TRY_AGAIN_AFTER_MS
  if (tooSoon)
    return 'the last download of Electron failed less than a day ago (delete .cache/electron-download-failed to try again)'
  process.stderr.write(
    `Fetching Electron for the desktop window, at most ${DOWNLOAD_WAIT_MS / 1000} s before going on without (Ctrl-C stops) …\n`,
  )
  const child = spawn(node24(), [join(electron, 'install.js')], { env: childEnv(), stdio: ['ignore', 'ignore', 'pipe'] })
  let complaint = ''
  child.stderr.on('data', (chunk) => {
    complaint += chunk
  })
  const failed = () => {
    mkdirSync(cache, { recursive: true })
    writeFileSync(failedDownload, complaint)
  }
  const ended = new Promise((done) => child.on('close', (code) => done(code ?? 1)))
  process.on('exit', () => child.kill())
  let timer
  const late = new Promise((done) => {
    timer = setTimeout(() => done('late'), DOWNLOAD_WAIT_MS)
  })
  const first = await Promise.race([ended, late])
  clearTimeout(timer)
  if (first === 0) return null
  if (first !== 'late') {
    failed()
    const reason =
      complaint
        .split('\n')
        .find((line) => line.trim() !== '')
        ?.trim() ?? 'no reason given'
    return `Electron could not be downloaded (${reason})`
  }
  void ended.then((code) => {
    if (code === 0) process.stderr.write('Electron has arrived: the next start opens the desktop window.\n')
    else failed()
  })
  return 'Electron is still being downloaded; the next start can open the desktop window'
}

function openWindow(binary, data) {
  const started = Date.now()
  const child = spawn(binary, [root], { cwd: root, env: childEnv({ KEZHAN_DATA: data }), stdio: 'inherit' })
  const forward = (signal) => child.kill(signal)
  process.on('SIGTERM', forward)
  process.on('SIGINT', () => {})
  return new Promise((done) => {
    child.on('error', (error) => done({ opened: false, why: `Electron could not be started (${error.message})` }))
    child.on('close', (code, signal) => {
      const atOnce = Date.now() - started < SETTLED_MS
      if (code !== 0 && signal !== 'SIGINT' && signal !== 'SIGTERM' && atOnce) {
        done({ opened: false, why: `Electron ended at once (${signal ?? `code ${code}`})` })
      } else done({ opened: true, code: code ?? 0 })
    })
  })
}

/** Opens the desktop window, or says why there is none. */
export async function startWindow(data) {
  if (process.env.KEZHAN_HEADLESS === '1') return { opened: false, why: 'KEZHAN_HEADLESS=1 is set' }
  if (!hasDisplay()) return { opened: false, why: 'this session has no display' }
  if (process.platform === 'linux' && process.getuid() === 0) {
    return { opened: false, why: 'Electron refuses to run as root with its sandbox on' }
  }
  if (!electronBinary()) {
    const why = await download()
    if (why) return { opened: false, why }
  }
  const binary = electronBinary()
  if (!binary) return { opened: false, why: 'Electron was downloaded but its program is not there' }
  process.stderr.write(`Opening the desktop window. Data: ${data}\n`)
  return openWindow(binary, data)
}

/** For development: the window at once, or a sentence. */
export function spawnWindow(data) {
  const binary = electronBinary()
  if (!binary) throw new Error("Electron's program is not here; npm start fetches it, or use npm run dev:host.")
  const child = spawn(binary, [root], { cwd: root, env: childEnv({ KEZHAN_DATA: data }), stdio: 'inherit' })
  return { stop: () => child.kill(), ended: new Promise((done) => child.on('close', done)) }
}
