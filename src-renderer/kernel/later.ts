import { type ComponentType, type LazyExoticComponent, lazy } from 'react'

const IDLE_MS = 1500
const whenIdle = (act: () => void): void => {
  if ('requestIdleCallback' in window) window.requestIdleCallback(act, { timeout: IDLE_MS * 2 })
  else setTimeout(act, IDLE_MS)
}

/**
 * A part of a page that is not needed to draw it: loaded when the browser has nothing else to do, so that opening it is
 * instant, and works when the host has gone meanwhile.
 */
export function later<Props>(load: () => Promise<ComponentType<Props>>): LazyExoticComponent<ComponentType<Props>> {
  const module = () => load().then((component) => ({ default: component }))
  let ahead: ReturnType<typeof module> | undefined
  setTimeout(
    () =>
      whenIdle(() => {
        ahead = module()
        // Nobody waits for it yet; whoever opens it asks again and is told.
        ahead.catch(() => {
          ahead = undefined
        })
      }),
    IDLE_MS,
  )
  return lazy(() => ahead ?? module())
}

/** The browser could not fetch a part of the program: the host is away, or has been upgraded since the page was opened. */
export const isMissingPart = (error: unknown): boolean =>
  error instanceof TypeError && /dynamically imported module|importing a module|module script/i.test(error.message)
