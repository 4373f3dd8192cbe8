// decisions.md "One journal": append-only, a hash chain over commands and row images, purging as the one way to blank.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { doctor } from '../../src-main/kernel/doctor.ts'
import { verifyChain } from '../../src-main/kernel/journal.ts'
import { type Office, openOffice } from '../support/factories.ts'

let office: Office
beforeEach(async () => {
  office = await openOffice()
  const client = office.as(office.admin)
  for (let n = 0; n < 5; n++) {
    const { id } = await client.customers.create({ name: `客户${n}` })
    await client.customers.edit({ id, version: 1, values: { level: 'A' } })
  }
})
afterEach(() => office.close())

const raw = () => office.running.backend.database.raw
const faults = () => verifyChain(raw()).faults
const last = (): number => raw().prepare('select max(seq) from command').pluck().get() as number
/** What somebody with the file and a SQLite shell could do. */
const tamper = (sql: string, ...values: unknown[]): void => {
  raw().exec(
    'drop trigger kezhan_command_no_update; drop trigger kezhan_command_no_delete; drop trigger kezhan_journal_no_update; drop trigger kezhan_journal_no_delete',
  )
  raw()
    .prepare(sql)
    .run(...values)
}

describe('the guards', () => {
  it.each(['command', 'journal'])('refuse to change or delete a row of %s', (table) => {
    const count = () => raw().prepare(`select count(*) from ${table}`).pluck().get()
    const before = count()
    expect(() => raw().exec(`update ${table} set seq = seq + 1000`)).toThrow(/only ever added to/)
    expect(() => raw().exec(`delete from ${table}`)).toThrow(/only ever added to/)
    expect(count()).toBe(before)
    expect(faults()).toEqual([])
  })
})

describe('the chain', () => {
  it('is whole, and begins with the migration', () => {
    expect(verifyChain(raw())).toEqual({ commands: last(), faults: [] })
    expect(raw().prepare('select procedure from command where seq = 1').pluck().get()).toBe('kernel.migrate')
  })

  it('shows an edited row image', () => {
    const seq = raw().prepare("select seq from journal where op = 'u' limit 1").pluck().get() as number
    tamper("update journal set before = json_set(before, '$.level', 'C') where seq = ?", seq)
    expect(faults()).toEqual([{ seq, what: 'images' }])
  })

  it('shows a removed and an added row image', () => {
    tamper('delete from journal where id = (select max(id) from journal)')
    expect(faults()).toEqual([{ seq: last(), what: 'images' }])
    raw()
      .prepare("insert into journal (seq, tbl, row_id, op) values (?, 'customer', 'x', 'i')")
      .run(last() - 1)
    expect(faults()).toHaveLength(2)
  })

  it.each(['at', 'actor_name', 'procedure', 'action', 'record_id', 'detail', 'origin', 'row_count', 'images'])(
    'shows an edited %s of a command',
    (column) => {
      const seq = last() - 2
      tamper(`update command set "${column}" = ? where seq = ?`, column === 'row_count' ? 7 : 'forged', seq)
      expect(faults()).toContainEqual({ seq, what: 'hash' })
    },
  )

  it('shows a command whose hash was made to fit: the next one does not follow from it', () => {
    const seq = last() - 2
    tamper("update command set hash = 'f00d' where seq = ?", seq)
    expect(faults()).toEqual([
      { seq, what: 'hash' },
      { seq: seq + 1, what: 'previous' },
    ])
  })

  it('shows a removed command', () => {
    const seq = last() - 3
    tamper('delete from command where seq = ?', seq)
    expect(faults()).toContainEqual({ seq: seq + 1, what: 'gap' })
    expect(faults()).toContainEqual({ seq: seq + 1, what: 'previous' })
  })

  it('shows two commands that changed places', () => {
    const [a, b] = [last() - 1, last()]
    tamper('update command set seq = -1 where seq = ?', a)
    raw().prepare('update command set seq = ? where seq = ?').run(a, b)
    raw().prepare('update command set seq = ? where seq = -1').run(b)
    const found = faults()
    expect(found.some(({ seq, what }) => seq === a && what === 'previous')).toBe(true)
    expect(found.some(({ seq, what }) => seq === b && what === 'hash')).toBe(true)
  })

  it('is what the doctor reads', () => {
    tamper("update command set actor_name = 'somebody else' where seq = ?", last())
    const diagnosis = doctor(office.running.folder, {
      version: 'test',
      newestSchema: raw().pragma('user_version', { simple: true }) as number,
    })
    expect(diagnosis.ok).toBe(false)
    expect(diagnosis.problems).toContain(`history: command ${last()}, hash`)
  })
})

describe('purging', () => {
  const purge = async () => {
    const client = office.as(office.admin)
    const row = await client.customers.create({ name: '绝密客户名称', phone: '13877776666', note: '绝密备注' })
    await client.contacts.create({ customerId: row.id, name: '绝密联系人' })
    await client.customers.edit({ id: row.id, version: 1, values: { note: '绝密备注二' } })
    await client.customers.removeMany({ selection: { ids: [row.id] } })
    expect(JSON.stringify(raw().prepare('select before, after from journal').all())).toContain('绝密')
    expect(await client.customers.purgeMany({ selection: { ids: [row.id] }, confirmCount: 1 })).toMatchObject({ changed: 1 })
    return row
  }
  const everything = (): string =>
    ['journal', 'command', 'customer', 'contact', 'idempotency', 'search_doc', 'match_key', 'record_tag']
      .map((table) => JSON.stringify(raw().prepare(`select * from ${table}`).all()))
      .join()

  it('leaves nothing of the rows in any table, and the chain still verifies', async () => {
    await purge()
    expect(everything()).not.toMatch(/绝密|13877776666/)
    expect(faults()).toEqual([])
    const diagnosis = doctor(office.running.folder, {
      version: 'test',
      newestSchema: raw().pragma('user_version', { simple: true }) as number,
    })
    expect(diagnosis.problems).toEqual([])
  })

  it('still lets an edit of another image be seen, and of the list of what was blanked', async () => {
    await purge()
    tamper(
      "update journal set before = '{}' where id = (select min(id) from journal where op = 'u' and before <> '{}' and tbl = 'customer')",
    )
    expect(faults()).toHaveLength(1)
    raw().exec("update command set detail = json_set(detail, '$.blanked', json_array(1, 2, 3)) where action = 'purged'")
    expect(faults().some(({ what }) => what === 'hash')).toBe(true)
  })
})
