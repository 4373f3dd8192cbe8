import { shell } from 'electron'

const ALLOWED = new Set(['http:', 'https:', 'mailto:', 'tel:'])

/** The address as the system may get it, or null. Parsed and written out again, so what is checked is what is opened. */
export function externalAddress(raw: unknown): string | null {
  if (typeof raw !== 'string' || raw.length > 2048 || !URL.canParse(raw)) return null
  const url = new URL(raw)
  if (!ALLOWED.has(url.protocol)) return null
  // A name and password in a link are there to make one host look like another.
  if (url.username !== '' || url.password !== '') return null
  return url.href
}

/** The only place that hands an address to the system; answers whether it did. */
export async function openOutside(raw: unknown): Promise<boolean> {
  const address = externalAddress(raw)
  if (address === null) return false
  await shell.openExternal(address)
  return true
}
