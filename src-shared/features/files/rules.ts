const NAME_AT_MOST = 200
/** Signs that make a name read otherwise than it is (a turned-round "gpj.exe"), or that no disk takes. */
const UNSEEN = /[\p{Cc}\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/gu
const NOT_IN_NAMES = /[<>:"|?*]/g

/** A name as it is shown and downloaded: the last part of a path, without signs that deceive, never too long, its ending kept. */
export function soundFileName(given: string): string {
  const last = given.split(/[/\\]/).at(-1) ?? ''
  const clean = last
    .replace(UNSEEN, '')
    .replace(NOT_IN_NAMES, '_')
    .replace(/\s+/g, ' ')
    // Half of a pair is no sign.
    .replace(/\p{Cs}/gu, '_')
    .replace(/^[. ]+|[. ]+$/g, '')
  if (clean === '') return 'file'
  const signs = [...clean]
  if (signs.length <= NAME_AT_MOST) return clean
  const ending = /\.[\p{L}\p{N}]{1,12}$/u.exec(clean)?.[0] ?? ''
  return signs.slice(0, NAME_AT_MOST - [...ending].length).join('') + ending
}

export const endingOf = (name: string): string => /\.([\p{L}\p{N}]{1,12})$/u.exec(name)?.[1]?.toLowerCase() ?? ''
