import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { chmodSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { createConnection, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Refusal } from '../../src-shared/kernel/refusal.ts'

const KEY_FILE = 'host.key'
const LINE_LIMIT = 1_048_576

type Request = { key: string; verb: string; argv: readonly string[]; cwd: string }
/** A refusal travels as it is, so that whoever asked says it in the language of their own shell. */
export type Answer = { result: unknown } | { error: string } | { refused: { reason: string; detail?: Record<string, unknown> } }

/** A short name in the system's own place: paths of sockets may not be long. */
function addressOf(folder: string): string {
  const name = `kezhan-${createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 16)}`
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`)
}

/** Lets verbs of the command line reach the process that serves their folder; whoever can read the key file may ask. */
export async function serveLocally(
  folder: string,
  run: (verb: string, argv: readonly string[], cwd: string) => Promise<unknown>,
): Promise<() => Promise<void>> {
  const key = randomBytes(32).toString('hex')
  writeFileSync(join(folder, KEY_FILE), key, { mode: 0o600 })
  const address = addressOf(folder)
  if (process.platform !== 'win32') rmSync(address, { force: true })
  const server = createServer((socket) => answer(socket, key, run))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(address, resolve)
  })
  if (process.platform !== 'win32') chmodSync(address, 0o600)
  return async () => {
    await new Promise<void>((resolve) => server.close(() => resolve()))
    rmSync(join(folder, KEY_FILE), { force: true })
  }
}

function answer(
  socket: Socket,
  key: string,
  run: (verb: string, argv: readonly string[], cwd: string) => Promise<unknown>,
): void {
  let received = ''
  socket.setEncoding('utf8')
  socket.on('error', () => socket.destroy())
  socket.on('data', (chunk: string) => {
    received += chunk
    if (received.length > LINE_LIMIT) socket.destroy()
    if (!received.includes('\n')) return
    socket.removeAllListeners('data')
    void reply(socket, received.slice(0, received.indexOf('\n')), key, run)
  })
}

async function reply(
  socket: Socket,
  line: string,
  key: string,
  run: (verb: string, argv: readonly string[], cwd: string) => Promise<unknown>,
): Promise<void> {
  let said: Answer
  try {
    const request = JSON.parse(line) as Request
    said = sameKey(request.key, key)
      ? { result: await run(request.verb, request.argv, request.cwd) }
      : { error: 'the key does not fit this host' }
  } catch (error) {
    said = failure(error)
  }
  socket.end(`${JSON.stringify(said)}\n`)
}

function failure(error: unknown): Answer {
  if (error instanceof Refusal) return { refused: { reason: error.reason, ...(error.detail && { detail: error.detail }) } }
  return { error: error instanceof Error ? error.message : String(error) }
}

const sameKey = (given: unknown, key: string): boolean =>
  typeof given === 'string' && given.length === key.length && timingSafeEqual(Buffer.from(given), Buffer.from(key))

/** Asks the process that holds the folder. @returns null when nobody listens there. */
export function askHost(folder: string, verb: string, argv: readonly string[]): Promise<Answer | null> {
  let key: string
  try {
    key = readFileSync(join(folder, KEY_FILE), 'utf8')
  } catch {
    // No key file: nobody serves this folder, and the caller goes on to say who holds it.
    return Promise.resolve(null)
  }
  return new Promise((resolve) => {
    const socket = createConnection(addressOf(folder))
    let received = ''
    socket.setEncoding('utf8')
    socket.on('connect', () => socket.write(`${JSON.stringify({ key, verb, argv, cwd: process.cwd() } satisfies Request)}\n`))
    socket.on('data', (chunk: string) => {
      received += chunk
    })
    socket.on('end', () => resolve(received === '' ? null : (JSON.parse(received) as Answer)))
    socket.on('error', () => resolve(null))
  })
}
