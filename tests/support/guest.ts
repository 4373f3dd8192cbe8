import type { RunningBackend } from '../../src-main/backend.ts'
import type { SessionDoor } from '../../src-main/kernel/context.ts'
import { callInProcess } from '../../src-main/transports/in-process.ts'
import type { Origin } from '../../src-shared/kernel/actor.ts'
import { type Client, freshKey } from './backend.ts'

export type Guest = {
  client: Client
  door: SessionDoor
  token: () => string | null
  keepsake: () => string | null
  steal: (token: string) => void
}

/** Somebody with a browser (or a window) who can sign in: a door that keeps the token, as the transports have it. */
export function guest(
  running: RunningBackend,
  options: { origin?: Origin; address?: string; setupToken?: string | null; device?: string } = {},
): Guest {
  const { origin = 'http', address = '10.0.0.1', setupToken = null, device = 'Chrome · Linux' } = options
  let token: string | null = null
  let keepsake: string | null = null
  const door: SessionDoor = {
    token: () => token,
    open: (opened) => {
      token = opened
    },
    close: () => {
      token = null
    },
    origin,
    device,
    address,
    ...(origin === 'http'
      ? {
          keepsake: {
            token: () => keepsake,
            keep: (kept: string) => {
              keepsake = kept
            },
          },
        }
      : {}),
  }
  const client = callInProcess(() => ({
    backend: running.backend,
    actor: running.actorOf(token, origin),
    idempotencyKey: freshKey(),
    door,
    setupToken,
  }))
  return {
    client,
    door,
    token: () => token,
    keepsake: () => keepsake,
    steal: (stolen) => {
      token = stolen
    },
  }
}

/** What a call was refused with: `code` or `code:reason`, and the detail. */
export async function refusal(call: Promise<unknown>): Promise<{ what: string; detail: Record<string, unknown> }> {
  try {
    await call
  } catch (error) {
    const { code, data } = error as { code?: string; data?: { reason?: string; detail?: Record<string, unknown> } }
    if (code) return { what: data?.reason ? `${code}:${data.reason}` : code, detail: data?.detail ?? {} }
    throw error
  }
  return { what: 'allowed', detail: {} }
}
export const why = async (call: Promise<unknown>): Promise<string> => (await refusal(call)).what
