/** Imports that a call of this process carries through itself (the command line), so that no job tells how they stand. */
export const carried = new Set<string>()

export async function carrying<T>(importId: string, work: () => Promise<T>): Promise<T> {
  carried.add(importId)
  try {
    return await work()
  } finally {
    carried.delete(importId)
  }
}
