import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import { expect, it } from 'vitest'
import { ADMIN, type Client, freshKey, startBackend } from '../support/backend.ts'

/** A browser's part: keeps the cookie. */
function visitor(url: string): Client {
  let cookie = ''
  const link = new RPCLink({
    url: `${url}rpc`,
    headers: () => ({ 'idempotency-key': freshKey(), ...(cookie ? { cookie } : {}) }),
    fetch: async (request, init) => {
      const answer = await fetch(request, init)
      cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? cookie
      return answer
    },
  })
  return createORPCClient(link) as Client
}

it('a host restores while people use it: it starts anew on the same address, and they sign in again', {
  timeout: 120_000,
}, async () => {
  const test = await startBackend()
  await test.close()
  const cli = join(import.meta.dirname, '../../src-main/cli.ts')
  const host = spawn(process.execPath, [cli, 'serve', '--data', test.folder, '--port', '0', '--no-pages'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface(host.stdout)[Symbol.asyncIterator]()
  const ready = async () => (JSON.parse(String((await lines.next()).value)) as { url: string }).url
  try {
    const url = await ready()
    const client = visitor(url)
    const signIn = (who: Client) => who.session.login({ login: ADMIN.login, password: ADMIN.password })
    await signIn(client)
    await client.customers.create({ name: '备份之前' })
    const job = await client.backups.create({})
    while ((await client.jobs.get({ id: job.id })).state !== 'done') await new Promise((resolve) => setTimeout(resolve, 50))
    const [backup] = (await client.backups.list({})).rows
    await client.customers.create({ name: '备份之后' })
    expect(await client.backups.restore({ id: backup?.id ?? '', confirm: backup?.id ?? '' })).toEqual({ restarting: true })

    expect(await ready()).toBe(url)
    await expect(client.customers.list({})).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
    const again = visitor(url)
    await signIn(again)
    expect((await again.customers.list({})).rows.map(({ name }) => name)).toEqual(['备份之前'])
    expect((await again.backups.list({})).rows.map(({ reason }) => reason)).toEqual(['beforeRestore', 'manual'])
  } finally {
    host.kill('SIGTERM')
    await once(host, 'exit')
    rmSync(test.folder, { recursive: true, force: true })
  }
})
