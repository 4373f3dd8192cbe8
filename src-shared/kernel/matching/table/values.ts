import { readDate } from '../../cleaning/date.ts'
import { readEmails } from '../../cleaning/email.ts'
import { readPhones } from '../../cleaning/phone.ts'
import { cleanText, isNothing, toHalfWidth } from '../../cleaning/text.ts'
import { soundOf } from '../../pinyin/pinyin.ts'
import { latinSound, plainLatin } from '../latin.ts'
import { nameCore } from '../nameCore.ts'
import { toSimplified } from '../simplified.ts'
import type { FieldKind } from './columns.ts'

const HAN = /[\u3400-\u9fff]/

/** A date of birth as eight digits; also one whose month or day was mistyped (19729518), because it still compares. Null where the cell is none. */
export function birthOf(cell: string): string | null {
  const digits = /^\s*((?:1[89]|20)\d{2})[-/.]?(\d{2})[-/.]?(\d{2})(?:[T ].*)?$/.exec(cell)
  if (digits) return `${digits[1]}${digits[2]}${digits[3]}`
  if (/^\d{1,5}(?:\.\d+)?$/.test(cell.trim())) return null
  return readDate(cell, { dayFirst: true })?.replaceAll('-', '') ?? null
}

/** The form in which a cell of this kind is compared; '' where it says nothing. */
export function comparable(kind: FieldKind, cell: string): string {
  if (isNothing(cell)) return ''
  if (kind === 'phone') return phonesOf(cell)
  if (kind === 'email') return readEmails(cell).emails[0] ?? toHalfWidth(cleanText(cell)).toLowerCase().replace(/\s/g, '')
  if (kind === 'birth') return birthOf(toHalfWidth(cleanText(cell))) ?? ''
  if (kind === 'house' || kind === 'postcode' || kind === 'code' || kind === 'credit')
    return toHalfWidth(cell)
      .toUpperCase()
      .replace(/[^\p{L}\p{N}]/gu, '')
  if (kind === 'name') return nameOf(cell)
  const plain = plainLatin(toHalfWidth(cell))
  return HAN.test(plain) ? toSimplified(plain).replace(/ /g, '') : plain
}

/** Company names without place and legal form; where nothing would stay, as they are. */
function nameOf(cell: string): string {
  if (HAN.test(cell)) return nameCore(cell).core || toSimplified(cleanText(cell))
  const plain = plainLatin(toHalfWidth(cell))
  return (
    plain
      .replace(
        / (?:co|company|corp|corporation|inc|incorporated|ltd|limited|llc|llp|plc|gmbh|ag|pty|pte|sa|bv|group|holdings)(?= |$)/g,
        '',
      )
      .replace(/^the /, '') || plain
  )
}

function phonesOf(cell: string): string {
  const { phones, masked } = readPhones(cell)
  const read = [...phones.map(({ e164 }) => e164.replace(/^\+86/, '')), ...masked]
  if (read.length > 0) return read.join(' ')
  const digits = toHalfWidth(cell).replace(/\D/g, '')
  return digits.length >= 5 ? digits.replace(/^0+/, '') : ''
}

/** What a value is gathered by before it is compared: how it sounds, or its code. Several where any of them may bring two rows together. */
export function atomsOf(kind: FieldKind, value: string): string[] {
  if (value === '') return []
  if (kind === 'phone') return value.split(' ').map((phone) => phone.slice(-8))
  if (kind === 'email') return [value.replace(/@.*$/, '')]
  if (kind === 'birth' || kind === 'house' || kind === 'postcode' || kind === 'code' || kind === 'credit') return [value]
  if (HAN.test(value)) return [soundOf(value).slice(0, 24)]
  if (kind === 'given' || kind === 'surname' || kind === 'contact' || kind === 'place' || kind === 'region')
    return [latinSound(value).slice(0, 5)]
  if (kind === 'name') return [value.split(' ').map(latinSound).toSorted().join('').slice(0, 12)]
  return [latinSound(value).slice(0, 6)]
}
