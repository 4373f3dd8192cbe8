import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import { OpenAPIHandler } from '@orpc/openapi/fastify'
import { RPCHandler } from '@orpc/server/fastify'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import type { Backend, RequestContext } from '../kernel/context.ts'
import { ASSET_POLICY, newNonce, pageHeaders, withNonce } from '../kernel/pageSecurity.ts'
import { StartRefusal } from '../kernel/startRefusal.ts'
import { router } from '../router.ts'
import { docsPage, openApiSpec } from './apiDocs.ts'
import { CallHeaders } from './callHeaders.ts'
import { cookieDoor } from './cookieDoor.ts'
import { tellFault } from './faults.ts'
import { serveFiles } from './files.ts'

export type HttpHost = {
  readonly backend: Backend
  readonly actorOf: (token: string | null) => Actor | null
  /** The built pages; absent in tests that only call. */
  readonly pages?: string | undefined
}

/** Bodies of calls; an import's upload has its own route and cap. */
const BODY_LIMIT = 1_048_576
const UPLOAD_LIMIT = 209_715_200
const OPEN_CALLS = new Set(['session/welcome', 'session/login', 'setup/complete'])

/** Serves the calls, the REST facade and the pages on loopback. Nothing else may be bound until sharing exists. */
export async function serveHttp(
  host: HttpHost,
  options: { port: number; host?: string },
): Promise<{ url: string; close: () => Promise<void> }> {
  const address = options.host ?? '127.0.0.1'
  if (!isLoopback(address)) throw new StartRefusal('addressNotLoopback', { address })
  // Open event streams would hold the server open for ever.
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: true,
    requestTimeout: 60_000,
    connectionTimeout: 0,
    logger: false,
    routerOptions: { ignoreTrailingSlash: true },
  })
  app.addHook('onRequest', async (request, reply) => guard(request, reply))
  app.setErrorHandler((error: { statusCode?: number; code?: string }, _request, reply) => {
    const status = error.statusCode ?? 500
    const incident = status >= 500 ? host.backend.log.fault(error, 'http') : undefined
    void reply.code(status).send({
      defined: false,
      code: status === 413 ? 'PAYLOAD_TOO_LARGE' : status < 500 ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR',
      status,
      data: incident ? { incident } : { reason: error.code ?? 'malformed' },
    })
  })
  await app.register(async (scope) => serveCalls(scope, host))
  await app.register(async (scope) =>
    serveFiles(scope, {
      backend: host.backend,
      actorOf: (request, reply) => host.actorOf(cookieDoor(request, reply, host.backend).token()),
    }),
  )
  if (host.pages) await servePages(app, host.pages)
  await app.listen({ port: options.port, host: address })
  const bound = app.server.address()
  const port = bound && typeof bound === 'object' ? bound.port : options.port
  return { url: `http://${address.includes(':') ? `[${address}]` : address}:${port}/`, close: () => app.close() }
}

export const isLoopback = (address: string): boolean =>
  address === 'localhost' || address === '::1' || (isIP(address) === 4 && address.startsWith('127.'))

/** A page elsewhere must neither reach us under another name (rebinding) nor write through a signed-in browser (forgery). */
async function guard(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const name = (request.headers.host ?? '').replace(/:\d+$/, '').replace(/^\[|\]$/g, '')
  if (!isLoopback(name)) return void (await reply.code(421).send({ code: 'MISDIRECTED', data: { reason: 'unknownHost' } }))
  if (request.method === 'GET' || request.method === 'HEAD') return
  const { origin } = request.headers
  const site = request.headers['sec-fetch-site']
  const foreign =
    (origin !== undefined && hostOf(origin) !== request.headers.host) ||
    (site !== undefined && site !== 'same-origin' && site !== 'none')
  if (foreign) await reply.code(403).send({ code: 'FORBIDDEN', data: { needs: 'same-origin' } })
}

const hostOf = (origin: string): string | null => {
  try {
    return new URL(origin).host
  } catch {
    return null
  }
}

function serveCalls(scope: FastifyInstance, host: HttpHost): void {
  const rpc = new RPCHandler<RequestContext>(router, { plugins: [new CallHeaders()], clientInterceptors: [tellFault] })
  const rest = new OpenAPIHandler<RequestContext>(router, {
    plugins: [new CallHeaders()],
    clientInterceptors: [tellFault],
  })
  scope.removeAllContentTypeParsers()
  // oRPC reads the body itself, multipart uploads included; only its length is judged here.
  scope.addContentTypeParser('*', (request, _payload, done) => {
    const limit =
      request.url.startsWith('/rpc/imports/upload') || request.url.startsWith('/api/v1/imports/upload')
        ? UPLOAD_LIMIT
        : BODY_LIMIT
    // A body in chunks does not say how long it is, so nothing would stop it; browsers and our clients always say.
    if (request.headers['transfer-encoding'] !== undefined)
      done(Object.assign(new Error('no length'), { statusCode: 411, code: 'lengthRequired' }))
    else if (Number(request.headers['content-length'] ?? 0) > limit)
      done(Object.assign(new Error('too large'), { statusCode: 413, code: 'bodyTooLarge' }))
    else done(null)
  })
  scope.get('/api/v1/openapi.json', async (_request, reply) =>
    reply.header('cache-control', 'no-store').send(await openApiSpec(host.backend.version)),
  )
  scope.get('/api/docs', async (_request, reply) => {
    const nonce = newNonce()
    return reply
      .headers(pageHeaders(nonce))
      .type('text/html; charset=utf-8')
      .send(await docsPage(host.backend.version, nonce))
  })
  scope.all('/rpc/*', { bodyLimit: UPLOAD_LIMIT }, async (request, reply) => {
    const context = contextFor(request, reply, host)
    if (!context.actor && !OPEN_CALLS.has(pathOf(request, '/rpc/'))) return reply.code(401).send({ json: UNSIGNED })
    reply.header('cache-control', 'no-store')
    const { matched } = await rpc.handle(request, reply, { prefix: '/rpc', context })
    if (!matched) return reply.code(404).send({ code: 'NOT_FOUND', data: { entity: 'call', id: request.url } })
    return reply
  })
  scope.all('/api/v1/*', { bodyLimit: UPLOAD_LIMIT }, async (request, reply) => {
    const context = contextFor(request, reply, host)
    if (!context.actor && !OPEN_CALLS.has(pathOf(request, '/api/v1/'))) return reply.code(401).send(UNSIGNED)
    reply.header('cache-control', 'no-store')
    const { matched } = await rest.handle(request, reply, { prefix: '/api/v1', context })
    if (!matched) return reply.code(404).send({ code: 'NOT_FOUND', data: { entity: 'call', id: request.url } })
    return reply
  })
}

const pathOf = (request: FastifyRequest, prefix: string): string => (request.url.split('?')[0] ?? '').slice(prefix.length)
const UNSIGNED = { defined: true, code: 'UNAUTHORIZED', status: 401, message: 'Unauthorized', data: { reason: 'signedOut' } }

function contextFor(request: FastifyRequest, reply: FastifyReply, host: HttpHost): RequestContext {
  const door = cookieDoor(request, reply, host.backend)
  const key = request.headers['idempotency-key']
  const setup = request.headers['x-kezhan-setup']
  return {
    backend: host.backend,
    actor: host.actorOf(door.token()),
    idempotencyKey: typeof key === 'string' ? key : null,
    door,
    setupToken: typeof setup === 'string' ? setup : null,
  }
}

async function servePages(app: FastifyInstance, folder: string): Promise<void> {
  const html = await readFile(join(folder, 'index.html'), 'utf8')
  const page = (reply: FastifyReply) => {
    const nonce = newNonce()
    return reply
      .headers({ ...pageHeaders(nonce), 'cache-control': 'no-store' })
      .type('text/html; charset=utf-8')
      .send(withNonce(html, nonce))
  }
  app.get('/', (_request, reply) => page(reply))
  app.get('/index.html', (_request, reply) => page(reply))
  await app.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    index: false,
    globIgnore: ['index.html'],
    setHeaders: (response, path) => {
      response.header('content-security-policy', ASSET_POLICY)
      response.header('x-content-type-options', 'nosniff')
      response.header('cross-origin-resource-policy', 'same-origin')
      response.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  // Addresses of pages are the router's; a file that does not exist stays a 404.
  app.setNotFoundHandler((request, reply) => {
    const wantsPage =
      request.method === 'GET' &&
      !/\.\w+$/.test(request.url.split('?')[0] ?? '') &&
      !request.url.startsWith('/api') &&
      !request.url.startsWith('/rpc')
    return wantsPage ? page(reply) : reply.code(404).send({ code: 'NOT_FOUND', data: { entity: 'page', id: request.url } })
  })
}
