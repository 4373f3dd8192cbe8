import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run } from './runtime.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
const USUAL_PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** The Chromium that the end-to-end tests drive: CHROMIUM, or one on the PATH, or where it usually lies. */
export function findBrowser() {
  if (process.env.CHROMIUM) return existsSync(process.env.CHROMIUM) ? process.env.CHROMIUM : null
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)))
  return [...onPath, ...USUAL_PLACES].find((path) => existsSync(path)) ?? null
}

const has = (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined
const hasChineseFont = () => (spawnSync('fc-list', [':lang=zh'], { encoding: 'utf8' }).stdout ?? '').trim() !== ''

/** Installs browser and Chinese font where that is possible without asking; otherwise says in one sentence what to install. */
export async function ensureBrowser() {
  const linux = process.platform === 'linux'
  const missing = [
    ...(findBrowser() ? [] : ['chromium']),
    ...(linux && !hasChineseFont() ? ['fonts-noto-cjk', 'fontconfig'] : []),
  ]
  if (missing.length === 0) return null
  const mayInstall = linux && process.getuid() === 0 && has('apt-get')
  if (!mayInstall) {
    return findBrowser()
      ? null
      : `The end-to-end tests need a Chromium: install ${linux ? missing.join(' and ') : 'Chrome or Edge'}, or set CHROMIUM to its program.`
  }
  process.stdout.write(`Installing ${missing.join(', ')} with apt-get …\n`)
  const quiet = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, cwd: '/' }
  await run('apt-get', ['update', '-qq'], quiet)
  const code = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], quiet)
  return code === 0 && findBrowser() ? null : `apt-get could not install ${missing.join(', ')} (see above).`
}
