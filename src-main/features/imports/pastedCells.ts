import { splitPastedContact } from '../../../src-shared/kernel/cleaning/pasted.ts'
import { formatPhone } from '../../../src-shared/kernel/cleaning/phoneDisplay.ts'
import type { CleanRow } from '../../kernel/importer.ts'

/** What a delivery text holds beside the place. */
export type Pasted = { name: string | null; phones: string[]; place: string; shown: string }

const HAS_NUMBER = /1[3-9]\d[-\s]?[\d*]{4}[-\s]?[\d*]{4}|(?<!\d)0\d{2,3}[-\s]?\d{7,8}(?!\d)/

/** As many as a number has; asked first, for most addresses have few. */
function hasManyDigits(text: string): boolean {
  let digits = 0
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at)
    if ((sign >= 0x30 && sign <= 0x39) || sign === STAR) digits++
  }
  return digits >= 10
}
const STAR = 0x2a

/** @returns null for a cell that is an address and nothing else: without a number in it nothing is taken apart. */
export function readPasted(text: string): Pasted | null {
  if (!hasManyDigits(text) || !HAS_NUMBER.test(text)) return null
  const { name, phones, masked, address } = splitPastedContact(text)
  const numbers = [...phones.map(({ e164, extension }) => e164 + (extension ? `;ext=${extension}` : '')), ...masked]
  const { province, city, district, detail } = address
  const place = [province, city === province ? null : city, district, detail]
    .filter((part) => part !== null && part !== '')
    .join('')
  if (numbers.length === 0 || place === '') return null
  const shown = [name, ...phones.map(({ e164 }) => formatPhone(e164)), ...masked, place]
    .filter((part) => part !== null)
    .join(' | ')
  return { name, phones: numbers, place, shown }
}

/** Who stands in the text is a contact of the customer; columns of their own go before it, and no number is lost. */
export function placePasted(row: CleanRow, { name, phones }: Pasted): void {
  const contacts = (row.parts.contact ??= [])
  const same = contacts.find((one) => name !== null && one['name'] === name)
  const [first] = contacts
  const contact = same ?? (first && (name === null || first['name'] === undefined) ? first : {})
  if (!contacts.includes(contact)) contacts.push(contact)
  if (name !== null && contact['name'] === undefined) contact['name'] = name
  const known = [contact['phone'], contact['phone2']]
  for (const phone of phones) {
    if (known.includes(phone)) continue
    if (contact['phone'] === undefined) contact['phone'] = phone
    else if (contact['phone2'] === undefined) contact['phone2'] = phone
    else (row.more.contact ??= []).push(phone)
  }
}
