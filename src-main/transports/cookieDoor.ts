import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Backend, SessionDoor } from '../kernel/context.ts'
import { prepared } from '../kernel/journal.ts'

/** Cookies are shared between the ports of one host, so the workspace is part of the name. `__Host-` waits for TLS. */
function cookieName(backend: Backend): string {
  const id = prepared(backend.database.raw, 'select id from workspace').pluck().get() as string | undefined
  return `kezhan_${(id ?? 'new').slice(-8).toLowerCase()}`
}

/** All browsers of a machine come from 127.0.0.1: this one tells them apart, and stays when the session ends. */
const KEEPSAKE = '_device'

export function cookieDoor(request: FastifyRequest, reply: FastifyReply, backend: Backend): SessionDoor {
  const name = cookieName(backend)
  let token = readCookie(request.headers.cookie, name) ?? bearer(request.headers.authorization)
  const setNamed = (named: string, value: string, maxAgeSeconds: number) => {
    void reply.header('set-cookie', `${named}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}`)
  }
  const set = (value: string, maxAgeSeconds: number) => setNamed(cookieName(backend), value, maxAgeSeconds)
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
    keepsake: {
      token: () => readCookie(request.headers.cookie, `${name}${KEEPSAKE}`),
      keep: (kept) => setNamed(`${cookieName(backend)}${KEEPSAKE}`, kept, 365 * 86_400),
    },
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
