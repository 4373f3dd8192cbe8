import { RPCHandler } from '@orpc/server/message-port'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import type { Backend, RequestContext, SessionDoor } from '../kernel/context.ts'
import { router } from '../router.ts'
import { CallHeaders } from './callHeaders.ts'
import { tellFault } from './faults.ts'

type Port = Parameters<RPCHandler<RequestContext>['upgrade']>[0]

const handler = new RPCHandler<RequestContext>(router, {
  plugins: [new CallHeaders()],
  clientInterceptors: [tellFault],
})

export type PortSession = {
  readonly backend: Backend
  /** Read on every call: signing in or out needs no new port. */
  readonly actorOf: (token: string | null) => Actor | null
  readonly device: string
  setupToken?: string | null
  /** Who is signed in at this window, kept by whoever owns it: a reload brings a new port, not a new person. */
  readonly memory?: { token: string | null }
}

/** Serves one window. Its session lives as long as the token it holds. */
export function serveMessagePort(port: Port, session: PortSession): void {
  const memory = session.memory ?? { token: null }
  const door: SessionDoor = {
    token: () => memory.token,
    open: (opened) => {
      memory.token = opened
    },
    close: () => {
      memory.token = null
    },
    device: session.device,
    address: 'window',
    origin: 'window',
  }
  const context: RequestContext = {
    backend: session.backend,
    get actor() {
      return session.actorOf(memory.token)
    },
    idempotencyKey: null,
    door,
    setupToken: session.setupToken ?? null,
  }
  handler.upgrade(port, { context })
}
