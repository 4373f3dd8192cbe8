import { hasLostDigits, readCreditCode } from '../cleaning/codes.ts'
import { readBirthday } from '../cleaning/birthday.ts'
import { instantOf, localOf, readMoment } from '../cleaning/date.ts'
import { readEmails } from '../cleaning/email.ts'
import { readFigure, readYesNo } from '../cleaning/figures.ts'
import { unescapeFormula } from '../cleaning/formula.ts'
import { readPhones } from '../cleaning/phone.ts'
import { splitTags } from '../cleaning/tagText.ts'
import { cleanName, cleanText } from '../cleaning/text.ts'
import type { FieldDescriptor } from '../entity.ts'

export type CellPerson = { readonly id: string; readonly left: boolean }
/** What reading a cell asks beside its text. */
export type CellWorld = {
  readonly zone: string
  /** The day in that zone. */
  readonly today: string
  readonly people: ReadonlyMap<string, readonly CellPerson[]>
  /** Words for the options of the program's own selects, as `field` → value → words. */
  readonly words: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
}
export type CellRead = { readonly value: unknown } | { readonly problem: string; readonly detail?: string }

/** The text of a cell as the field wants it: the same reading as of an imported file, but a doubt leaves the cell as it is. */
export function readCell(field: FieldDescriptor, given: string, world: CellWorld): CellRead {
  // What the program itself put before a formula when it was copied out.
  const text = unescapeFormula(given)
  if (cleanText(text) === '') return { value: field.type === 'tags' ? [] : null }
  const reader = READERS[field.type]
  return reader ? reader(field, text, world) : { value: text }
}

type Reader = (field: FieldDescriptor, text: string, world: CellWorld) => CellRead
const READERS: Partial<Record<FieldDescriptor['type'], Reader>> = {
  phone: (_field, text) => phoneOf(text),
  email: (_field, text) => emailOf(text),
  select: optionOf,
  reference: personOf,
  multiSelect: chosenOf,
  tags: (_field, text) => ({ value: [...new Set(splitTags(text))] }),
  boolean: (_field, text) => {
    const answer = readYesNo(text)
    return answer === null ? { problem: 'yesNo' } : { value: answer }
  },
  number: figureOf,
  money: figureOf,
  date: momentOf,
  birthday: birthdayOf,
  instant: momentOf,
  text: (field, text) => (field.key === 'creditCode' ? codeOf(text) : { value: text }),
}

function figureOf(field: FieldDescriptor, text: string): CellRead {
  const read = readFigure(field, field.label ?? '', text)
  if (!('problem' in read)) return { value: read.value }
  return { problem: read.problem === 'number.digits' ? 'digits' : field.type === 'money' ? 'amount' : 'number' }
}

function momentOf(field: FieldDescriptor, text: string, { zone, today }: CellWorld): CellRead {
  const read = readMoment(text, { today, ahead: field.key.startsWith('next') })
  if (!read) return { problem: 'date' }
  return { value: field.type === 'date' ? localOf(read, zone).date : instantOf(read, zone) }
}

function birthdayOf(_field: FieldDescriptor, text: string, { today }: CellWorld): CellRead {
  const value = readBirthday(text, today)
  return value === null ? { problem: 'birthday' } : { value }
}

/** Why a text is no phone that one would keep, as a cell and a form ask it; null where it is one. */
export function phoneProblem(text: string): string | null {
  const read = phoneOf(text)
  return 'problem' in read ? read.problem : null
}

/** A short or local number stays as it is written; two numbers, or digits that are none, are somebody's to decide. */
function phoneOf(text: string): CellRead {
  const { phones, masked, problems } = readPhones(text)
  if (masked.length > 0) return { problem: 'maskedPhone' }
  const [first, ...others] = phones
  if (others.length > 0) return { problem: 'severalPhones' }
  const [doubt] = problems
  if (first && !doubt) return { value: first.e164 + (first.extension ? `;ext=${first.extension}` : '') }
  if (!first && (doubt?.code === 'areaCode' || doubt?.code === 'short')) return { value: cleanText(text).slice(0, 40) }
  return { problem: doubt?.code === 'digitsLost' ? 'digitsLost' : 'phone' }
}

function emailOf(text: string): CellRead {
  const { emails, problems } = readEmails(text)
  const [first, ...others] = emails
  if (others.length > 0) return { problem: 'severalEmails' }
  return first === undefined || problems.some(({ code }) => code === 'invalid') ? { problem: 'email' } : { value: first }
}

function codeOf(text: string): CellRead {
  const { code, problem } = readCreditCode(text)
  if (problem === 'digitsLost' || hasLostDigits(text)) return { problem: 'digitsLost' }
  return { value: code ?? cleanText(text).replace(/\s+/g, '').toUpperCase() }
}

function optionOf(field: FieldDescriptor, given: string, { words }: CellWorld): CellRead {
  const text = cleanText(given)
  const bare = text.toLowerCase()
  const choice =
    field.choices?.find(({ label }) => label.toLowerCase() === bare) ?? field.choices?.find(({ value }) => value === text)
  if (choice) return { value: choice.value }
  const option = field.options?.find((one) => one.toLowerCase() === bare || `${one.toLowerCase()}级` === bare)
  if (option !== undefined) return { value: option }
  for (const [value, known] of Object.entries(words[field.key] ?? {})) if (known.includes(bare)) return { value }
  return { problem: 'option' }
}

/** Several options: all of them have to be known. */
function chosenOf(field: FieldDescriptor, text: string, world: CellWorld): CellRead {
  const values: unknown[] = []
  for (const word of splitTags(text)) {
    const read = optionOf(field, word, world)
    if ('problem' in read) return { ...read, detail: word }
    values.push(read.value)
  }
  return { value: values }
}

function personOf(field: FieldDescriptor, given: string, { people }: CellWorld): CellRead {
  // Many records may have one name: which of them is meant is chosen in the record.
  if (field.reference !== 'employee') return { problem: 'pickRecord' }
  const known = people.get(cleanName(given)) ?? []
  const here = known.filter(({ left }) => !left)
  const [first, ...others] = here
  if (others.length > 0) return { problem: 'severalPeople' }
  if (first) return { value: first.id }
  return { problem: known.length > 0 ? 'ownerLeft' : 'ownerUnknown' }
}
