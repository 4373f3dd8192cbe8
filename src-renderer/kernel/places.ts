import type { AnyOf } from './context.tsx'

let places: ReadonlySet<string> = new Set()

/** Which pages this program has, told once by the app: a button never leads to a page that is not there. */
export const registerPlaces = (paths: readonly string[]): void => {
  places = new Set(paths)
}

type MenuEntry = { readonly label: () => string; readonly needs?: AnyOf }
let menu: readonly MenuEntry[] = []
/** What the navigation has, told once by the app, for who looks at what others find there. */
export const registerMenu = (entries: readonly MenuEntry[]): void => {
  menu = entries
}
export const menuEntries = (): readonly MenuEntry[] => menu
export const hasPlace = (path: string): boolean => places.has(path)
