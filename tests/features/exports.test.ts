// An export leaves the program: every file has its own entry in the history, and nobody gets one that has none.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildActor } from '../../src-main/features/session/public.ts'
import type { Backend } from '../../src-main/kernel/context.ts'
import { type Client, clientAs, freshKey } from '../support/backend.ts'
import { bySystem, type Office, openOffice } from '../support/factories.ts'
import { why } from '../support/guest.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
  await office.as(office.admin).customers.create({ name: '绍兴越纺印染有限公司' })
})
afterAll(() => office.close())

const entries = () =>
  office.running.backend.database.raw.prepare("select count(*) from command where action = 'exported'").pluck().get() as number
const files = () => {
  const home = join(office.running.folder, 'exports')
  return existsSync(home) ? readdirSync(home).filter((name) => !name.endsWith('.json') && !old.has(name)) : []
}
let old = new Set<string>()
beforeEach(() => {
  old = new Set([...old, ...files()])
})
const request: Parameters<Client['exports']['start']>[0] = {
  entity: 'customer',
  selection: { which: {}, except: [] },
  format: 'csv',
}
const withKey = (key: string, backend: Backend = office.running.backend) => clientAs(backend, office.admin, () => key).exports

describe('an export', () => {
  it('repeated under its key answers with the first file and its rows, and leaves one entry', async () => {
    const [key, before] = [freshKey(), entries()]
    const first = await withKey(key).start(request)
    await office.as(office.admin).customers.create({ name: '后来才有的客户' })
    expect(await withKey(key).start(request)).toEqual(first)
    expect([entries() - before, files()]).toEqual([1, [first.id]])
    const text = await (await office.as(office.admin).exports.download({ id: first.id })).text()
    expect(text).toContain('绍兴越纺')
    expect(text).not.toContain('后来才有的客户')
    const again = await withKey(freshKey()).start(request)
    expect([again.rows, entries() - before]).toEqual([2, 2])
  })

  it('asked for twice at once under one key leaves one entry and one file to fetch', async () => {
    const [key, before] = [freshKey(), entries()]
    const [one, other] = await Promise.all([withKey(key).start(request), withKey(key).start(request)])
    expect(one).toEqual(other)
    expect(entries() - before).toBe(1)
    const fetched = await Promise.all(files().map((id) => why(office.as(office.admin).exports.download({ id }))))
    expect(fetched.filter((what) => what === 'allowed')).toHaveLength(1)
  })

  it('whose entry could not be written cannot be fetched', async () => {
    const { backend } = office.running
    const before = entries()
    process.env['KEZHAN_QUIET_FAULTS'] = '1'
    backend.database.raw.exec("create temp trigger no_entry before insert on command begin select raise(abort, 'no'); end")
    expect(await why(withKey(freshKey()).start(request))).toBe('INTERNAL_SERVER_ERROR')
    backend.database.raw.exec('drop trigger no_entry')
    expect(entries()).toBe(before)
    expect(files()).toHaveLength(1)
    for (const id of files()) expect(await why(office.as(office.admin).exports.download({ id }))).toBe('REFUSED:gone')
  })

  it('is handed out for an hour, to whoever made it and may still export', async () => {
    const made = await office.as(office.sales).customers.create({ name: '自己的客户' })
    const { id } = await office.as(office.sales).exports.start({ ...request, selection: { ids: [made.id] } })
    expect(await why(office.as(office.sales).exports.download({ id }))).toBe('allowed')
    expect(await why(office.as(office.admin).exports.download({ id }))).toBe('REFUSED:gone')
    await bySystem(office.running, ({ tx }) =>
      tx.deleteFrom('rolePermission').where('permission', '=', 'customers.export').execute(),
    )
    const cut = buildActor(office.running.backend.database.raw, office.sales.userId, { origin: 'http', today: '2026-11-19' })
    expect(await why(office.as(cut ?? office.admin).exports.download({ id }))).toBe('FORBIDDEN')
    office.running.clock.move(3_600_000 + 1000)
    expect(await why(office.as(office.sales).exports.download({ id }))).toBe('REFUSED:gone')
  })
})
