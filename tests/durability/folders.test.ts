import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createBackend } from '../../src-main/backend.ts'
import { openRaw } from '../../src-main/kernel/database.ts'
import { StartRefusal } from '../../src-main/kernel/startRefusal.ts'
import { startBackend, testLog, type TestBackend } from '../support/backend.ts'

let test: TestBackend
let file = ''
beforeEach(async () => {
  test = await startBackend()
  await test.close()
  file = join(test.folder, 'kezhan.db')
})
afterEach(() => rmSync(test.folder, { recursive: true, force: true }))

const refusedAs = async (create = false): Promise<string> => {
  const error = await createBackend({ folder: test.folder, create, log: testLog() }).then(
    async (running) => {
      await running.close()
      return null
    },
    (caught: unknown) => caught,
  )
  if (error === null) return 'opened'
  if (!(error instanceof StartRefusal)) throw error
  expect(error.inLanguage('zh-CN')).toMatch(/\p{Script=Han}/u)
  return error.reason
}

describe('folders that cannot be used', () => {
  it.each([
    [
      'no database',
      (bytes: Buffer) => Buffer.from('PK\u0003\u0004 this is a workbook, really'.repeat(Math.ceil(bytes.length / 300))),
    ],
    ['noise', (bytes: Buffer) => Buffer.from(bytes.map((byte, n) => (n % 3 === 0 ? byte ^ 0x5a : byte)))],
    ['nothing but zeros', (bytes: Buffer) => Buffer.alloc(bytes.length)],
  ])('%s in place of the file is refused as damaged, and left as it is', async (_name, spoil) => {
    const spoiled = spoil(readFileSync(file))
    writeFileSync(file, spoiled)
    expect(await refusedAs()).toBe('corrupt')
    expect(readFileSync(file).equals(spoiled)).toBe(true)
  })

  it('a truncated file is refused', async () => {
    truncateSync(file, 8192)
    expect(await refusedAs()).toBe('corrupt')
  })

  it('a newer file is refused with its bytes unchanged', async () => {
    const raw = openRaw(test.folder)
    raw.pragma('user_version = 999')
    raw.pragma('journal_mode = delete')
    raw.close()
    const bytes = readFileSync(file)
    expect(await refusedAs()).toBe('newer')
    expect(readFileSync(file).equals(bytes)).toBe(true)
    expect(readdirSync(test.folder).filter((name) => name.endsWith('-wal') || name.endsWith('-journal'))).toEqual([])
  })

  it('a folder that is gone is not made anew', async () => {
    renameSync(test.folder, `${test.folder}-away`)
    expect(await refusedAs()).toBe('noDatabase')
    expect(existsSync(test.folder)).toBe(false)
    renameSync(`${test.folder}-away`, test.folder)
  })

  it('a folder that lost its database does not become a new workspace', async () => {
    for (const name of readdirSync(test.folder)) if (name.startsWith('kezhan.db')) rmSync(join(test.folder, name))
    const left = readdirSync(test.folder).sort()
    expect(await refusedAs(true)).toBe('databaseGone')
    expect(readdirSync(test.folder).sort()).toEqual(left)
    // An older folder has no mark; what hangs on the data tells as much.
    rmSync(join(test.folder, 'workspace.json'))
    mkdirSync(join(test.folder, 'backups/2026'), { recursive: true })
    expect(await refusedAs(true)).toBe('databaseGone')
    rmSync(join(test.folder, 'backups'), { recursive: true })
    expect(await refusedAs(true)).toBe('opened')
  })

  it('serve makes no folder where its drive is missing', { timeout: 120_000 }, () => {
    const cli = join(import.meta.dirname, '../../src-main/cli.ts')
    const gone = join(test.folder, 'no-drive', 'data')
    const { status, stderr } = spawnSync(process.execPath, [cli, 'serve', '--data', gone, '--port', '0'], {
      encoding: 'utf8',
      timeout: 90_000,
    })
    expect([status, existsSync(join(test.folder, 'no-drive'))]).toEqual([1, false])
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  it('a second process is told who holds the folder', { timeout: 180_000 }, async () => {
    const cli = join(import.meta.dirname, '../../src-main/cli.ts')
    const holder = spawn(process.execPath, [cli, 'serve', '--data', test.folder, '--port', '0', '--no-pages'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    try {
      await once(holder.stdout, 'data')
      const second = spawnSync(process.execPath, [cli, 'serve', '--data', test.folder, '--port', '0'], {
        encoding: 'utf8',
        timeout: 90_000,
      })
      expect(second.status).not.toBe(0)
      expect(second.stdout).toBe('')
      expect(second.stderr.trim().split('\n')).toHaveLength(1)
      expect(second.stderr).toContain(String(holder.pid))
    } finally {
      holder.kill('SIGTERM')
      await once(holder, 'exit')
    }
    expect(await refusedAs()).toBe('opened')
  })
})
