import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readArguments, UsageError } from '../../src-main/cli/arguments.ts'
import { startBackend, type TestBackend } from '../support/backend.ts'

const cli = join(import.meta.dirname, '../../src-main/cli.ts')

describe('options', () => {
  it.each([
    ['export', ['--data', 'd', '--entity', 'customer', '--out', 'o.csv', '--filter', '{}']],
    ['backup', ['--data', 'd', '--verify']],
    ['serve', ['--data', 'd', '--ack-file', 'a']],
    ['import', ['--data', 'd', '--entity', 'customer', 'a.csv', '--search', '云']],
    ['doctor', ['--data', 'd', 'a.csv']],
    ['nothing', []],
    ['constructor', []],
  ])('%s refuses what it does not know: %j', (verb, argv) => expect(() => readArguments(verb, argv)).toThrow(UsageError))

  it('are taken by the verb that has them', () => {
    expect(readArguments('import', ['--data', 'd', '--dry-run', 'a.csv'])).toEqual({
      values: expect.objectContaining({ data: 'd', 'dry-run': true }) as object,
      files: ['a.csv'],
    })
  })
})

describe('a verb on a folder that is being served', () => {
  let test: TestBackend
  beforeAll(async () => {
    test = await startBackend()
    await test.close()
  })
  afterAll(() => rmSync(test.folder, { recursive: true, force: true }))

  it('takes files from where its caller stands', { timeout: 180_000 }, async () => {
    const [there, here] = [`${test.folder}-there`, `${test.folder}-here`]
    for (const folder of [there, here]) mkdirSync(folder)
    writeFileSync(join(here, 'kunden.csv'), '公司名称,手机\n此处贸易有限公司,13800000001\n')
    const host = spawn(process.execPath, [cli, 'serve', '--data', test.folder, '--port', '0', '--no-pages'], {
      cwd: there,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    try {
      await once(host.stdout, 'data')
      const run = (...args: string[]) =>
        spawnSync(process.execPath, [cli, ...args, '--data', test.folder], { cwd: here, encoding: 'utf8', timeout: 90_000 })
      const brought = run('import', '--entity', 'customer', 'kunden.csv', '--errors', 'errors.xlsx')
      expect(brought.stderr).toBe('')
      expect(JSON.parse(brought.stdout)).toMatchObject({ created: 1 })
      expect(run('export', '--entity', 'customer', '--out', 'all.csv').status).toBe(0)
      for (const name of ['errors.xlsx', 'all.csv'])
        expect([existsSync(join(here, name)), existsSync(join(there, name))], name).toEqual([true, false])
    } finally {
      host.kill('SIGTERM')
      await once(host, 'exit')
      for (const folder of [there, here]) rmSync(folder, { recursive: true, force: true })
    }
  })
})
