// What draws PDFs, over the window's own scheme: fetched by the page and by the thread that reads them.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'

vi.mock('electron', () => ({ protocol: {} }))
const { pageServer } = await import('../../src-main/electron/appProtocol.ts')

const folder = mkdtempSync(join(tmpdir(), 'kezhan-assets-'))
const FILES = [
  ['assets/pdf.worker.mjs', 'text/javascript; charset=utf-8'],
  ['assets/pdf-1/wasm/decoder.js', 'text/javascript; charset=utf-8'],
  ['assets/pdf-1/cmaps/UniGB-UCS2-H.bcmap', 'application/octet-stream'],
  ['assets/pdf-1/standard_fonts/FoxitSymbol.pfb', 'application/octet-stream'],
  ['assets/pdf-1/standard_fonts/LiberationSans-Regular.ttf', 'font/ttf'],
] as const

beforeAll(() => {
  for (const [path] of FILES) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), path)
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

it.each(FILES)('%s comes as %s, under a policy that lets a thread fetch from here and nothing else', async (path, type) => {
  const ask = pageServer(folder, () => Promise.reject(new Error('not a file of the backend')))
  const answer = await ask(new Request(`app://kezhan/${path}`))
  expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([200, type, path])
  const policy = answer.headers.get('content-security-policy') ?? ''
  for (const part of ["default-src 'none'", "script-src 'self'", "connect-src 'self'", "worker-src 'self'"])
    expect(policy.split('; ')).toContain(part)
})
