/** Where the first run keeps its one-time key and its answers, so that F5 loses neither; this tab only, gone with it. */
const KEY = 'kezhan.setup'
const ANSWERS = 'kezhan.setup.answers'
let token: string | null = null

/** The one-time key of the first run comes in the opened address (#setup=… or ?setup=…) and is taken out of it at once. */
export function readSetupToken(): void {
  const url = new URL(location.href)
  const hash = new URLSearchParams(url.hash.slice(1))
  const opened = hash.get('setup') ?? url.searchParams.get('setup')
  token = opened ?? read(KEY)
  if (opened === null) return
  write(KEY, opened)
  url.hash = ''
  url.searchParams.delete('setup')
  // No router yet, and the key must not stay in the history of the browser.
  history.replaceState(null, '', url)
}
export const takeSetupToken = (): string | null => token
export const forgetSetupToken = (): void => {
  token = null
  write(KEY, null)
  write(ANSWERS, null)
}

/** What was typed so far, never a password: that is typed again. */
export const keepSetupAnswers = (answers: Readonly<Record<string, unknown>>): void => write(ANSWERS, JSON.stringify(answers))
export function keptSetupAnswers(): Record<string, unknown> {
  try {
    return JSON.parse(read(ANSWERS) ?? '{}') as Record<string, unknown>
  } catch {
    // Something else wrote there: as good as nothing typed.
    return {}
  }
}

function read(key: string): string | null {
  try {
    return sessionStorage.getItem(key)
  } catch {
    // Storage may be forbidden by the browser's settings; then F5 needs the address again.
    return null
  }
}

function write(key: string, value: string | null): void {
  try {
    if (value === null) sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, value)
  } catch {
    // Forbidden: see above.
  }
}
