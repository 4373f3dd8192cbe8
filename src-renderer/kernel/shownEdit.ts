import type { QueryClient, QueryKey } from '@tanstack/react-query'
import { holdingLive } from './liveHold.ts'

type ShownEdit<Saved> = {
  /** The queries that show what is edited. */
  keys: readonly QueryKey[]
  show: () => void
  send: () => Promise<Saved>
  putBack: () => void
}

/**
 * An edit that is shown before it is taken. Until it is answered nothing brings the old value back: neither an answer that is still on
 * its way, nor one that the news of an earlier change would ask for.
 * @throws what `send` throws, with everything put back
 */
export function editShown<Saved>(cache: QueryClient, { keys, show, send, putBack }: ShownEdit<Saved>): Promise<Saved> {
  return holdingLive(async () => {
    // A page that is loaded for the first time has nothing to fall back on: it may finish.
    for (const queryKey of keys) await cache.cancelQueries({ queryKey, predicate: ({ state }) => state.data !== undefined })
    show()
    try {
      return await send()
    } catch (error) {
      putBack()
      // What was stopped above is asked again: nothing else will bring it.
      for (const queryKey of keys) void cache.invalidateQueries({ queryKey })
      throw error
    }
  })
}
