const DIAL_CODES =
  /^\+(1|7|20|27|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1-46]|852|853|855|856|880|886|9[0-58]|9[679]\d|35\d|37\d|38\d|42\d|2[1-689]\d|50\d|59\d|67\d|68\d|69\d)(\d+)$/

/** A stored number as people here read it: 138 0512 6621, 0512-6621 8800, 400-805-7345, +852 6123 4567; `;ext=801` as 转 801. */
export function formatPhone(e164: string): string {
  if (e164.length === 14 && e164.startsWith('+861') && e164.charCodeAt(4) >= THREE && isDigits(e164, 4)) return mobile(e164)
  if (e164.includes('*')) return e164
  const [number = '', extension] = e164.split(';ext=')
  if (extension !== undefined) return `${formatPhone(number)} 转 ${extension}`
  const national = e164.startsWith('+86') ? e164.slice(3) : null
  if (national === null) return formatForeign(e164)
  if (/^1[3-9]\d{9}$/.test(national)) return `${national.slice(0, 3)} ${national.slice(3, 7)} ${national.slice(7)}`
  if (/^[48]00\d{7}$/.test(national)) return `${national.slice(0, 3)}-${national.slice(3, 6)}-${national.slice(6)}`
  const area = areaCodeOf(national)
  const local = national.slice(area.length)
  return `0${area}-${local.slice(0, local.length - 4)} ${local.slice(-4)}`
}

const [ZERO, THREE, NINE, BLANK] = [0x30, 0x33, 0x39, 0x20]

/** In one piece, for there are very many. */
function mobile(e164: string): string {
  const at = (place: number): number => e164.charCodeAt(place)
  // biome-ignore format: group by group
  return String.fromCharCode(at(3), at(4), at(5), BLANK, at(6), at(7), at(8), at(9), BLANK, at(10), at(11), at(12), at(13))
}

function isDigits(text: string, from: number): boolean {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < ZERO || code > NINE) return false
  }
  return true
}

/** Area code of a national landline number without the trunk zero: 10 and 2x have two digits, all others three. */
export const areaCodeOf = (national: string): string => national.slice(0, /^(?:10|2\d)/.test(national) ? 2 : 3)

/** The last four digits, by which people look a caller up. */
export const phoneTail = (e164: string): string =>
  e164
    .replace(/;ext=.*$/, '')
    .replace(/\D/g, '')
    .slice(-4)

function formatForeign(e164: string): string {
  const parts = DIAL_CODES.exec(e164)
  if (!parts) return e164
  const rest = parts[2] ?? ''
  if (parts[1] === '1' && rest.length === 10) return `+1 ${rest.slice(0, 3)} ${rest.slice(3, 6)} ${rest.slice(6)}`
  return `+${parts[1]} ${rest.replace(/(\d{1,4})(?=(\d{4})+$)/g, '$1 ').trim()}`
}
