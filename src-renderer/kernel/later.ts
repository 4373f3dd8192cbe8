import { type Attributes, type ComponentType, createElement, lazy, useState } from 'react'

const IDLE_MS = 1500
const whenIdle = (act: () => void): void => {
  if ('requestIdleCallback' in window) window.requestIdleCallback(act, { timeout: IDLE_MS * 2 })
  else setTimeout(act, IDLE_MS)
}

/** `prepare`: the page stands, and what one does next is likely to need this part. */
export type LaterPart<Props> = ComponentType<Props> & { readonly prepare: () => void }

/**
 * A part of a page that is not needed to draw it: loaded when the browser has nothing else to do, so that opening it is
 * instant, and works when the host has gone meanwhile.
 */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): LaterPart<Props> {
  let part: ComponentType<Props> | undefined
  const module = () =>
    load().then((component) => {
      part = component
      return { default: component }
    })
  let ahead: ReturnType<typeof module> | undefined
  const fetchAhead = () => {
    if (ahead) return
    ahead = module()
    // Nobody waits for it yet; whoever opens it asks again and is told.
    ahead.catch(() => {
      ahead = undefined
    })
  }
  setTimeout(() => whenIdle(fetchAhead), IDLE_MS)
  const Late = lazy(() => ahead ?? module())

  /** What is there already is drawn at once: a lazy part would wait a moment even then, and the keys of that moment be lost. */
  function Later(props: Props) {
    const [Part] = useState(() => part ?? (Late as unknown as ComponentType<Props>))
    return createElement(Part, props as Props & Attributes)
  }
  return Object.assign(Later, {
    prepare: () => {
      if (!ahead) whenIdle(fetchAhead)
    },
  })
}

/** The browser could not fetch a part of the program: the host is away, or has been upgraded since the page was opened. */
export const isMissingPart = (error: unknown): boolean =>
  // Its styles are fetched beside it, and the loader says that in words of its own.
  error instanceof Error && /dynamically imported module|importing a module|module script|unable to preload/i.test(error.message)
