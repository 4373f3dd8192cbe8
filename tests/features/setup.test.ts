import { afterEach, describe, expect, it } from 'vitest'
import { issueSetupToken, setUpWorkspace, workspaceProblem } from '../../src-main/features/setup/public.ts'
import { tableDigests } from '../../src-main/kernel/digest.ts'
import { PERMISSIONS } from '../../src-shared/kernel/permissions.ts'
import { ADMIN, clientAs, freshKey, startBackend, type TestBackend } from '../support/backend.ts'
import { guest, refusal, why } from '../support/guest.ts'

let running: TestBackend
const open = async (setUp = false) => {
  running = await startBackend({ setUp })
  return running
}
afterEach(() => running.dispose())

const ANSWERS = {
  company: '苏州澄明光电有限公司',
  timeZone: 'Asia/Shanghai',
  name: '林晓雯',
  login: 'Lin',
  password: 'seven cranes over water',
}
const raw = () => running.backend.database.raw
const count = (table: string) => raw().prepare(`select count(*) from ${table}`).pluck().get() as number
const admin = async () => {
  const g = guest(running)
  await g.client.session.login({ login: ADMIN.login, password: ADMIN.password })
  return g
}

describe('first run', () => {
  it('takes the token of the address that was opened', async () => {
    await open()
    const token = issueSetupToken(running.backend)
    const without = guest(running)
    expect(await without.client.session.welcome({})).toMatchObject({ company: null, needsSetup: true, maySetup: false })
    expect(await why(without.client.setup.complete(ANSWERS))).toBe('REFUSED:wrongToken')
    const wrong = guest(running, { setupToken: `${token?.slice(0, -2)}xx` })
    expect((await wrong.client.session.welcome({})).maySetup).toBe(false)
    expect(await why(wrong.client.setup.complete(ANSWERS))).toBe('REFUSED:wrongToken')
    expect(count('user_account')).toBe(0)
    expect(JSON.stringify(raw().prepare('select * from meta').all())).not.toContain(token)

    const right = guest(running, { setupToken: token })
    expect((await right.client.session.welcome({})).maySetup).toBe(true)
    await right.client.setup.complete(ANSWERS)
    const me = await right.client.session.me({})
    expect(me).toMatchObject({
      name: '林晓雯',
      login: 'Lin',
      company: ANSWERS.company,
      timeZone: 'Asia/Shanghai',
      roles: [{ name: '管理员', builtin: 'admin' }],
    })
    expect(Object.keys(me.permissions).toSorted()).toEqual([...PERMISSIONS].toSorted())
    expect(Object.values(me.permissions).every((scope) => scope === 'all')).toBe(true)
  })

  it('happens once: the token is used up, and a new one is not issued', async () => {
    await open()
    const token = issueSetupToken(running.backend)
    await guest(running, { setupToken: token }).client.setup.complete(ANSWERS)
    expect(await why(guest(running, { setupToken: token }).client.setup.complete({ ...ANSWERS, login: 'second' }))).toBe(
      'REFUSED:alreadySetUp',
    )
    expect(issueSetupToken(running.backend)).toBeNull()
    expect(count('user_account')).toBe(1)
    expect(await guest(running, { setupToken: token }).client.session.welcome({})).toMatchObject({
      needsSetup: false,
      maySetup: false,
    })
  })

  it('two wizards at once make one workspace', async () => {
    await open()
    const token = issueSetupToken(running.backend)
    const answers = await Promise.all(
      ['one', 'two', 'three'].map((login) =>
        why(guest(running, { setupToken: token }).client.setup.complete({ ...ANSWERS, login })),
      ),
    )
    expect(answers.toSorted()).toEqual(['REFUSED:alreadySetUp', 'REFUSED:alreadySetUp', 'allowed'])
    expect([count('workspace'), count('user_account'), count('role')]).toEqual([1, 1, 6])
  })

  it('a token issued again makes the one before worthless', async () => {
    await open()
    const first = issueSetupToken(running.backend)
    const second = issueSetupToken(running.backend)
    expect(await why(guest(running, { setupToken: first }).client.setup.complete(ANSWERS))).toBe('REFUSED:wrongToken')
    await guest(running, { setupToken: second }).client.setup.complete(ANSWERS)
  })

  it.each([
    ['tooShort', { password: 'short' }],
    ['tooLong', { password: '春江潮水连海平'.repeat(60) }],
    ['tooCommon', { password: 'qwertyuiop12' }],
    ['sameAsName', { password: '苏州澄明光电有限公司2026' }],
    ['zoneUnknown', { timeZone: 'Mars/Olympus' }],
  ])('is refused and leaves nothing: %s', async (reason, wrong) => {
    await open()
    const g = guest(running, { setupToken: issueSetupToken(running.backend) })
    expect(await why(g.client.setup.complete({ ...ANSWERS, ...wrong }))).toBe(`REFUSED:${reason}`)
    expect([count('workspace'), count('user_account'), count('role'), count('session')]).toEqual([0, 0, 0, 0])
  })

  it('seeds roles, root department and working hours as rows that people may change', async () => {
    await open()
    await setUpWorkspace(running.backend, ADMIN)
    expect(raw().prepare('select builtin, name from role order by created_at, id').all()).toEqual([
      { builtin: 'admin', name: '管理员' },
      { builtin: 'salesManager', name: '销售主管' },
      { builtin: 'sales', name: '销售' },
      { builtin: 'service', name: '客服' },
      { builtin: 'finance', name: '财务' },
      { builtin: 'viewer', name: '只读' },
    ])
    expect(raw().prepare('select name, parent_id from department').all()).toEqual([{ name: ADMIN.company, parent_id: null }])
    expect(raw().prepare('select weekday, spans from calendar_hours where weekday in (1, 5, 6) order by weekday').all()).toEqual([
      { weekday: 1, spans: '[["09:00","12:00"],["13:30","18:00"]]' },
      { weekday: 5, spans: '[["09:00","12:00"],["13:30","18:00"]]' },
      { weekday: 6, spans: '[]' },
    ])
    const may = (builtin: string) =>
      raw()
        .prepare('select permission from role_permission p join role r on r.id = p.role_id where builtin = ?')
        .pluck()
        .all(builtin)
    expect(may('finance')).not.toContain('followUps.read')
    expect(may('sales')).not.toContain('customers.transfer')
    expect(
      raw()
        .prepare(
          `select field_right from role_field_right f join role r on r.id = f.role_id where builtin = 'viewer' and entity = 'customer' and field = 'phone'`,
        )
        .pluck()
        .get(),
    ).toBe('masked')
  })
})

describe('on the command line', () => {
  it('says in a sentence what is wrong before anything is made', async () => {
    await open()
    expect(workspaceProblem(ADMIN, 'zh_CN.UTF-8')).toBeNull()
    expect(workspaceProblem({ ...ADMIN, password: 'short' }, 'zh_CN.UTF-8')).toBe('密码至少要 12 个字符')
    expect(workspaceProblem({ ...ADMIN, timeZone: 'Mars' }, 'C')).toBe('There is no such time zone')
  })
})

describe('sample data', () => {
  it('comes with the first run when asked for, and goes in one click', async () => {
    await open()
    const g = guest(running, { setupToken: issueSetupToken(running.backend) })
    await g.client.setup.complete({ ...ANSWERS, sampleData: true })
    expect((await g.client.session.me({})).hasSampleData).toBe(true)
    expect([count('customer'), count('employee')]).toEqual([60, 5])
    expect(count('contact')).toBeGreaterThanOrEqual(60)
    expect(count('follow_up')).toBeGreaterThan(30)
    expect(count('record_tag')).toBeGreaterThan(10)
    expect(raw().prepare('select count(*) from search_doc').pluck().get()).toBeGreaterThanOrEqual(120)
    const { rows } = await g.client.customers.list({ limit: 50 })
    expect(rows.some((row) => row.ownerName === '林晓雯')).toBe(true)

    expect(await g.client.setup.removeSampleData({})).toEqual({ removed: 60, kept: 0 })
    expect([
      count('customer'),
      count('contact'),
      count('follow_up'),
      count('record_tag'),
      count('tag'),
      count('employee'),
      count('department'),
    ]).toEqual([0, 0, 0, 0, 0, 1, 1])
    expect((await g.client.session.me({})).hasSampleData).toBe(false)
    expect(await why(g.client.setup.removeSampleData({}))).toBe('REFUSED:noSampleData')
  })

  it('leaves the business as it was before', async () => {
    await open(true)
    const g = await admin()
    const before = tableDigests(raw())
    await g.client.setup.addSampleData({})
    expect(await why(g.client.setup.addSampleData({}))).toBe('REFUSED:hasSampleData')
    await g.client.setup.removeSampleData({})
    expect(tableDigests(raw())).toEqual(before)
    await g.client.setup.addSampleData({})
    expect(count('customer')).toBe(60)
  })

  it('keeps what people hung something on, or changed', async () => {
    await open(true)
    const g = await admin()
    await g.client.setup.addSampleData({})
    const { rows } = await g.client.customers.list({ limit: 50 })
    const [worked, renamed] = rows
    if (!worked || !renamed) throw new Error('no samples')
    await g.client.contacts.create({ customerId: worked.id, name: '真实的人' })
    await g.client.customers.edit({ id: renamed.id, version: renamed.version, values: { note: '这家要留着' } })
    expect(await g.client.setup.removeSampleData({})).toEqual({ removed: 58, kept: 2 })
    const left = await g.client.customers.list({ limit: 50 })
    expect(left.rows.map((row) => row.id).toSorted()).toEqual([worked.id, renamed.id].toSorted())
    expect((await g.client.contacts.ofCustomer({ customerId: worked.id })).map((contact) => contact.name)).toContain('真实的人')
  })

  it('takes the right to change settings', async () => {
    await open(true)
    const g = guest(running)
    expect((await refusal(g.client.setup.addSampleData({}))).what).toBe('UNAUTHORIZED:signedOut')
  })
})

describe('sample data cut off and asked for again under its key', () => {
  it('stand under the number that the workspace remembers, and all go again', async () => {
    await open(true)
    process.env['KEZHAN_QUIET_FAULTS'] = '1'
    const me = running.actorOf((await admin()).token(), 'http')
    const key = freshKey()
    const { setup } = clientAs(running.backend, me, () => key)
    raw().exec(
      "create temp trigger cut before insert on customer when (select count(*) from customer) >= 20 begin select raise(abort, 'cut'); end",
    )
    expect(await why(setup.addSampleData({}))).toBe('INTERNAL_SERVER_ERROR')
    raw().exec('drop trigger cut')
    expect(count('customer')).toBe(20)
    await setup.addSampleData({})
    expect(count('customer')).toBe(60)
    const strays = raw().prepare(
      "select count(*) from command where action = 'seeded' and batch_id is not (select sample_batch_id from workspace)",
    )
    expect(strays.pluck().get()).toBe(0)
    await clientAs(running.backend, me).setup.removeSampleData({})
    expect(count('customer')).toBe(0)
  })
})
