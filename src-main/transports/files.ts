import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { FILES_PATH } from '../../src-shared/features/files/bytes.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { exchangeFile } from '../features/files/public.ts'
import type { Backend } from '../kernel/context.ts'

type Host = { backend: Backend; actorOf: (request: FastifyRequest, reply: FastifyReply) => Actor | null }

/** The road of bytes beside the calls: streamed, so that a large file never stands in memory. */
export function serveFiles(scope: FastifyInstance, { backend, actorOf }: Host): void {
  scope.removeAllContentTypeParsers()
  // Nothing is read before it is known who sends and whether it may be kept.
  scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
  const exchange = async (request: FastifyRequest, reply: FastifyReply) => {
    const answer = await exchangeFile(backend, actorOf(request, reply), {
      method: request.method,
      url: request.url,
      header: (name) => {
        const value = request.headers[name]
        return typeof value === 'string' ? value : null
      },
      body: request.method === 'POST' ? request.raw : null,
    })
    // What was refused is not read to its end.
    if (request.method === 'POST' && answer.status !== 200) void reply.header('connection', 'close')
    return reply.code(answer.status).headers(answer.headers).send(answer.body)
  }
  scope.post(FILES_PATH, exchange)
  scope.get(`${FILES_PATH}/:id`, exchange)
}

/** The same for the window's own scheme, which speaks in the web's requests and answers. */
export async function answerFile(backend: Backend, actor: Actor | null, request: Request): Promise<Response> {
  const { status, headers, body } = await exchangeFile(backend, actor, {
    method: request.method,
    url: `${new URL(request.url).pathname}${new URL(request.url).search}`,
    header: (name) => request.headers.get(name),
    body: request.body,
  })
  return new Response(typeof body === 'string' ? body : (Readable.toWeb(body) as ReadableStream), { status, headers })
}
