import { randomUUID } from 'node:crypto'
import type { APIRequestContext } from '@playwright/test'
import { noteCall } from './fresh.ts'

export type Answer<Body> = { status: number; body: Body }
export type Caller = {
  url: string
  /** Succeeds or throws. */
  call: <Body = Record<string, unknown>>(path: string, input?: unknown) => Promise<Body>
  /** Whatever came of it. */
  ask: <Body = Record<string, unknown>>(path: string, input?: unknown) => Promise<Answer<Body>>
}

/** Calls the host as its pages do, with the cookies of `request`. */
export function caller(request: APIRequestContext, url: string): Caller {
  const ask = async <Body>(path: string, input: unknown = {}): Promise<Answer<Body>> => {
    noteCall()
    const answer = await request.post(`${url}rpc/${path.replaceAll('.', '/')}`, {
      headers: { 'idempotency-key': randomUUID(), 'x-kezhan': '1' },
      data: { json: input },
    })
    const { json } = (await answer.json()) as { json: Body }
    return { status: answer.status(), body: json }
  }
  return {
    url,
    ask,
    call: async <Body>(path: string, input?: unknown) => {
      const { status, body } = await ask<Body>(path, input)
      if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`)
      return body
    },
  }
}
