import { endingOf } from '../../../src-shared/features/files/rules.ts'

const UNKNOWN = 'application/octet-stream'

const latin = (head: Uint8Array, from: number, to: number): string => Buffer.from(head.subarray(from, to)).toString('latin1')
const hex = (head: Uint8Array, to: number): string => Buffer.from(head.subarray(0, to)).toString('hex')

/** Bytes at the very beginning, in hex. */
const SIGNS: readonly (readonly [string, string])[] = [
  ['89504e470d0a1a0a', 'image/png'],
  ['ffd8ff', 'image/jpeg'],
  ['474946383761', 'image/gif'],
  ['474946383961', 'image/gif'],
  ['255044462d', 'application/pdf'],
  ['1f8b', 'application/gzip'],
  ['526172211a07', 'application/vnd.rar'],
  ['377abcaf271c', 'application/x-7z-compressed'],
  ['494433', 'audio/mpeg'],
  ['4d5a', 'application/x-msdownload'],
  ['7f454c46', 'application/x-executable'],
]

const PACKED: Readonly<Record<string, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
}
const OLD_OFFICE: Readonly<Record<string, string>> = {
  doc: 'application/msword',
  wps: 'application/msword',
  xls: 'application/vnd.ms-excel',
  et: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
}
const BRANDS: Readonly<Record<string, string>> = {
  avif: 'image/avif',
  avis: 'image/avif',
  heic: 'image/heic',
  heix: 'image/heic',
}
/** Endings whose bytes always carry a sign: text behind such a name is a lie. */
const SIGNED_ENDINGS: ReadonlySet<string> = new Set(['png', 'jpg', 'jpeg', 'gif', 'webp', 'bmp', 'avif', 'heic', 'pdf'])

/** What the bytes are, by themselves; the name only tells kinds apart that begin alike. Unknown or pretended is nothing but bytes. */
export function typeOf(head: Uint8Array, name: string): string {
  const ending = endingOf(name)
  const found = bySign(head, ending)
  if (found) return found
  if (SIGNED_ENDINGS.has(ending) || !isText(head)) return UNKNOWN
  return textType(ending, latin(head, 0, 512))
}

function bySign(head: Uint8Array, ending: string): string | null {
  const start = hex(head, 16)
  const sign = SIGNS.find(([first]) => start.startsWith(first))
  if (sign) return sign[1]
  if (start.startsWith('504b0304')) return PACKED[ending] ?? 'application/zip'
  if (start.startsWith('d0cf11e0a1b11ae1')) return OLD_OFFICE[ending] ?? UNKNOWN
  if (latin(head, 0, 4) === 'RIFF' && latin(head, 8, 12) === 'WEBP') return 'image/webp'
  if (latin(head, 0, 4) === 'RIFF' && latin(head, 8, 12) === 'WAVE') return 'audio/wav'
  if (latin(head, 4, 8) === 'ftyp') return BRANDS[latin(head, 8, 12)] ?? 'video/mp4'
  // Two letters are little: a picture also says how long it is and where it begins.
  if (latin(head, 0, 2) === 'BM' && head.length >= 26 && hex(head, 10).endsWith('00000000')) return 'image/bmp'
  return null
}

/** No control signs but those of lines: whichever letters it is written in, UTF-8 or GBK. */
const isText = (head: Uint8Array): boolean => !head.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27))

function textType(ending: string, start: string): string {
  const low = start.toLowerCase()
  if (low.includes('<svg')) return 'image/svg+xml'
  if (low.includes('<!doctype html') || low.includes('<html') || ending === 'html' || ending === 'htm') return 'text/html'
  return ending === 'csv' ? 'text/csv' : 'text/plain'
}
