import type { CallContext } from './api.ts'
import { newId } from './ids.ts'
import { holdingLive } from './liveHold.ts'
import { startWork } from './work.ts'

/** Fewer rows are done before a bar could be read. */
const MANY = 300
const LOOK_MS = 500

type Long<Output> = {
  label: string
  total: number
  call: (options: { context: CallContext }) => Promise<Output>
  /** How far the call under this key is. */
  look: (key: string) => Promise<{ done: number | null }>
}

/** A call that works through many rows at once: while it lasts, how far it is is asked for and shown. */
export async function longCall<Output>({ label, total, call, look }: Long<Output>): Promise<Output> {
  const key = newId()
  if (total < MANY) return call({ context: { idempotencyKey: key } })
  const work = startWork(label, total)
  const timer = setInterval(() => {
    // A look that fails is no failure of the work: the next one tells.
    void look(key).then(
      ({ done }) => {
        if (done !== null) work.step(Math.min(done, total))
      },
      () => undefined,
    )
  }, LOOK_MS)
  try {
    return await holdingLive(() => call({ context: { idempotencyKey: key } }))
  } finally {
    clearInterval(timer)
    work.end()
  }
}
