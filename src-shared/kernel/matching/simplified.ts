import { SIMPLIFIED, TRADITIONAL } from './simplified.gen.ts'

/** By code unit; 0 where a character is its own simplified form. */
const table = new Uint16Array(0x10000)
for (let at = 0; at < TRADITIONAL.length; at++) table[TRADITIONAL.charCodeAt(at)] = SIMPLIFIED.charCodeAt(at)

/** Traditional characters to simplified ones, one by one: enough to compare names, not to publish them. */
export function toSimplified(text: string): string {
  let first = 0
  while (first < text.length && table[text.charCodeAt(first)] === 0) first++
  if (first === text.length) return text
  let out = text.slice(0, first)
  for (let at = first; at < text.length; at++) {
    const code = text.charCodeAt(at)
    out += String.fromCharCode(table[code] || code)
  }
  return out
}
