// Every command's answer says under which number it stands in the history, so that whoever called takes back exactly it.
import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink as FetchLink } from '@orpc/client/fetch'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveHttp } from '../../src-main/transports/http.ts'
import { serveMessagePort } from '../../src-main/transports/message-port.ts'
import { hearHeaders, keepSeq, seqOf } from '../../src-renderer/kernel/doneSeqs.ts'
import type { Client } from '../support/backend.ts'
import { actorOf, type Office, openOffice } from '../support/factories.ts'

let office: Office
const ends: (() => unknown)[] = []
beforeAll(async () => {
  office = await openOffice()
})
afterAll(async () => {
  for (const end of ends) await end()
  await office.close()
})

let key = 0
const headers = () => ({ 'idempotency-key': `command-seq-${key}` })
const told = { interceptors: [keepSeq], clientInterceptors: [hearHeaders] }
const wires: Record<string, () => Promise<Client>> = {
  http: async () => {
    const actor = actorOf(office.running, office.admin.userId)
    const server = await serveHttp({ backend: office.running.backend, actorOf: () => actor }, { port: 0 })
    ends.push(server.close)
    return createORPCClient(new FetchLink({ url: `${server.url}rpc`, headers, ...told })) as Client
  },
  'message port': () => {
    const actor = actorOf(office.running, office.admin.userId)
    const { port1, port2 } = new MessageChannel()
    serveMessagePort(port2, { backend: office.running.backend, actorOf: () => actor, device: 'test' })
    port1.start()
    port2.start()
    ends.push(
      () => port1.close(),
      () => port2.close(),
    )
    return Promise.resolve(createORPCClient(new PortLink({ port: port1, headers, ...told })) as Client)
  },
}
const newest = () => office.running.backend.database.raw.prepare('select max(seq) from command').pluck().get() as number

describe.each(Object.keys(wires))('over %s', (name) => {
  it('two edits of one record are each known by their own number, whatever is asked in between', async () => {
    const client = (await wires[name]?.()) ?? expect.fail('no wire')
    key++
    const row = await client.customers.create({ name: `撤销哪一步 ${name}` })
    expect(seqOf(row.id)).toBe(newest())
    key++
    await client.customers.edit({ id: row.id, version: row.version, values: { level: 'A' } })
    const first = seqOf(row.id) ?? expect.fail('no number')
    key++
    const other = await client.customers.create({ name: `别人 ${name}` })
    await client.customers.get({ id: row.id })
    expect([seqOf(row.id), seqOf('customers.create')]).toEqual([first, newest()])
    key++
    const edited = await client.customers.edit({ id: row.id, version: row.version + 1, values: { city: '绍兴市' } })
    expect(seqOf(row.id)).toBe(newest())
    // The same call again answers with the first one's number; one that changes nothing has none to take back.
    await client.customers.edit({ id: row.id, version: row.version + 1, values: { city: '绍兴市' } })
    expect(seqOf(row.id)).toBe(newest())
    key++
    await client.customers.edit({ id: row.id, version: edited.version, values: { city: '绍兴市' } })
    expect(seqOf(row.id)).toBeNull()
    expect(seqOf(other.id)).not.toBeNull()
    key++
    await client.history.undo({ seq: first })
    expect(await client.customers.get({ id: row.id })).toMatchObject({ level: null, city: '绍兴市' })
  })
})
