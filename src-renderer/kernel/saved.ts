import type { QueryClient } from '@tanstack/react-query'

/**
 * Waits until nothing that was said on the page is still on its way to the backend; the next step would overtake it.
 * What one answer begins at once (a field is made, then a column put to it) is waited for too.
 * @returns whether all of it was taken; what was refused has been said by whoever asked.
 */
export function allSaved(cache: QueryClient): Promise<boolean> {
  if (cache.isMutating() === 0) return Promise.resolve(true)
  return new Promise((resolve) => {
    let taken = true
    const leave = cache.getMutationCache().subscribe(({ type, mutation }) => {
      if (type === 'updated' && mutation.state.status === 'error') taken = false
      // What an answer begins is told of before it counts as begun.
      queueMicrotask(() => {
        if (cache.isMutating() > 0) return
        leave()
        resolve(taken)
      })
    })
  })
}
