import type { Page } from '@playwright/test'

let asked = 0
const loaded = new WeakMap<Page, number>()

/** Somebody called the host: what a page showed before may be otherwise now. */
export const noteCall = (): void => void asked++

/** The page has just been loaded, and nobody has done anything on it. */
export const noteLoaded = (page: Page): void => void loaded.set(page, asked)

/** Whether to load it anew would show the same; true once. A load is a second of a busy machine. */
export function isFresh(page: Page, path: string): boolean {
  const was = loaded.get(page)
  loaded.delete(page)
  const { pathname, search } = new URL(page.url())
  return was === asked && pathname === path && search === ''
}
