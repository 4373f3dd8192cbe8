import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createBackup } from '../../src-main/kernel/backup.ts'
import { doctor } from '../../src-main/kernel/doctor.ts'
import { StartRefusal } from '../../src-main/kernel/startRefusal.ts'
import { addCustomers, AT, makeDataFolder } from '../support/dataFolder.ts'

let data: Awaited<ReturnType<typeof makeDataFolder>>
beforeEach(async () => {
  data = await makeDataFolder()
})
afterEach(() => data.remove())

const look = () => doctor(data.folder, { version: '0.1.0', newestSchema: data.newestSchema })
const journalOff = (sql: string) => {
  data.raw.exec('update current_command set seq = -1')
  data.raw.exec(sql)
  data.raw.exec('update current_command set seq = null')
}

describe('doctor', () => {
  it('finds a sound folder sound, and changes nothing', async () => {
    await createBackup(data.folder, { reason: 'manual', at: AT, program: '0.1.0' })
    const first = look()
    expect(first.problems).toEqual([])
    expect(first).toMatchObject({
      ok: true,
      chain: { commands: 2, faults: [], halfCommands: 0, cutOff: [] },
      backups: { count: 1, lastVerified: AT },
      searchIndexConsistent: true,
      matchKeysConsistent: true,
      duplicatesConsistent: true,
    })
    expect(first.tables['customer']?.rows).toBe(20)
    expect(first.matchKeysChecked).toBe(20)
    expect(look()).toEqual(first)
  })

  it('sees by the backups that the end of the history was cut off', async () => {
    addCustomers(data.raw, 3)
    const { id } = await createBackup(data.folder, { reason: 'manual', at: AT, program: '0.1.0' })
    expect(look().chain.cutOff).toEqual([])
    data.raw.exec('update current_command set seq = -1')
    const last = data.raw.prepare('select max(seq) from command').pluck().get()
    data.raw.prepare('delete from journal where seq = ?').run(last)
    data.raw.prepare('delete from command where seq = ?').run(last)
    data.raw.exec('update current_command set seq = null')
    const found = look()
    expect(found.chain).toMatchObject({ faults: [], halfCommands: 0, cutOff: [id] })
    expect(found.problems.join()).toContain(id)
  })

  it.each([
    [
      'history: command 2, images',
      () => journalOff("update journal set tbl = 'contact' where id = (select max(id) from journal)"),
    ],
    ['history: command 2, hash', () => journalOff("update command set actor_name = 'nobody' where seq = 2")],
    ['1 half commands', () => journalOff("insert into journal (seq, tbl, row_id, op) values (99, 'customer', 'x', 'i')")],
    ['trigger kezhan_customer_u is missing, changed or foreign', () => data.raw.exec('drop trigger kezhan_customer_u')],
    ['the search index does not fit the records', () => data.raw.exec('delete from search_doc where id = 1')],
    ['the keys for duplicates do not fit the records', () => data.raw.exec('delete from match_key where doc = 3')],
    // As many as before, another one: neither the sum nor the document tells it.
    [
      'the keys for duplicates do not fit the records',
      () =>
        data.raw.exec(
          'update match_key set key = key + 1 where doc = 3 and key in (select min(key) from match_key where doc = 3)',
        ),
    ],
    ['the keys for duplicates do not fit the records', () => data.raw.exec('insert into match_key (key, doc) values (5, 3)')],
    ['the keys for duplicates do not fit the records', () => data.raw.exec("update search_doc set keys = '[5]' where id = 3")],
    [
      'the result of the search for duplicates is not whole',
      () => data.raw.exec("insert into duplicate_member (run_id, n, customer_id) values ('gone', 1, 'x')"),
    ],
    [
      'the result of the search for duplicates is not whole',
      () =>
        data.raw.exec(`insert into duplicate_run (id, user_name, state, sure, created_at, finished_at) values ('r', 'x', 'done', 1, '${AT}', '${AT}');
          insert into duplicate_group (run_id, n, sure, score, because) values ('r', 1, 1, 99, '[]');
          insert into duplicate_member (run_id, n, customer_id) values ('r', 1, 'x')`),
    ],
    [
      '1 references lead nowhere',
      () => {
        data.raw.pragma('foreign_keys = off')
        journalOff("update customer set owner_id = 'nobody' where id = (select id from customer limit 1)")
      },
    ],
    [`schema 77, this program has`, () => data.raw.pragma('user_version = 77')],
  ])('says: %s', (sentence, harm) => {
    harm()
    const found = look()
    expect(found.ok).toBe(false)
    expect(found.problems.join('\n')).toContain(sentence)
  })

  it('names what was left behind and what only looks like a backup', () => {
    mkdirSync(join(data.folder, 'backups', '2026-01-01T00-00-00-000Z-daily'), { recursive: true })
    mkdirSync(join(data.folder, 'backups', '2026-01-02T00-00-00-000Z-daily.part'))
    writeFileSync(join(data.folder, 'kezhan.db.restore.part'), '')
    expect(look().orphanFiles).toHaveLength(3)
  })

  it('refuses what is no database, and a folder without one', () => {
    const reason = () => {
      try {
        look()
      } catch (error) {
        return error instanceof StartRefusal ? error.reason : String(error)
      }
      return 'was sound'
    }
    addCustomers(data.raw, 500)
    data.raw.pragma('wal_checkpoint(truncate)')
    data.raw.close()
    const file = join(data.folder, 'kezhan.db')
    const bytes = readFileSync(file)
    writeFileSync(file, 'not a database, but long enough to be read as one'.repeat(100))
    expect(reason()).toBe('corrupt')
    writeFileSync(file, bytes)
    truncateSync(file, Math.floor(bytes.length / 2))
    expect(['corrupt', 'was sound']).toContain(reason())
    expect(reason() === 'was sound' ? look().ok : false).toBe(false)
    rmSync(file)
    expect(reason()).toBe('noDatabase')
  })
})
