/** The options that a stored text of several names. */
export const chosenIn = (stored: unknown): string[] =>
  Array.isArray(stored) ? stored.map(String) : typeof stored === 'string' && stored !== '' ? stored.split(',') : []
