import type { QueryClient } from '@tanstack/react-query'
import type { LiveChange } from '../../src-shared/features/live/contract.ts'
import type { Entity, ProcedureMeta } from '../../src-shared/kernel/procedure.ts'
import type { Api, ApiClient } from './api.ts'
import { setConnected } from './connection.ts'
import { isLiveHeld, onLiveFree } from './liveHold.ts'

type Keyed = Record<string, Record<string, { key(): readonly unknown[] }>>
type Described = Record<string, Record<string, { '~orpc': { meta: ProcedureMeta } }>>

/** Entity → keys of the queries that say they show it. Read from the contract, so no feature is named here. */
export async function queriesShowing(api: Api): Promise<Map<Entity, (readonly unknown[])[]>> {
  const { contract } = await import('./contractMeta.ts')
  const keys = new Map<Entity, (readonly unknown[])[]>()
  for (const [feature, procedures] of Object.entries(contract as unknown as Described)) {
    for (const [name, procedure] of Object.entries(procedures)) {
      const { meta } = procedure['~orpc']
      const key = (api as unknown as Keyed)[feature]?.[name]?.key()
      if (meta.kind !== 'query' || !key) continue
      for (const entity of meta.shows) keys.set(entity, [...(keys.get(entity) ?? []), key])
    }
  }
  return keys
}

/** Many commands in a row (an import) refetch a list a few times a second, not a thousand times. */
export const COALESCE_MS = 100
/** Answers that are still on their way are waited for so long: asked again, they would be thrown away, and nothing ever arrive. */
const BUSY_MS = 2000
/** A long write of this window shows what it has done so far that often. */
const HELD_MS = 10_000
const LOOK_AGAIN_MS = 30
const RETRY_MS = [500, 1000, 2000, 4000, 8000]

type Follow = {
  client: ApiClient
  api: Api
  cache: QueryClient
  signal: AbortSignal
  /** The number of the last command that what is shown is sure to hold. */
  since: number
  onSession: (what: 'changed' | 'ended') => void
  onRows?: (change: LiveChange) => void
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** A new password ends the old session and begins another in the same answer: only when nothing is under way can one tell. */
async function isOver(client: ApiClient, cache: QueryClient): Promise<boolean> {
  while (cache.isMutating() > 0) await pause(50)
  return !(await client.session.welcome({})).signedIn
}

/** One subscription for the whole window; features never invalidate anything themselves. Comes back by itself, and catches up. */
export async function followChanges({ client, api, cache, signal, onSession, onRows, ...shown }: Follow): Promise<void> {
  const showing = await queriesShowing(api)
  const waiting = new Set<Entity>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let { since } = shown
  let failures = 0
  let wantedAt: number | null = null
  let asked: (readonly unknown[])[] = []
  const flush = () => {
    wantedAt ??= performance.now()
    const waited = performance.now() - wantedAt
    const isBusy = waited < BUSY_MS && asked.some((queryKey) => cache.isFetching({ queryKey, type: 'active' }) > 0)
    if (isBusy || (isLiveHeld() && waited < HELD_MS)) {
      timer = setTimeout(flush, LOOK_AGAIN_MS)
      return
    }
    timer = undefined
    wantedAt = null
    asked = [...new Set([...waiting].flatMap((entity) => showing.get(entity) ?? []))]
    waiting.clear()
    for (const queryKey of asked) void cache.invalidateQueries({ queryKey })
  }
  // What was held back is asked for as soon as it is all written.
  const stopListening = onLiveFree(() => {
    if (timer === undefined) return
    clearTimeout(timer)
    flush()
  })
  signal.addEventListener('abort', () => {
    clearTimeout(timer)
    stopListening()
  })

  while (!signal.aborted) {
    try {
      const stream = await client.live.changes({ since }, { signal })
      setConnected(true)
      // What happened while the line was cut may be more than the backend keeps: after a cut, everything is looked at again.
      if (failures > 0) void cache.invalidateQueries()
      failures = 0
      for await (const change of stream) {
        since = change.seq
        if (change.missed) void cache.invalidateQueries()
        for (const { entity } of change.changes) waiting.add(entity)
        // Whatever was changed, a command did it.
        if (change.changes.length > 0) waiting.add('command')
        if (change.session === 'ended') {
          // What earlier changes still wait for would be asked in a session that is over.
          clearTimeout(timer)
          timer = undefined
          if (!(await isOver(client, cache))) break
          onSession('ended')
          return
        }
        if (change.session) onSession(change.session)
        onRows?.(change)
        timer ??= setTimeout(flush, COALESCE_MS)
      }
    } catch (error) {
      if (signal.aborted) return
      if ((error as { code?: string }).code === 'UNAUTHORIZED') {
        onSession('ended')
        return
      }
      setConnected(false)
    }
    if (signal.aborted) return
    await pause(RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)] ?? 0)
  }
}
