import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink as FetchLink } from '@orpc/client/fetch'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { serveHttp } from '../../src-main/transports/http.ts'
import { serveMessagePort } from '../../src-main/transports/message-port.ts'
import { type Client, clientAs, freshKey, type TestBackend } from './backend.ts'

export type Connection = { client: Client; close: () => Promise<void> }
/** `keyOf` is asked once per call; a test of retries answers the same key twice. */
export type Connect = (running: TestBackend, actor: Actor | null, keyOf?: () => string) => Promise<Connection>

const headersFrom = (keyOf: () => string) => () => ({ 'idempotency-key': keyOf() })

/** The three roads into the program; one behaviour suite runs over all of them. */
export const transports: Record<string, Connect> = {
  'in process': (running, actor, keyOf = freshKey) =>
    Promise.resolve({ client: clientAs(running.backend, actor, keyOf), close: () => Promise.resolve() }),

  'message port': (running, actor, keyOf = freshKey) => {
    const { port1, port2 } = new MessageChannel()
    serveMessagePort(port2, { backend: running.backend, actorOf: () => actor, device: 'test' })
    port1.start()
    port2.start()
    const client = createORPCClient(new PortLink({ port: port1, headers: headersFrom(keyOf) })) as Client
    return Promise.resolve({
      client,
      close: () => {
        port1.close()
        port2.close()
        return Promise.resolve()
      },
    })
  },

  http: async (running, actor, keyOf = freshKey) => {
    const server = await serveHttp({ backend: running.backend, actorOf: () => actor }, { port: 0 })
    const client = createORPCClient(new FetchLink({ url: `${server.url}rpc`, headers: headersFrom(keyOf) })) as Client
    return { client, close: server.close }
  },
}
