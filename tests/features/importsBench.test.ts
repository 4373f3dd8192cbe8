import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Bench } from '../../src-main/features/imports/staging.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kezhan-bench-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('one change of the bench has its turn before it reads, so that another worker cannot write between', () => {
  const bench = Bench.make(folder, 'run')
  const other = new BetterSqlite3(bench.raw.name, { timeout: 0 })
  try {
    bench.inOne(() => {
      bench.requireOpen()
      expect(() => other.exec('begin immediate')).toThrow('locked')
      bench.saveEdit(2, 0, 'x')
    })
    other.exec('begin immediate')
    other.exec('rollback')
  } finally {
    other.close()
    bench.close()
  }
})
