import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listBackups, leftovers } from '../../src-main/kernel/backup.ts'
import { doctor } from '../../src-main/kernel/doctor.ts'
import { loadMigrations } from '../../src-main/kernel/migrate.ts'
import { clientAs, startBackend } from '../support/backend.ts'

const mount = (...args: string[]) => spawnSync('mount', args, { encoding: 'utf8' }).status === 0
const unmount = (folder: string) => spawnSync('umount', ['-l', folder])

/** A small disk of its own; only root may make one. */
const disk = (() => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null
  const folder = mkdtempSync(join(tmpdir(), 'kezhan-disk-'))
  return mount('-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', folder) ? folder : null
})()
const why = 'making a small disk needs root and mount'

describe('a full disk', () => {
  it('refuses to write, goes on reading, loses nothing, and writes again when there is room', {
    timeout: 120_000,
  }, async (context) => {
    if (disk === null) return context.skip(why)
    process.env['KEZHAN_QUIET_FAULTS'] = '1'
    const folder = join(disk, 'data')
    const test = await startBackend({ folder })
    try {
      const client = clientAs(test.backend, test.sessions.localAdmin('http'))
      writeFileSync(join(disk, 'ballast'), Buffer.alloc(12 * 1024 * 1024))
      const written: string[] = []
      let refused: { data?: { cause?: string } } | null = null
      for (let n = 0; n < 20_000 && refused === null; n++)
        await client.customers.create({ name: `第${n}号客户有限公司`, note: '一'.repeat(2000) }).then(
          ({ id }) => void written.push(id),
          (error: { data?: { cause?: string } }) => {
            refused = error
          },
        )
      expect(refused).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', data: { cause: 'diskFull' } })
      expect(written.length).toBeGreaterThan(10)

      expect(await client.customers.get({ id: written[0] as never })).toMatchObject({ id: written[0] })
      await expect(test.backend.services.backups.make('manual')).rejects.toThrow('diskFull')
      expect([listBackups(folder), leftovers(folder)]).toEqual([[], []])

      mount('-o', 'remount,size=400m', disk)
      const after = await client.customers.create({ name: '腾出空间之后' })
      expect(count(test.backend.database.raw)).toBe(written.length + 1)
      expect(await client.customers.get({ id: after.id })).toMatchObject({ name: '腾出空间之后' })
      expect((await test.backend.services.backups.make('manual')).manifest.tables['customer']?.rows).toBe(written.length + 1)
      await test.close()
      expect(doctor(folder, { version: '0', newestSchema: (await loadMigrations()).length }).problems).toEqual([])
    } finally {
      delete process.env['KEZHAN_QUIET_FAULTS']
      await test.close()
      unmount(disk)
      rmSync(disk, { recursive: true, force: true })
    }
  })
})

const count = (raw: { prepare: (sql: string) => { pluck: () => { get: () => unknown } } }) =>
  raw.prepare('select count(*) from customer').pluck().get()
