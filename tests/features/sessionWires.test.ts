import { createORPCClient } from '@orpc/client'
import { RPCLink as FetchLink } from '@orpc/client/fetch'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { issueSetupToken } from '../../src-main/features/setup/public.ts'
import { serveHttp } from '../../src-main/transports/http.ts'
import { ADMIN, type Client, freshKey, startBackend, type TestBackend } from '../support/backend.ts'
import { guest, why } from '../support/guest.ts'

let running: TestBackend
let server: Awaited<ReturnType<typeof serveHttp>>
const serve = async (setUp: boolean) => {
  running = await startBackend({ setUp })
  server = await serveHttp({ backend: running.backend, actorOf: (token) => running.actorOf(token, 'http') }, { port: 0 })
}
afterEach(async () => {
  await server.close()
  await running.dispose()
})

/** A browser: keeps its cookies, sends them back, and shows what was set last. */
function browser(extra: Record<string, string> = {}) {
  const jar = new Map<string, string>()
  const seen: string[] = []
  const link = new FetchLink({
    url: `${server.url}rpc`,
    headers: () => ({ 'idempotency-key': freshKey(), ...extra }),
    fetch: async (request, init) => {
      const headers = new Headers(request.headers)
      if (jar.size > 0) headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '))
      const response = await fetch(new Request(request, { headers }), init)
      for (const line of response.headers.getSetCookie()) {
        seen.push(line)
        const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
        if (value === '') jar.delete(name)
        else jar.set(name, value)
      }
      return response
    },
  })
  return { client: createORPCClient(link) as Client, jar, seen }
}

describe('over HTTP', () => {
  describe('a workspace', () => {
    beforeEach(() => serve(true))

    it('keeps the session in a cookie that scripts cannot read, named by the workspace', async () => {
      const b = browser()
      expect(await why(b.client.session.me({}))).toBe('UNAUTHORIZED:signedOut')
      await b.client.session.login({ login: ADMIN.login, password: ADMIN.password })
      expect(b.seen[0]).toMatch(/^kezhan_[0-9a-z]{8}=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax/)
      expect((await b.client.session.me({})).name).toBe(ADMIN.name)
      const stolen = new Map(b.jar)
      await b.client.session.logout({})
      // What stays only says which browser this is; it opens nothing.
      expect([...b.jar.keys()]).toEqual([expect.stringMatching(/^kezhan_[0-9a-z]{8}_device$/)])
      expect(await why(b.client.session.me({}))).toBe('UNAUTHORIZED:signedOut')
      for (const [name, value] of stolen) b.jar.set(name, value)
      expect(await why(b.client.session.me({}))).toBe('UNAUTHORIZED:signedOut')
    })

    it('a browser keeps what tells it from the others of the machine, out of reach of scripts', async () => {
      const [own, stranger] = [browser(), browser()]
      const right = { login: ADMIN.login, password: ADMIN.password }
      await own.client.session.login(right)
      expect(own.seen[1]).toMatch(/^kezhan_[0-9a-z]{8}_device=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax/)
      await own.client.session.logout({})
      for (let tries = 0; tries < 10; tries++) {
        await why(stranger.client.session.login({ ...right, password: 'wrong password' }))
        running.clock.move(31_000)
      }
      expect(await why(stranger.client.session.login(right))).toBe('REFUSED:locked')
      expect(await why(own.client.session.login(right))).toBe('allowed')
    })

    it('renews the cookie when the password changes', async () => {
      const b = browser()
      await b.client.session.login({ login: ADMIN.login, password: ADMIN.password })
      const session = () => [...b.jar].find(([name]) => !name.endsWith('_device'))?.[1]
      const before = session()
      expect(before).toMatch(/^[\w-]{43}$/)
      await b.client.session.changePassword({ current: ADMIN.password, next: 'tram olive ninety four' })
      expect(session()).toMatch(/^[\w-]{43}$/)
      expect(session()).not.toBe(before)
      expect((await b.client.session.me({})).name).toBe(ADMIN.name)
    })

    it('refuses with the same words as in process', async () => {
      const b = browser()
      expect(await why(b.client.session.login({ login: ADMIN.login, password: 'wrong password' }))).toBe('REFUSED:wrongPassword')
      expect(await why(b.client.session.login({ login: ADMIN.login, password: 'wrong password', more: 1 } as never))).toBe(
        'BAD_REQUEST',
      )
      expect(await why(b.client.people.users({}))).toBe('UNAUTHORIZED:signedOut')
    })

    it('the stream of a session that was ended closes within a second or so', async () => {
      const [here, there] = [browser(), browser()]
      for (const one of [here, there]) await one.client.session.login({ login: ADMIN.login, password: ADMIN.password })
      const stream = await there.client.live.changes({})
      const messages: unknown[] = []
      let closedAt = 0
      const reading = (async () => {
        for await (const message of stream) messages.push(message)
        closedAt = performance.now()
      })()
      while (messages.length === 0) await new Promise((resolve) => setTimeout(resolve, 10))
      const ended = performance.now()
      await here.client.session.changePassword({ current: ADMIN.password, next: 'tram olive ninety four' })
      await reading
      expect(messages.at(-1)).toMatchObject({ session: 'ended' })
      expect(closedAt - ended).toBeLessThan(1_600)
    })
  })

  it('the first run takes its token from a header and signs the administrator in', async () => {
    await serve(false)
    const token = issueSetupToken(running.backend) ?? ''
    const answers = { company: '苏州澄明光电有限公司', name: '林晓雯', login: 'lin', password: 'seven cranes over water' }
    expect(await why(browser().client.setup.complete(answers))).toBe('REFUSED:wrongToken')
    const b = browser({ 'x-kezhan-setup': token })
    expect((await b.client.session.welcome({})).maySetup).toBe(true)
    await b.client.setup.complete(answers)
    expect((await b.client.session.me({})).name).toBe('林晓雯')
    expect(await why(guest(running).client.people.users({}))).toBe('UNAUTHORIZED:signedOut')
  })
})
