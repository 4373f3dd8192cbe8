let holders = 0
const waiting = new Set<() => void>()

/** While this window itself writes many rows part by part, what is shown is asked for again when it is done, not after each part. */
export async function holdingLive<Output>(work: () => Promise<Output>): Promise<Output> {
  holders++
  try {
    return await work()
  } finally {
    holders--
    if (holders === 0) for (const go of waiting) go()
  }
}
export const isLiveHeld = (): boolean => holders > 0

/** Told when nobody holds any more. @returns how to stop listening */
export function onLiveFree(go: () => void): () => void {
  waiting.add(go)
  return () => void waiting.delete(go)
}
