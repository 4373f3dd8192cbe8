import { hasLostDigits, readCreditCode, readIdNumber } from '../../../src-shared/kernel/cleaning/codes.ts'
import { readEmails } from '../../../src-shared/kernel/cleaning/email.ts'
import { cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import type { CellValue } from '../../kernel/workbook/sheet.ts'

/** What a cell says, nothing when it cannot be taken, and what somebody should look at. */
export type CellReading = { value: string; doubts: readonly Doubt[] }
type Doubt = { code: string; detail?: string }
const NONE: readonly Doubt[] = []

/** Digits that Excel has rounded away cannot be brought back: the cell is left out. A code whose check sign is wrong is taken and doubted. */
export function codeCell(text: string, raw: CellValue, isOff: boolean): CellReading {
  const { code, problem } = readCreditCode(text)
  if (problem === 'digitsLost' || (typeof raw === 'number' && hasLostDigits(raw)))
    return { value: '', doubts: [{ code: 'digitsLost', detail: text }] }
  if (isOff) return { value: cleanText(text), doubts: [] }
  if (problem === 'checksum') return { value: code ?? '', doubts: [{ code: 'code.checksum', detail: text }] }
  // Codes of other countries have other shapes: they stay as written.
  const written = cleanText(text).replace(/\s+/g, '').toUpperCase()
  if (problem === 'shape') return { value: written, doubts: [{ code: 'code.shape', detail: text }] }
  return { value: code ?? '', doubts: [] }
}

const ID_HEADER = /身份证|\b(national\s+)?id(entity)?\s*(card|number|no)\b/i
const ID_SHAPE = /^\s*\d{17}[\dXx]\s*$/
const ID_LENGTH = 18
/** Headers are few, and each is asked about for every cell below it. */
const named = new Map<string, boolean>()

function namesId(header: string): boolean {
  let isNamed = named.get(header)
  if (isNamed === undefined) {
    if (named.size >= 1000) named.clear()
    named.set(header, (isNamed = ID_HEADER.test(header)))
  }
  return isNamed
}

/**
 * What is wrong with the number of an identity card in a column of plain text, which is taken as it is. Known by the header; without it
 * only what has place and birth date of one and fails its check. Masked numbers and passports are none.
 */
export function idNumberDoubts(header: string, text: string, raw: CellValue): CellReading['doubts'] {
  const isNamed = namesId(header)
  if (!isNamed && (text.length < ID_LENGTH || !ID_SHAPE.test(text))) return NONE
  const { problem } = readIdNumber(text)
  if (problem === 'checksum') return [{ code: 'idNumber.checksum', detail: text }]
  if (!isNamed || problem === null) return []
  if (problem === 'digitsLost' || (typeof raw === 'number' && hasLostDigits(raw))) return [{ code: 'digitsLost', detail: text }]
  return /^\D*\d[\d\s]{12,}[\dXx]?\s*$/.test(text) ? [{ code: 'idNumber.shape', detail: text }] : []
}

/** The first address of a cell; further ones, pieces that are none and slips of well-known providers are told. */
export function emailCell(text: string, isOff: boolean): CellReading {
  const { emails, problems } = readEmails(text)
  const only = emails[0]
  if (only !== undefined && emails.length === 1 && problems.length === 0 && !isOff) return { value: only, doubts: NONE }
  const [email, ...others] = emails
  if (email === undefined) return { value: '', doubts: problems.length > 0 ? [{ code: 'email.invalid', detail: text }] : [] }
  const at = text.toLowerCase().indexOf(email)
  const value = isOff && at >= 0 ? text.slice(at, at + email.length) : email
  const doubts: Doubt[] = problems.flatMap(({ code, text: piece, suggestion }) => {
    if (code === 'invalid') return [{ code: 'email.left', detail: piece }]
    return piece === email ? [{ code: 'email.typo', detail: suggestion ?? piece }] : []
  })
  if (others.length > 0) doubts.push({ code: 'email.several', detail: others.join(' ') })
  return { value, doubts }
}
