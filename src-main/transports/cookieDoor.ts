import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Backend, SessionDoor } from '../kernel/context.ts'
import { prepared } from '../kernel/journal.ts'

/** Cookies are shared between the ports of one host, so the workspace is part of the name. `__Host-` waits for TLS. */
function cookieName(backend: Backend): string {
  const id = prepared(backend.database.raw, 'select id from workspace').pluck().get() as string | undefined
  return `kezhan_${(id ?? 'new').slice(-8).toLowerCase()}`
}

export function cookieDoor(request: FastifyRequest, reply: FastifyReply, backend: Backend): SessionDoor {
  let token = readCookie(request.headers.cookie, cookieName(backend)) ?? bearer(request.headers.authorization)
  const set = (value: string, maxAgeSeconds: number) => {
    void reply.header('set-cookie', `${cookieName(backend)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}`)
  }
  return {
    token: () => token,
    open(opened) {
      token = opened
      set(opened, 30 * 86_400)
    },
    close() {
      token = null
      set('', 0)
    },
    device: deviceOf(request.headers['user-agent'] ?? ''),
    address: request.ip,
    origin: 'http',
  }
}

const readCookie = (header: string | undefined, name: string): string | null => {
  for (const part of (header ?? '').split(';')) {
    const [key, value] = part.trim().split('=')
    if (key === name && value) return value
  }
  return null
}

/** Programs that call the REST facade send the token of a session they opened. */
const bearer = (header: string | undefined): string | null => header?.match(/^Bearer ([\w-]{20,})$/)?.[1] ?? null

function deviceOf(agent: string): string {
  const browser = /Edg\//.test(agent)
    ? 'Edge'
    : /Chrome\//.test(agent)
      ? 'Chrome'
      : /Firefox\//.test(agent)
        ? 'Firefox'
        : /Safari\//.test(agent)
          ? 'Safari'
          : 'HTTP'
  const system = /Windows/.test(agent)
    ? 'Windows'
    : /Android/.test(agent)
      ? 'Android'
      : /iPhone|iPad/.test(agent)
        ? 'iOS'
        : /Mac OS/.test(agent)
          ? 'macOS'
          : /Linux/.test(agent)
            ? 'Linux'
            : ''
  return system ? `${browser} · ${system}` : browser
}
