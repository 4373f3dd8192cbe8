import { createHash } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { ADMIN, startBackend, type TestBackend } from '../support/backend.ts'
import { guest, refusal, why } from '../support/guest.ts'

let running: TestBackend
const open = async () => {
  running = await startBackend()
  return running
}
afterEach(() => running.dispose())

const RIGHT = { login: ADMIN.login, password: ADMIN.password }
const WRONG = { login: ADMIN.login, password: 'not the password' }
const NEXT = 'tram olive ninety four'
const SECOND = 1000
const HOUR = 3_600_000
const sql = () => running.backend.database.raw
const sessions = () => sql().prepare('select count(*) from session').pluck().get() as number
const lastCommand = () =>
  sql().prepare('select action, actor_name as name, detail, irreversible from command order by seq desc limit 1').get() as {
    action: string
    name: string
    detail: string
    irreversible: string
  }

describe('signing in', () => {
  it('opens a session whose token is kept only as a hash, and says who is there', async () => {
    await open()
    const g = guest(running)
    expect(await why(g.client.session.me({}))).toBe('UNAUTHORIZED:signedOut')
    await g.client.session.login({ ...RIGHT, login: '  ADMIN ' })
    const me = await g.client.session.me({})
    expect(me).toMatchObject({
      login: 'admin',
      name: ADMIN.name,
      company: ADMIN.company,
      roles: [{ name: '管理员', builtin: 'admin' }],
      hasSampleData: false,
      mustChangePassword: false,
    })
    expect(me.permissions['customers.purge']).toBe('all')
    expect(JSON.stringify(sql().prepare('select * from session').all())).not.toContain(g.token())
    expect(Buffer.from(g.token() ?? '', 'base64url')).toHaveLength(32)
    expect(lastCommand()).toMatchObject({ action: 'signedIn', name: ADMIN.name })
  })

  it('leaves neither a password nor a quick digest of one in the file', async () => {
    await open()
    const g = guest(running)
    await g.client.session.login(RIGHT)
    const change = { current: ADMIN.password, next: NEXT }
    await g.client.session.changePassword(change)
    const stored = JSON.stringify(
      ['idempotency', 'command', 'journal', 'login_guard', 'session'].map((table) =>
        sql().prepare(`select * from ${table}`).all(),
      ),
    )
    for (const secret of [ADMIN.password, NEXT]) expect(stored).not.toContain(secret)
    for (const input of [RIGHT, change])
      expect(stored).not.toContain(createHash('sha256').update(JSON.stringify(input)).digest('hex'))
    const { hash } = sql().prepare('select password_hash as hash from credential').get() as { hash: string }
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=\d+,t=\d,p=1\$/)
  })

  it('replaces the session that was there: a token known before the login is worth nothing after it', async () => {
    await open()
    const g = guest(running)
    await g.client.session.login(RIGHT)
    const before = g.token() ?? ''
    await g.client.session.login(RIGHT)
    expect(g.token()).not.toBe(before)
    expect(running.actorOf(before, 'http')).toBeNull()
    expect(sessions()).toBe(1)
  })

  it('ends by signing out', async () => {
    await open()
    const g = guest(running)
    await g.client.session.login(RIGHT)
    const token = g.token()
    await g.client.session.logout({})
    expect(g.token()).toBeNull()
    expect(running.actorOf(token, 'http')).toBeNull()
  })
})

describe('guessing', () => {
  it('answers alike for a wrong password and a name that does not exist', async () => {
    await open()
    const [a, b] = [guest(running), guest(running, { address: '10.0.0.2' })]
    const wrong = await refusal(a.client.session.login(WRONG))
    const unknown = await refusal(b.client.session.login({ login: 'nobody', password: 'not the password' }))
    expect(wrong).toEqual({ what: 'REFUSED:wrongPassword', detail: { triesLeft: 9, waitSeconds: 0 } })
    expect(unknown).toEqual(wrong)
    expect(sql().prepare('select count(*) from login_guard').pluck().get()).toBe(4)
  })

  it('nobody else at the address locks out a device on which the account has signed in before', async () => {
    await open()
    const [own, stranger] = [guest(running), guest(running)]
    await own.client.session.login(RIGHT)
    await own.client.session.logout({})
    // Thirty names, the administrator's ten times among them: the account and the whole address are shut for strangers.
    for (let tries = 0; tries < 40; tries++) {
      await refusal(stranger.client.session.login(tries % 3 === 0 ? WRONG : { login: `name-${tries}`, password: 'wrong' }))
      running.clock.move(10 * SECOND)
    }
    for (const door of [stranger, guest(running)])
      expect(await why(door.client.session.login(RIGHT))).toMatch(/REFUSED:(locked|wait)/)
    await own.client.session.login(RIGHT)
    expect(await why(own.client.session.changePassword({ current: ADMIN.password, next: NEXT }))).toBe('allowed')
    expect(JSON.stringify(sql().prepare('select * from login_guard').all())).not.toContain(own.keepsake())
    // It is known for this account only, and its own guesses count.
    expect(await why(own.client.session.login({ login: 'nobody', password: 'x' }))).toBe('REFUSED:wait')
    for (let tries = 0; tries < 10; tries++) {
      await refusal(own.client.session.login(WRONG))
      running.clock.move(31 * SECOND)
    }
    expect(await why(own.client.session.login({ ...RIGHT, password: NEXT }))).toBe('REFUSED:locked')
  })

  it('a device that has been away for a quarter of a year is a stranger again', async () => {
    await open()
    const own = guest(running)
    await own.client.session.login(RIGHT)
    running.clock.move(91 * 24 * HOUR)
    const stranger = guest(running)
    for (let tries = 0; tries < 10; tries++) {
      await refusal(stranger.client.session.login(WRONG))
      running.clock.move(31 * SECOND)
    }
    expect(await why(own.client.session.login(RIGHT))).toBe('REFUSED:locked')
  })

  it('does not write down what was typed as a name', async () => {
    await open()
    const g = guest(running)
    await refusal(g.client.session.login({ login: 'my secret password', password: 'x' }))
    const stored = JSON.stringify(['command', 'login_guard'].map((table) => sql().prepare(`select * from ${table}`).all()))
    expect(stored).not.toContain('my secret password')
    expect(lastCommand()).toMatchObject({ action: 'signInRefused', irreversible: expect.any(String) as string })
  })

  it('slows down from the third try on, and locks after the tenth for a quarter of an hour', async () => {
    await open()
    const g = guest(running)
    const waits: number[] = []
    for (let tries = 1; tries <= 10; tries++) {
      const { what, detail } = await refusal(g.client.session.login(WRONG))
      expect(what).toBe(tries < 10 ? 'REFUSED:wrongPassword' : 'REFUSED:locked')
      if (tries === 10) break
      expect(detail['triesLeft']).toBe(10 - tries)
      const tooSoon = await refusal(g.client.session.login(WRONG))
      if (tries >= 2) {
        expect(tooSoon.what).toBe('REFUSED:wait')
        waits.push(Number(tooSoon.detail['waitSeconds']))
        running.clock.move(Number(tooSoon.detail['waitSeconds']) * SECOND)
      } else {
        expect(tooSoon.what).toBe('REFUSED:wrongPassword')
        tries++
        running.clock.move(SECOND)
      }
    }
    expect(waits).toEqual([2, 4, 8, 16, 30, 30, 30])
    expect(await refusal(g.client.session.login(RIGHT))).toMatchObject({
      what: 'REFUSED:locked',
      detail: { waitSeconds: expect.any(Number) as number },
    })
    const other = guest(running, { address: '10.0.0.9' })
    await other.client.session.login(RIGHT)
    expect((await other.client.session.me({})).login).toBe('admin')
    running.clock.move(15 * 60 * SECOND)
    await g.client.session.login(RIGHT)
    expect(sql().prepare("select count(*) from login_guard where key like 'pair:%'").pluck().get()).toBe(0)
  })

  it('turns away an address after thirty wrong tries, whatever the names, for ten minutes', async () => {
    await open()
    const g = guest(running)
    for (let tries = 0; tries < 30; tries++)
      expect(await why(g.client.session.login({ login: `name-${tries}`, password: 'wrong' }))).toBe('REFUSED:wrongPassword')
    const turnedAway = await refusal(g.client.session.login(RIGHT))
    expect(turnedAway.what).toBe('REFUSED:wait')
    expect(turnedAway.detail['waitSeconds']).toBeGreaterThan(500)
    await guest(running, { address: '10.0.0.2' }).client.session.login(RIGHT)
    running.clock.move(11 * 60 * SECOND)
    await g.client.session.login(RIGHT)
  })

  it('counts tries that are sent at once', async () => {
    await open()
    const g = guest(running)
    const answers = await Promise.all(Array.from({ length: 40 }, () => why(g.client.session.login(WRONG))))
    expect(answers.filter((what) => what === 'REFUSED:wrongPassword').length).toBeLessThanOrEqual(3)
    expect(answers.filter((what) => what === 'REFUSED:wait').length).toBeGreaterThanOrEqual(37)
  })

  it('lets an office sign in at once', async () => {
    await open()
    const guests = Array.from({ length: 40 }, () => guest(running))
    await Promise.all(guests.map((g) => g.client.session.login(RIGHT)))
    expect(sessions()).toBe(40)
  })

  it('has no words for whoever cannot keep a session, and refuses what is not a login', async () => {
    await open()
    const g = guest(running)
    expect(await why(g.client.session.login({ login: 'admin', password: 'x'.repeat(2000) }))).toBe('BAD_REQUEST')
    expect(await why(g.client.session.login({ ...RIGHT, more: true } as never))).toBe('BAD_REQUEST')
  })
})

describe('sessions', () => {
  it('run out: idle after two hours in a browser and twelve in the window, in any case after twelve hours and thirty days', async () => {
    await open()
    const browser = guest(running)
    const window = guest(running, { origin: 'window' })
    await browser.client.session.login(RIGHT)
    await window.client.session.login(RIGHT)
    running.clock.move(2 * HOUR - SECOND)
    expect((await browser.client.session.me({})).login).toBe('admin')
    running.clock.move(2 * HOUR + SECOND)
    expect(await why(browser.client.session.me({}))).toBe('UNAUTHORIZED:signedOut')
    expect((await window.client.session.me({})).login).toBe('admin')
    running.clock.move(12 * HOUR + SECOND)
    expect(await why(window.client.session.me({}))).toBe('UNAUTHORIZED:signedOut')

    await browser.client.session.login(RIGHT)
    for (let hours = 1; hours <= 11; hours++) {
      running.clock.move(HOUR)
      await browser.client.session.me({})
    }
    running.clock.move(HOUR)
    expect(await why(browser.client.session.me({}))).toBe('UNAUTHORIZED:signedOut')
    expect(sessions()).toBe(0)
  })

  it('run out under a page that lies open and only listens', async () => {
    await open()
    const [idle, busy] = [guest(running), guest(running)]
    await idle.client.session.login(RIGHT)
    await busy.client.session.login(RIGHT)
    const stream = await idle.client.live.changes({})
    await stream.next()
    const said: unknown[] = []
    for (let minutes = 0; minutes < 120 && !said.includes('ended'); minutes += 30) {
      running.clock.move(HOUR / 2)
      await busy.client.customers.create({ name: `客户${minutes}` })
      const { value } = await stream.next()
      said.push((value as { session?: string }).session ?? 'goes on')
    }
    expect(said).toEqual(['goes on', 'goes on', 'goes on', 'ended'])
    expect(await why(idle.client.session.me({}))).toBe('UNAUTHORIZED:signedOut')
    expect((await busy.client.session.me({})).login).toBe('admin')
  })

  it('are written to at most once a minute', async () => {
    await open()
    const g = guest(running)
    await g.client.session.login(RIGHT)
    const seen = () => sql().prepare('select last_seen_at from session').pluck().get() as string
    const first = seen()
    running.clock.move(30 * SECOND)
    await g.client.session.me({})
    expect(seen()).toBe(first)
    running.clock.move(40 * SECOND)
    await g.client.session.me({})
    expect(seen() > first).toBe(true)
  })

  it('can be listed and ended one by one, only by their owner', async () => {
    await open()
    const [here, there] = [guest(running), guest(running, { origin: 'window', device: '桌面窗口' })]
    await here.client.session.login(RIGHT)
    await there.client.session.login(RIGHT)
    const mine = await here.client.session.mine({})
    expect(mine.map(({ origin, device, current }) => ({ origin, device, current }))).toEqual(
      expect.arrayContaining([
        { origin: 'http', device: 'Chrome · Linux', current: true },
        { origin: 'window', device: '桌面窗口', current: false },
      ]),
    )
    await here.client.session.end({ id: mine.find((session) => !session.current)?.id ?? '' })
    expect(await why(there.client.session.me({}))).toBe('UNAUTHORIZED:signedOut')
    expect(await why(here.client.session.end({ id: '01JJJJJJJJJJJJJJJJJJJJJJJJ' }))).toBe('NOT_FOUND')
  })

  it('all end when the password changes, and the one that changed it goes on with a new token', async () => {
    await open()
    const [here, there] = [guest(running), guest(running)]
    await here.client.session.login(RIGHT)
    await there.client.session.login(RIGHT)
    const before = here.token()
    const actor = running.actorOf(there.token(), 'http')
    if (!actor) throw new Error('not signed in')
    expect(running.sessions.stateOf(there.token(), actor)).toBe('same')
    await here.client.session.changePassword({ current: ADMIN.password, next: NEXT })
    expect(running.sessions.stateOf(there.token(), actor)).toBe('ended')
    expect(here.token()).not.toBe(before)
    expect((await here.client.session.me({})).login).toBe('admin')
    expect(await why(there.client.session.me({}))).toBe('UNAUTHORIZED:signedOut')
    expect(await why(there.client.session.login(RIGHT))).toBe('REFUSED:wrongPassword')
    await there.client.session.login({ ...RIGHT, password: NEXT })
  })

  it.each([
    ['wrongPassword', 'not the current one', NEXT],
    ['tooShort', ADMIN.password, 'short'],
    ['tooLong', ADMIN.password, '春江潮水连海平'.repeat(60)],
    ['tooCommon', ADMIN.password, 'password1234'],
    ['sameAsName', ADMIN.password, '海川自动化-2026!!'],
    ['unchanged', ADMIN.password, ADMIN.password],
  ])('a password change is refused: %s', async (reason, current, next) => {
    await open()
    const g = guest(running)
    await g.client.session.login(RIGHT)
    expect(await why(g.client.session.changePassword({ current, next }))).toBe(`REFUSED:${reason}`)
    await guest(running).client.session.login(RIGHT)
  })

  it('guessing the current password is slowed down, too', async () => {
    await open()
    const g = guest(running)
    await g.client.session.login(RIGHT)
    const answers: string[] = []
    for (let tries = 0; tries < 4; tries++)
      answers.push(await why(g.client.session.changePassword({ current: 'guess', next: NEXT })))
    expect(answers).toEqual(['REFUSED:wrongPassword', 'REFUSED:wrongPassword', 'REFUSED:wait', 'REFUSED:wait'])
  })
})

describe('before signing in', () => {
  it('one learns the company and the version, nothing else', async () => {
    await open()
    const { client } = guest(running)
    expect(await client.session.welcome({})).toEqual({
      company: ADMIN.company,
      needsSetup: false,
      maySetup: false,
      signedIn: false,
      version: running.backend.version,
    })
  })
})
