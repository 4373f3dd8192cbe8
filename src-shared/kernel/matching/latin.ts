/**
 * Comparing words of alphabets: how alike two are, and how a word sounds. Pure functions on short strings; they are called millions of times,
 * so they allocate as little as they can.
 */

/** Jaro's similarity with Winkler's bonus for a common beginning: 1 for equal words, near 0 for strangers. */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1
  const jaro = jaroOf(a, b)
  if (jaro < 0.7) return jaro
  let prefix = 0
  while (prefix < 4 && prefix < a.length && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix++
  return jaro + prefix * 0.1 * (1 - jaro)
}

const taken = new Uint8Array(256)
const order = new Uint16Array(256)

function jaroOf(long: string, short: string): number {
  if (long.length < short.length) return jaroOf(short, long)
  if (short.length === 0) return 0
  if (long.length > 255) return jaroOf(long.slice(0, 255), short.slice(0, 255))
  const reach = Math.max(0, (long.length >> 1) - 1)
  taken.fill(0, 0, long.length)
  let matches = 0
  for (let at = 0; at < short.length; at++) {
    const sign = short.charCodeAt(at)
    const end = Math.min(long.length, at + reach + 1)
    for (let other = Math.max(0, at - reach); other < end; other++) {
      if (taken[other] === 1 || long.charCodeAt(other) !== sign) continue
      taken[other] = 1
      order[matches++] = sign
      break
    }
  }
  if (matches === 0) return 0
  let exchanged = 0
  for (let other = 0, seen = 0; seen < matches; other++) {
    if (taken[other] !== 1) continue
    if (long.charCodeAt(other) !== order[seen]) exchanged++
    seen++
  }
  return (matches / long.length + matches / short.length + (matches - exchanged / 2) / matches) / 3
}

/** True where one slip parts two texts: a sign more, less or other, or two neighbours exchanged. */
export function oneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  let head = 0
  while (head < short.length && short.charCodeAt(head) === long.charCodeAt(head)) head++
  let tail = 0
  while (tail < short.length - head && short.charCodeAt(short.length - 1 - tail) === long.charCodeAt(long.length - 1 - tail))
    tail++
  const middle = short.length - head - tail
  if (middle === 0) return true
  if (short.length < long.length) return false
  if (middle === 1) return true
  return middle === 2 && short[head] === long[head + 1] && short[head + 1] === long[head]
}

const rows: [Uint16Array, Uint16Array, Uint16Array] = [new Uint16Array(130), new Uint16Array(130), new Uint16Array(130)]

/** Slips between two texts, two exchanged neighbours counted as one; `limit + 1` as soon as there are more than `limit`. */
export function slipsBetween(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  const [one, two] = [a.slice(0, 128), b.slice(0, 128)]
  let [before, last, now] = rows
  for (let at = 0; at <= two.length; at++) last[at] = at
  for (let i = 1; i <= one.length; i++) {
    now[0] = i
    let least = i
    const sign = one.charCodeAt(i - 1)
    for (let j = 1; j <= two.length; j++) {
      const other = two.charCodeAt(j - 1)
      let best = Math.min((last[j] ?? 0) + 1, (now[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (sign === other ? 0 : 1))
      if (i > 1 && j > 1 && sign === two.charCodeAt(j - 2) && one.charCodeAt(i - 2) === other)
        best = Math.min(best, (before[j - 2] ?? 0) + 1)
      now[j] = best
      if (best < least) least = best
    }
    if (least > limit) return limit + 1
    ;[before, last, now] = [last, now, before]
  }
  return Math.min(last[two.length] ?? 0, limit + 1)
}

const tally = new Int16Array(128)

/** Share of letters and digits two texts have in common, wherever they stand: finds what was shaken (hannah88opowersc@m). */
export function signsInCommon(a: string, b: string): number {
  if (a === '' || b === '') return 0
  tally.fill(0)
  for (let at = 0; at < a.length; at++) {
    const sign = a.charCodeAt(at)
    if (sign < 128) tally[sign] = (tally[sign] as number) + 1
  }
  let common = 0
  for (let at = 0; at < b.length; at++) {
    const sign = b.charCodeAt(at)
    if (sign >= 128 || (tally[sign] as number) <= 0) continue
    tally[sign] = (tally[sign] as number) - 1
    common++
  }
  return (2 * common) / (a.length + b.length)
}

/** Spellings of one sound, longest first; what is not named here keeps its letter. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/^(?:mac|mc)(?=[a-z]{3})/, 'mk'],
  [/^(?:kn|gn|pn)/, 'n'],
  [/^wr/, 'r'],
  [/^x/, 's'],
  [/tch/g, 'x'],
  [/sch|sh|ch/g, 'x'],
  [/ph/g, 'f'],
  [/(?:gh)(?=[a-z])/g, 'g'],
  [/gh$/, ''],
  [/th/g, 't'],
  [/ck|cq|q/g, 'k'],
  [/c(?=[eiy])|z/g, 's'],
  [/c/g, 'k'],
  [/dg(?=[eiy])|g(?=[eiy])/g, 'j'],
  [/v/g, 'f'],
  [/w(?![aeiouy])|h(?![aeiouy])/g, ''],
]

const SOUNDS_KEPT = 20_000
const sounds = new Map<string, string>()

/** How a word of an alphabet sounds, roughly: smyth and smith, philips and fillips meet. The first sign stays, other vowels go. */
export function latinSound(word: string): string {
  const known = sounds.get(word)
  if (known !== undefined) return known
  if (sounds.size >= SOUNDS_KEPT) sounds.clear()
  const sound = soundsLike(word)
  sounds.set(word, sound)
  return sound
}

function soundsLike(word: string): string {
  let text = word
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
  for (const [spelling, sound] of SPELLINGS) text = text.replace(spelling, sound)
  const first = text.slice(0, 1)
  return (
    (/[aeiouy]/.test(first) ? 'a' : first) +
    text
      .slice(1)
      .replace(/[aeiouyh]/g, '')
      .replace(/(.)\1+/g, '$1')
  )
}

/** Letters, digits and single blanks, lower case, without accents. */
export const plainLatin = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/['’`]/g, '')
    .replace(/[^\p{L}\p{N}@]+/gu, ' ')
    .trim()
