import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, existsSync, mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

export const root = resolve(import.meta.dirname, '../../..')
/** What was built; another build beside it can be tried by naming its cli.js. */
const cli = resolve(root, process.env['KEZHAN_CLI'] ?? 'out/main/cli.js')
const node = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin/node')
const READY_MS = 40_000

export const PASSWORD = 'seven cranes over water'
export const ADMIN = { login: 'admin', name: '周掌柜', password: PASSWORD }
export const COMPANY = '海川自动化'

const program = (args: readonly string[]): ChildProcess =>
  spawn(existsSync(node) ? node : process.execPath, [cli, ...args], {
    cwd: root,
    // What a start compiles is kept for the next of the hundreds of starts.
    env: { ...process.env, LANG: 'zh_CN.UTF-8', NODE_COMPILE_CACHE: join(root, '.cache/compiled') },
    stdio: ['ignore', 'pipe', 'pipe'],
  })

/** Runs one verb of the product to its end. */
export function verb(args: readonly string[]): Promise<{ code: number; said: string; complained: string }> {
  return new Promise((done, fail) => {
    const child = program(args)
    let said = ''
    let complained = ''
    child.stdout?.on('data', (part: Buffer) => (said += part.toString()))
    child.stderr?.on('data', (part: Buffer) => (complained += part.toString()))
    child.on('error', fail)
    child.on('close', (code) => done({ code: code ?? 1, said, complained }))
  })
}

/** A verb that has to succeed; answers with the JSON it prints. */
export async function kezhan<Answer = Record<string, unknown>>(...args: readonly string[]): Promise<Answer> {
  const { code, said, complained } = await verb(args)
  if (code !== 0) throw new Error(`kezhan ${args[0]} ended with ${code}: ${complained.trim()}`)
  return JSON.parse(said) as Answer
}

export type Host = {
  url: string
  folder: string
  setupToken: string | null
  stop: () => Promise<void>
  /** Ends it as a power cut does: nothing is said, nothing is closed. */
  kill: () => Promise<void>
  /** Starts it again on the same folder, under the same address. */
  again: () => Promise<void>
}

/** A host of its own on a free port; its log lies beside the folder. */
export async function startHost(folder: string): Promise<Host> {
  mkdirSync(dirname(folder), { recursive: true })
  let running = await launch(folder, '0')
  const [url = '', fragment] = running.url.split('#')
  const end = async (signal: NodeJS.Signals) => {
    running.child.kill(signal)
    await running.ended
  }
  return {
    url,
    folder,
    setupToken: fragment?.replace('setup=', '') ?? null,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    again: async () => {
      running = await launch(folder, new URL(url).port)
    },
  }
}

async function launch(folder: string, port: string) {
  const child = program(['serve', '--data', folder, '--port', port])
  child.stderr?.pipe(createWriteStream(`${folder}.log`, { flags: 'a' }))
  const ended = new Promise<number>((done) => child.on('close', (code) => done(code ?? 1)))
  const { url } = await new Promise<{ url: string }>((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`the host was not ready in ${READY_MS} ms`)), READY_MS)
    void ended.then((code) => fail(new Error(`the host ended with ${code}; see ${folder}.log`)))
    if (child.stdout)
      createInterface({ input: child.stdout }).once('line', (line) => {
        clearTimeout(timer)
        done(JSON.parse(line) as { url: string })
      })
  })
  return { child, ended, url }
}
