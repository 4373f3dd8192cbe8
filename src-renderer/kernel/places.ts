let places: ReadonlySet<string> = new Set()

/** Which pages this program has, told once by the app: a button never leads to a page that is not there. */
export const registerPlaces = (paths: readonly string[]): void => {
  places = new Set(paths)
}
export const hasPlace = (path: string): boolean => places.has(path)
