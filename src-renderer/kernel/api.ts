import { createORPCClient } from '@orpc/client'
import { RPCLink as FetchLink } from '@orpc/client/fetch'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { createTanstackQueryUtils, type RouterUtils } from '@orpc/tanstack-query'
import type { contract } from '../../src-shared/contract.ts'
import { askOnConflict } from './conflict.ts'
import { hearHeaders, keepSeq } from './doneSeqs.ts'
import { newId } from './ids.ts'
import { holdWhileLeaving } from './leaving.ts'
import { takeSetupToken } from './setupToken.ts'

/** Named: written out, the contract is longer than a declaration may be. */
export type ApiClient = ContractRouterClient<typeof contract, CallContext>
export type Api = RouterUtils<ApiClient>

/** What a page may say with a call: the key of the form it comes from. */
export type CallContext = { idempotencyKey?: string }

/** A fresh key for each call, so that a repeated one is the same call sent again on the way; a form that creates brings its own. */
function headers({ context }: { context: CallContext }): Record<string, string> {
  const setup = takeSetupToken()
  return { 'x-kezhan': '1', 'idempotency-key': context.idempotencyKey ?? newId(), ...(setup && { 'x-kezhan-setup': setup }) }
}

/** The window's own page is served from app://; there one end of a channel goes to the preload script, which hands it to the main process. */
export function openPort(): MessagePort | undefined {
  if (location.protocol !== 'app:') return undefined
  const { port1, port2 } = new MessageChannel()
  window.postMessage('kezhan:port', '*', [port2])
  port1.start()
  return port1
}

/** Each command's answer says how it can be taken back. */
const told = { interceptors: [holdWhileLeaving, askOnConflict, keepSeq], clientInterceptors: [hearHeaders] }

/** In the Electron window the preload hands over a port; in a browser there is none and we speak HTTP. */
export function connect(port: MessagePort | undefined): { client: ApiClient; api: Api } {
  const link = port
    ? new PortLink<CallContext>({ port, headers, ...told })
    : new FetchLink<CallContext>({ url: `${location.origin}/rpc`, headers, ...told })
  const client: ApiClient = createORPCClient(link)
  return { client, api: createTanstackQueryUtils(client) }
}
