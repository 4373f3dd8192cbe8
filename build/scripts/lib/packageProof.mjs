import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { extractAll, listPackage } from '@electron/asar'
import { buildIfStale } from './built.mjs'
import { startHost } from './host.mjs'
import { cache, childEnv, node24, root, toolScript } from './runtime.mjs'
import { readFuses, writeStubElectron } from './stubElectron.mjs'

const say = (line) => process.stdout.write(`${line}\n`)
const fail = (why) => {
  throw new Error(why)
}

const WANTED_FUSES = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  grantFileProtocolExtraPrivileges: false,
}

/** Runs a tool and shows what it said only when it failed. */
function quietly(command, args) {
  return new Promise((done, refuse) => {
    const child = spawn(command, args, { cwd: root, env: childEnv({ CI: '1' }), stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    const hear = (chunk) => {
      said += chunk
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('error', refuse)
    child.on('close', (code) => (code === 0 ? done() : refuse(new Error(`electron-builder ended with code ${code}\n${said}`))))
  })
}

async function pack() {
  const { version } = createRequire(import.meta.url)('electron/package.json')
  const stub = join(cache, 'stub-electron')
  const output = join(cache, 'package')
  writeStubElectron(stub, version)
  rmSync(output, { recursive: true, force: true })
  const settings = [`-c.electronDist=${stub}`, `-c.directories.output=${output}`]
  await quietly(node24(), [
    toolScript('electron-builder'),
    '--linux',
    'dir',
    '--config',
    'build/electron-builder.cjs',
    '--publish',
    'never',
    ...settings,
  ])
  const folder = ['linux-unpacked', `linux-${process.arch}-unpacked`]
    .map((name) => join(output, name))
    .find((path) => existsSync(path))
  return folder ?? fail('electron-builder made no folder')
}

function checkFuses(folder) {
  const fuses = readFuses(readFileSync(join(folder, 'kezhan')))
  for (const [name, wanted] of Object.entries(WANTED_FUSES)) {
    if (fuses[name] !== wanted) fail(`the fuse ${name} is ${fuses[name] ? 'on' : 'off'}`)
  }
}

/** A package holds the program and nothing of how it is made. */
function checkContents(asar) {
  const files = listPackage(asar, { isPack: false }).map((path) => path.replaceAll('\\', '/'))
  for (const needed of [
    '/out/main/main.js',
    '/out/main/cli.js',
    '/out/main/worker.js',
    '/out/preload/preload.cjs',
    '/out/renderer/index.html',
  ]) {
    if (!files.includes(needed)) fail(`${needed} is not in the package`)
  }
  // A Chinese PDF without its own fonts, one in letters every viewer has, and a scan.
  for (const needed of [
    'cmaps/UniGB-UCS2-H.bcmap',
    'standard_fonts/LiberationSans-Regular.ttf',
    'wasm/openjpeg_nowasm_fallback.js',
  ]) {
    if (!files.some((path) => path.startsWith('/out/renderer/assets/pdf-') && path.endsWith(`/${needed}`)))
      fail(`${needed} is not in the package`)
  }
  const prebuilds = files.filter((path) => /better-sqlite3\/prebuilds\/.+\.node$/.test(path))
  const own = `/node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`
  if (prebuilds.join() !== own) fail(`the package should hold one prebuilt SQLite, it holds ${prebuilds.join(', ') || 'none'}`)
  const foreign = files.filter(
    (path) =>
      /^\/(src-|tests|migrations|\.cache)|\.map$|\.ts$|better-sqlite3\/(deps|src)\//.test(path) && !path.endsWith('.d.ts'),
  )
  if (foreign.length > 0) fail(`these do not belong in a package: ${foreign.slice(0, 5).join(', ')}`)
  return files.length
}

async function ask(url, options) {
  const answer = await fetch(url, { signal: AbortSignal.timeout(15_000), ...options })
  if (!answer.ok) fail(`${url.pathname} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`)
  return answer
}

/** The first page under its policy; returns the script it starts with. */
async function checkPage(url) {
  const page = await ask(new URL('/', url))
  const html = await page.text()
  if (!html.includes('id="root"')) fail('the first page is not ours')
  const policy = page.headers.get('content-security-policy') ?? ''
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1]
  if (!nonce || !html.includes(nonce)) fail(`the page has no policy with its own nonce: ${policy || 'none'}`)
  return /<script[^>]+src="([^"]+)"/.exec(html)?.[1] ?? fail('the page starts no script')
}

/** A page, the script it starts with, and a call that reads the database. */
async function exercise(url) {
  const script = await checkPage(url)
  const type = (await ask(new URL(script, url))).headers.get('content-type') ?? ''
  if (!type.includes('javascript')) fail(`the page's script comes as ${type}`)
  const call = await ask(new URL('/rpc/session/welcome', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-kezhan': '1', origin: new URL(url).origin },
    body: JSON.stringify({ json: {} }),
  })
  const { json } = await call.json()
  if (json?.needsSetup !== true) fail(`an empty data folder should ask for its first run: ${JSON.stringify(json)}`)
}

/** Packs the program against a stand-in for Electron, takes it apart in an empty folder and works with what is there. */
export async function checkPackage() {
  if (process.platform !== 'linux') {
    say('The package check packs for Linux and runs there only.')
    return
  }
  if ((await buildIfStale()) !== 0) fail('the build failed')
  const started = performance.now()
  const folder = await pack()
  checkFuses(folder)
  const asar = join(folder, 'resources/app.asar')
  const count = checkContents(asar)
  const empty = mkdtempSync(join(tmpdir(), 'kezhan-package-'))
  try {
    extractAll(asar, join(empty, 'app'))
    const host = startHost({
      cliPath: join(empty, 'app/out/main/cli.js'),
      data: join(empty, 'data'),
      port: 0,
      cwd: empty,
      readyWithinMs: 30_000,
    })
    try {
      await exercise((await host.ready).url)
    } finally {
      host.stop()
    }
    const code = await host.ended
    if (code !== 0) fail(`the host ended with code ${code}`)
  } finally {
    rmSync(empty, { recursive: true, force: true })
  }
  const megabytes = (statSync(asar).size / 1e6).toFixed(1)
  say(
    `package: ${count} files, archive ${megabytes} MB, taken apart, started, answered, stopped in ${((performance.now() - started) / 1000).toFixed(1)} s`,
  )
}
