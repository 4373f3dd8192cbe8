let token: string | null = null

/** The one-time key of the first run comes in the opened address (#setup=… or ?setup=…) and is taken out of it at once. */
export function readSetupToken(): void {
  const url = new URL(location.href)
  const hash = new URLSearchParams(url.hash.slice(1))
  token = hash.get('setup') ?? url.searchParams.get('setup')
  if (token === null) return
  url.hash = ''
  url.searchParams.delete('setup')
  // No router yet, and the key must not stay in the history of the browser.
  history.replaceState(null, '', url)
}
export const takeSetupToken = (): string | null => token
export const forgetSetupToken = (): void => {
  token = null
}
