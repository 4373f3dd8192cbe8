/** Calls per second of a small query over message port and HTTP, beside a bare oRPC ping over the same kind of wire. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink as FetchLink } from '@orpc/client/fetch'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { os, type RouterClient } from '@orpc/server'
import { RPCHandler as PortHandler } from '@orpc/server/message-port'
import { RPCHandler as HttpHandler } from '@orpc/server/node'
import { startBackend } from '../support/backend.ts'
import { transports } from '../support/transports.ts'
import { percentile, Report, rounded } from './support/figures.ts'

const LEAST = 0.6
const CALLS = 1500
const ROUNDS = 9
/** Calls under way at once, as a page makes them. */
const AT_ONCE = 4

const report = new Report('calls')
const ping = { ping: os.handler(() => ({ pong: true })) }
type Ping = RouterClient<typeof ping>
type Wire = { call: () => Promise<unknown>; close: () => Promise<void> }

function barePort(): Wire {
  const { port1, port2 } = new MessageChannel()
  new PortHandler(ping).upgrade(port2)
  port1.start()
  port2.start()
  const client: Ping = createORPCClient(new PortLink({ port: port1 }))
  return {
    call: () => client.ping(),
    close: () => {
      port1.close()
      port2.close()
      return Promise.resolve()
    },
  }
}

async function bareHttp(): Promise<Wire> {
  const handler = new HttpHandler(ping)
  const server = createServer((request, response) => void handler.handle(request, response, { prefix: '/rpc' }))
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const client: Ping = createORPCClient(new FetchLink({ url: `http://127.0.0.1:${port}/rpc` }))
  return {
    call: () => client.ping(),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

async function perSecond(call: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  let left = CALLS
  const lane = async () => {
    while (left-- > 0) await call()
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  return (CALLS / (performance.now() - start)) * 1000
}

const running = await startBackend()
const actor = running.sessions.localAdmin('http')
for (const [name, bareWire] of [
  ['message port', () => Promise.resolve(barePort())],
  ['http', bareHttp],
] as const) {
  const connect = transports[name]
  if (!connect) throw new Error(`no transport ${name}`)
  const bare = await bareWire()
  const mine = await connect(running, actor)
  const call = () => mine.client.tags.list({})
  const rates: { mine: number; bare: number }[] = []
  for (let round = -2; round < ROUNDS; round++) {
    // In turn, and the order changes: what else the machine does falls on both.
    const first = round % 2 === 0 ? await perSecond(call) : 0
    const bareRate = await perSecond(bare.call)
    const mineRate = first || (await perSecond(call))
    if (round >= 0) rates.push({ mine: mineRate, bare: bareRate })
  }
  const ratio = percentile(
    rates.map((rate) => rate.mine / rate.bare),
    0.5,
  )
  report.line({
    case: `tags.list over ${name}`,
    perSecond: Math.round(
      percentile(
        rates.map((rate) => rate.mine),
        0.5,
      ),
    ),
    reference: Math.round(
      percentile(
        rates.map((rate) => rate.bare),
        0.5,
      ),
    ),
    ratio: rounded(ratio),
    ok: ratio >= LEAST,
  })
  await mine.close()
  await bare.close()
}
await running.dispose()
report.end()
