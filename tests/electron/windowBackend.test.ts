import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { MessagePortMain, WebContents } from 'electron'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DesktopBackend } from '../../src-main/electron/desktop.ts'
import { openWindowBackend } from '../../src-main/electron/windowBackend.ts'
import { type Client, freshKey } from '../support/backend.ts'

const folder = mkdtempSync(join(tmpdir(), 'kezhan-window-backend-'))
const data = join(folder, 'data')
const now = () => new Date().toISOString()
const contents = {} as WebContents
const PERSON = { login: 'admin', password: 'seven cranes over water' }

/** What a page does when it loads: one end of a channel for itself, the other for the program. */
function loadPage(backend: DesktopBackend) {
  const { port1, port2 } = new MessageChannel()
  backend.serve(port2 as unknown as MessagePortMain, contents)
  port1.start()
  const client = createORPCClient(new RPCLink({ port: port1, headers: () => ({ 'idempotency-key': freshKey() }) })) as Client
  return { client, close: () => port1.close() }
}

let backend: DesktopBackend
beforeAll(async () => {
  backend = await openWindowBackend(data, now, () => undefined)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the window on its backend', () => {
  it('opens the first run without asking for a token that the person cannot have', async () => {
    expect(backend.firstPath()).toMatch(/^\/#setup=.{20,}$/)
    const page = loadPage(backend)
    expect(await page.client.session.welcome({})).toMatchObject({ needsSetup: true, maySetup: true })
    await page.client.setup.complete({
      company: '海川自动化',
      timeZone: 'Asia/Shanghai',
      name: '周掌柜',
      ...PERSON,
      sampleData: false,
    })
    expect(await page.client.session.me({})).toMatchObject({ login: 'admin' })
    page.close()
  })

  it('stays signed in when the page is loaded anew, until it signs out', async () => {
    const again = loadPage(backend)
    expect(await again.client.session.me({})).toMatchObject({ login: 'admin' })
    await again.client.session.logout({})
    again.close()
    const after = loadPage(backend)
    await expect(after.client.session.me({})).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
    after.close()
  })

  it('has no more rights than who signs in', async () => {
    const page = loadPage(backend)
    await expect(page.client.customers.list({})).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
    await page.client.session.login(PERSON)
    expect(await page.client.customers.list({})).toMatchObject({ rows: [] })
    page.close()
  })

  it('takes and gives files of whoever is signed in', async () => {
    const page = loadPage(backend)
    const customer = await page.client.customers.create({ name: '窗口里的客户' })
    const send = () =>
      backend.files(new Request('http://kezhan/files', { method: 'POST', headers: { 'x-file-name': 'a.txt' }, body: 'hello' }))
    const upload = (await (await send()).json()) as { id: never }
    const [file] = await page.client.files.add({ entity: 'customer', recordId: customer.id, uploads: [upload.id] })
    const answer = await backend.files(new Request(`http://kezhan/files/${file?.id}`))
    expect([answer.status, await answer.text()]).toEqual([200, 'hello'])
    await page.client.session.logout({})
    expect((await backend.files(new Request(`http://kezhan/files/${file?.id}`))).status).toBe(401)
    expect((await send()).status).toBe(401)
    await page.client.session.login(PERSON)
    page.close()
  })

  it('holds the folder: a second program is told who has it', async () => {
    await expect(openWindowBackend(data, now, () => undefined)).rejects.toMatchObject({ reason: 'locked' })
  })

  it('lets go of it when it closes', async () => {
    await backend.close()
    const second = await openWindowBackend(data, now, () => undefined)
    expect(second.firstPath()).toBe('/')
    await second.close()
  })
})
