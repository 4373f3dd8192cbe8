import { WorkbookRefusal } from './refusal.ts'

const SAID = {
  pdf: 'a PDF document',
  picture: 'a picture',
  media: 'a recording',
  archive: 'a packed archive',
  document: 'a text document',
  presentation: 'a presentation',
  database: 'a database',
  program: 'a program',
  apple: 'an Apple document (export it as xlsx)',
  oldOffice: 'an old Office document',
} as const
const SAID_ELSEWHERE = ['folder', 'lockFile', 'webPage', 'xml'] as const
/** What a file seems to be instead, in one word; the sentences live with the feature that shows them. */
export type OtherKind = keyof typeof SAID | (typeof SAID_ELSEWHERE)[number]
export const OTHER_KINDS: readonly OtherKind[] = [...(Object.keys(SAID) as (keyof typeof SAID)[]), ...SAID_ELSEWHERE]

/** The refusal of a file of another kind, as its first bytes or its parts tell it. */
export const otherKind = (kind: keyof typeof SAID): WorkbookRefusal =>
  new WorkbookRefusal('notAWorkbook', `The file is ${SAID[kind]}, not a workbook.`, { kind })

const MAGIC: readonly (readonly [mark: string, kind: keyof typeof SAID])[] = [
  ['%PDF', 'pdf'],
  ['\x89PNG', 'picture'],
  ['\xff\xd8\xff', 'picture'],
  ['GIF8', 'picture'],
  ['II*\0', 'picture'],
  ['MM\0*', 'picture'],
  ['BM', 'picture'],
  ['ID3', 'media'],
  ['OggS', 'media'],
  ['\x1aE\xdf\xa3', 'media'],
  ['Rar!', 'archive'],
  ['7z\xbc\xaf', 'archive'],
  ['\x1f\x8b', 'archive'],
  ['BZh', 'archive'],
  ['\xfd7zXZ', 'archive'],
  ['{\\rtf', 'document'],
  ['SQLite format 3', 'database'],
  ['\0\x01\0\0Standard ', 'database'],
  ['MZ', 'program'],
  ['\x7fELF', 'program'],
]
const PICTURES = /^(?:heic|heix|mif1|msf1|avif)/

/** Null where the first bytes are no other program's. */
export function kindOfHead(head: Buffer): keyof typeof SAID | null {
  const start = head.toString('latin1', 0, 16)
  const found = MAGIC.find(([mark]) => start.startsWith(mark))
  // Two or three letters are also how a table may begin.
  if (found) return found[0].length > 3 || /[^\x20-\x7e]/.test(found[0]) || head.includes(0) ? found[1] : null
  if (start.startsWith('RIFF') && head.includes(0)) return start.slice(8, 12) === 'WEBP' ? 'picture' : 'media'
  if (start.slice(4, 8) === 'ftyp') return PICTURES.test(start.slice(8)) ? 'picture' : 'media'
  return null
}
