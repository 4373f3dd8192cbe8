// What only the HTTP wire can be sent: bodies too large (announced or not), broken JSON, foreign pages, other names, unknown calls.
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ORPCError } from '@orpc/server'
import { tellFault } from '../../src-main/transports/faults.ts'
import { serveHttp } from '../../src-main/transports/http.ts'
import { type Office, openOffice } from '../support/factories.ts'

let office: Office
let server: Awaited<ReturnType<typeof serveHttp>>
let actor: Office['admin'] | null
beforeAll(async () => {
  office = await openOffice()
  actor = office.admin
  server = await serveHttp({ backend: office.running.backend, actorOf: () => actor }, { port: 0 })
})
afterAll(async () => {
  await server.close()
  await office.close()
})

const rows = () => office.running.backend.database.raw.prepare('select count(*) from customer').pluck().get()
let sent = 0
type Answer = { status: number; body: string }
/** Node's own client: it sends chunked bodies, other Host names and foreign Origins, which fetch does not. */
function send(path: string, chunks: readonly string[], headers: Record<string, string> = {}, method = 'POST'): Promise<Answer> {
  const url = new URL(path, server.url)
  const length = headers['transfer-encoding'] ? {} : { 'content-length': String(Buffer.byteLength(chunks.join(''))) }
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: url.hostname,
        port: url.port,
        path: url.pathname,
        method,
        headers: {
          'content-type': 'application/json',
          'idempotency-key': `http-key-${String(++sent).padStart(8, '0')}`,
          ...length,
          ...headers,
        },
      },
      (incoming) => {
        const parts: Buffer[] = []
        incoming.on('data', (part: Buffer) => parts.push(part))
        incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(parts).toString() }))
      },
    )
    // A server that refuses early closes the connection while the rest is still being sent.
    outgoing.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EPIPE' || error.code === 'ECONNRESET' ? resolve({ status: 413, body: '' }) : reject(error),
    )
    for (const chunk of chunks) outgoing.write(chunk)
    outgoing.end()
  })
}
const create = (name: string) => JSON.stringify({ json: { name } })
const CREATE = 'rpc/customers/create'

describe('over http', () => {
  it('a call of ordinary size works', async () => {
    const before = Number(rows())
    expect((await send(CREATE, [create('平常')])).status).toBe(200)
    expect(rows()).toBe(before + 1)
  })

  it.each([CREATE, 'api/v1/customers/create'])(
    '2 MB of JSON to %s are refused, announced or in chunks, and nothing is written',
    async (path) => {
      const before = rows()
      const body = path === CREATE ? create('大'.repeat(700_000)) : JSON.stringify({ name: '大'.repeat(700_000) })
      const announced = await send(path, [body], { 'content-length': String(Buffer.byteLength(body)) })
      expect(announced.status).toBe(413)
      const pieces = body.match(/[^]{1,60000}/g) ?? []
      const unannounced = await send(path, pieces, { 'transfer-encoding': 'chunked' })
      expect([411, 413]).toContain(unannounced.status)
      expect(rows()).toBe(before)
    },
  )

  it('broken JSON is a bad request, not a fault', async () => {
    const before = { rows: rows(), faults: office.running.faults.length }
    for (const body of ['{', '{"json":', 'null', '[]', '""', '\u0000']) {
      const { status } = await send(CREATE, [body])
      expect([400, 415], body).toContain(status)
    }
    expect({ rows: rows(), faults: office.running.faults.length }).toEqual(before)
  })

  it('a filter nested without end is a bad request, not a fault; as deep as lists go is answered', async () => {
    const faults = office.running.faults.length
    const nested = (depth: number): string =>
      `${'{"combinator":"and","rules":['.repeat(depth)}{"field":"name","operator":"=","value":"x"}${']}'.repeat(depth)}`
    for (const depth of [14, 200, 5000, 20_000])
      for (const [path, body] of [
        ['rpc/customers/list', `{"json":{"filter":${nested(depth)}}}`],
        ['api/v1/customers/list', `{"filter":${nested(depth)}}`],
        [
          'api/v1/exports/start',
          `{"entity":"customer","format":"csv","selection":{"which":{"filter":${nested(depth)}},"except":[]}}`,
        ],
      ] as const)
        expect((await send(path, [body])).status, `${path} ${depth}`).toBe(400)
    expect((await send('api/v1/customers/list', [`{"filter":${nested(13)}}`])).status).toBe(200)
    expect(office.running.faults).toHaveLength(faults)
  })

  it('what fails before the pipeline takes over is written down, and only its number leaves', async () => {
    const faults: unknown[] = []
    const log = { fault: (error: unknown) => `incident ${faults.push(error)}` } as never
    const failing = (error: Error) => tellFault({ context: { backend: { log } }, next: () => Promise.reject(error) })
    await expect(failing(new RangeError('too deep'))).rejects.toMatchObject({
      code: 'INTERNAL_SERVER_ERROR',
      data: { incident: 'incident 1' },
    })
    const input = new ORPCError('BAD_REQUEST')
    const told = new ORPCError('INTERNAL_SERVER_ERROR', { defined: true, data: { incident: 'of the pipeline' } })
    for (const error of [input, told]) await expect(failing(error)).rejects.toBe(error)
    expect(faults).toHaveLength(1)
    expect(await tellFault({ context: { backend: { log } }, next: () => Promise.resolve('answer') })).toBe('answer')
  })

  it('a page from elsewhere may not write, a name from elsewhere may not be used', async () => {
    const before = rows()
    const foreign = await send(CREATE, [create('外面')], { origin: 'http://evil.example' })
    expect(foreign.status).toBe(403)
    expect((await send(CREATE, [create('外面')], { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await send(CREATE, [create('外面')], { host: 'evil.example' })).status).toBe(421)
    expect(rows()).toBe(before)
  })

  it('calls that are not in the contract are not there', async () => {
    for (const path of [
      'rpc/customers/drop',
      'rpc/__proto__/x',
      'rpc/customers',
      'api/v1/nothing/here',
      'rpc/customers/create/x',
    ])
      expect((await send(path, ['{}'])).status, path).toBe(404)
  })

  it('nobody is turned away before his input is looked at', async () => {
    actor = null
    for (const path of [CREATE, 'rpc/customers/list', 'rpc/history/undo', 'rpc/nothing/here', 'api/v1/customers/list']) {
      const { status, body } = await send(path, ['{"json":{"nonsense":1}}'])
      expect([status, JSON.stringify(body)], path).toEqual([401, expect.stringContaining('signedOut')])
      expect(body).not.toMatch(/issues/)
      // Over REST as every other answer there; in the envelope of our own client elsewhere.
      expect(Object.keys(JSON.parse(body) as object).includes('json'), path).toBe(!path.startsWith('api/'))
      if (path.startsWith('api/')) expect(JSON.parse(body)).toMatchObject({ code: 'UNAUTHORIZED', data: { reason: 'signedOut' } })
    }
    actor = office.admin
  })

  it('without a key a command is refused, with a reason a program can read', async () => {
    const { status, body } = await send('api/v1/tags/create', [JSON.stringify({ name: '无钥' })], { 'idempotency-key': '' })
    expect(status).toBe(400)
    expect(body).toMatch(/idempotencyKey(Missing|Malformed)/)
  })
})
