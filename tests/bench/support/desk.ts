import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import { SEQ_HEADER } from '../../../src-shared/kernel/headers.ts'
import type { Client } from '../../support/backend.ts'

/** One call that was answered: what it was called, how long it took, and what it was refused with. */
export type Timed = { what: string; ms: number; refused: string | null }
/** What somebody was told: his command stands under this number in the history. */
export type Acknowledged = { seq: number; who: string } & (
  | { what: 'edit'; table: string; id: string; column: string; seen: number; value: unknown }
  | { what: 'created'; table: string; id: string }
  | { what: 'undone'; of: number; reversed: number }
  | { what: 'done' }
)

/** Refusals that a working day knows: somebody was first, or something is not there (any more). */
const EXPECTED: ReadonlySet<string> = new Set(['STALE', 'REFUSED', 'NOT_FOUND', 'FORBIDDEN'])

/** Somebody at his computer: a session of his own over HTTP, everything he does timed. */
export class Desk {
  readonly name: string
  readonly client: Client
  readonly timed: Timed[] = []
  readonly acknowledged: Acknowledged[] = []
  #cookies = new Map<string, string>()
  #seq = 0
  #keys = 0

  constructor(url: string, name: string) {
    this.name = name
    const link = new RPCLink({
      url: `${url}rpc`,
      headers: () => ({ 'x-kezhan': '1', 'idempotency-key': `${name}-${String(++this.#keys).padStart(8, '0')}` }),
      fetch: (request) => this.#fetch(request),
    })
    this.client = createORPCClient(link)
  }

  async #fetch(request: Request): Promise<Response> {
    const cookie = [...this.#cookies].map(([key, value]) => `${key}=${value}`).join('; ')
    if (cookie) request.headers.set('cookie', cookie)
    const response = await fetch(request)
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';')
      const at = pair.indexOf('=')
      this.#cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    this.#seq = Number(response.headers.get(SEQ_HEADER) ?? 0)
    return response
  }

  /** One call, timed. @returns its answer; null where it was refused as a working day knows it. Anything else ends the run. */
  async ask<Output>(what: string, call: (client: Client) => Promise<Output>): Promise<Output | null> {
    const start = performance.now()
    try {
      const answer = await call(this.client)
      this.timed.push({ what, ms: performance.now() - start, refused: null })
      return answer
    } catch (error) {
      const { code = '', data } = error as { code?: string; data?: { reason?: string } }
      if (!EXPECTED.has(code)) throw error
      this.timed.push({ what, ms: performance.now() - start, refused: data?.reason ?? code })
      return null
    }
  }

  /** The number of the command that was answered last. */
  get seq(): number {
    return this.#seq
  }

  /** Notes what the last answer promised. */
  keep<One extends Acknowledged>(one: Omit<One, 'seq' | 'who'>): void {
    this.acknowledged.push({ ...one, seq: this.#seq, who: this.name } as unknown as One)
  }
}
