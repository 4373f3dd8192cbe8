/** How many rows each long bulk action has behind it, by the number of its batch; only while it runs. */
const running = new Map<string, number>()

export const noteProgress = (batchId: string, done: number): void => void running.set(batchId, done)
export const endProgress = (batchId: string): void => void running.delete(batchId)
/** Null when no such action is running. */
export const progressOf = (batchId: string): number | null => running.get(batchId) ?? null
