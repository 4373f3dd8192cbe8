import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { createBackend } from '../../src-main/backend.ts'
import { listBackups } from '../../src-main/kernel/backup.ts'
import { tableDigests, wholeDigest } from '../../src-main/kernel/digest.ts'
import { loadMigrations } from '../../src-main/kernel/migrate.ts'
import { restore } from '../../src-main/kernel/restore.ts'
import { clientAs, startBackend, testLog, type TestBackend } from '../support/backend.ts'
import { administrator } from '../support/factories.ts'
import { csvFile, settled } from './importFixtures.ts'

let test: TestBackend
afterEach(() => rmSync(test.folder, { recursive: true, force: true }))

const ROWS = Array.from({ length: 300 }, (_, n) => [`恢复${n.toString(36)}机械有限公司`, `139${String(20_000_000 + n)}`])

it('a restored backup that was made before an import does not import again until somebody says so', {
  timeout: 120_000,
}, async () => {
  test = await startBackend()
  await test.start()
  const admin = administrator(test)
  const client = clientAs(test.backend, admin)
  const path = csvFile([['公司', '电话'], ...ROWS])
  const { id } = await client.imports.upload({ entity: 'customer', file: new File([readFileSync(path)], 'a.csv') })
  await client.imports.prepare({ id })
  await settled(client, id)
  await client.imports.run({ id })
  expect(await settled(client, id)).toMatchObject({ state: 'done', counts: { created: 300 } })
  await test.close()

  const backup = listBackups(test.folder).find(({ manifest }) => manifest.reason === 'beforeImport')
  if (!backup) throw new Error('no backup was made before the import')
  const newestSchema = (await loadMigrations()).length
  await restore(test.folder, { backup: backup.id, at: test.clock.now(), program: 'test', newestSchema })

  const again = await createBackend({ folder: test.folder, now: test.clock.now, log: testLog() })
  try {
    await again.start()
    const { jobs } = again.backend.services
    const { jobId } = await again.backend.database.read.selectFrom('importRun').select('jobId').executeTakeFirstOrThrow()
    expect(await jobs.settled(jobId ?? '')).toMatchObject({ state: 'interrupted', wanted: null })
    expect(wholeDigest(tableDigests(again.backend.database.raw))).toBe(backup.manifest.business)
    const there = clientAs(again.backend, admin)
    expect(await there.imports.get({ id })).toMatchObject({ state: 'interrupted', error: 'restored', counts: { created: 0 } })
    await there.imports.resume({ id })
    expect(await settled(there, id)).toMatchObject({ state: 'done', counts: { created: 300 } })

    // Without the rows that were laid ready there is nothing to go on with, and that is said.
    await there.imports.undo({ id })
    expect(await settled(there, id)).toMatchObject({ state: 'undone', undo: { kept: 0, failed: 0 } })
    rmSync(join(test.folder, 'imports', id), { recursive: true })
    await expect(there.imports.check({ id, filter: 'all', offset: 0, limit: 10 })).rejects.toMatchObject({
      data: { reason: 'fileGone' },
    })
  } finally {
    await again.close()
  }
})
