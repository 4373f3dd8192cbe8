import { SIMPLIFIED, TRADITIONAL } from './simplified.gen.ts'

const table = new Map<string, string>()
for (let at = 0; at < TRADITIONAL.length; at++) table.set(TRADITIONAL[at] ?? '', SIMPLIFIED[at] ?? '')
const HAS_TRADITIONAL = new RegExp(`[${TRADITIONAL}]`)

/** Traditional characters to simplified ones, one by one: enough to compare names, not to publish them. */
export function toSimplified(text: string): string {
  if (!HAS_TRADITIONAL.test(text)) return text
  let out = ''
  for (const character of text) out += table.get(character) ?? character
  return out
}
