import { birthdayShown } from '../../../src-shared/kernel/birthday.ts'
import { readBirthday } from '../../../src-shared/kernel/cleaning/birthday.ts'
import { instantOf, localOf, readMoment } from '../../../src-shared/kernel/cleaning/date.ts'
import { formatPhone } from '../../../src-shared/kernel/cleaning/phoneDisplay.ts'
import { shortLandline, withoutExtension } from '../../../src-shared/kernel/cleaning/shortLandline.ts'
import { readPhones } from '../../../src-shared/kernel/cleaning/phone.ts'
import { toSimplified } from '../../../src-shared/kernel/matching/simplified.ts'
import { foreignSign } from '../../../src-shared/kernel/cleaning/currency.ts'
import { readFigure, readYesNo } from '../../../src-shared/kernel/cleaning/figures.ts'
import { ownChanges } from '../../../src-shared/features/imports/ownRules.ts'
import { cleanLongText, cleanName, cleanText, isNothing } from '../../../src-shared/kernel/cleaning/text.ts'
import type { Entity } from '../../../src-shared/kernel/procedure.ts'
import type { ImportOptions, TargetKey } from '../../../src-shared/features/imports/model.ts'
import type { CellProblem, Importer } from '../../kernel/importer.ts'
import { type CellValue, cellText } from '../../kernel/workbook/sheet.ts'
import { aimedAt, apply, type Cell, type CleanedRow, type Into, isBlank, partOf, problem, type Slot } from './cellInto.ts'
import { memoFor, remembered, replay } from './cellMemo.ts'
import { type CellReading, codeCell, emailCell, idNumberDoubts } from './codeCells.ts'
import { clockOf, customerOf, optionOf, optionsOf } from './choiceCells.ts'
import { keepAuthor, keepOneHolder, personOf, poolOf, type Pools } from './holderCells.ts'
import { namedRecord, type NamesOf } from './namedCells.ts'
import { placePasted, readPasted } from './pastedCells.ts'
import { composePlace, type PlaceCells } from './placeCells.ts'
import { splitTags } from '../../../src-shared/kernel/cleaning/tagText.ts'

export type MappedColumn = { index: number; header: string; target: TargetKey }
/** `userOf`: the account of an employee, where he has one. */
export type People = {
  idByName: ReadonlyMap<string, string>
  left: ReadonlySet<string>
  userOf: ReadonlyMap<string, string>
}
/** Everything cleaning asks beside the cells; made once per pass over a file. */
export type CleanSettings = {
  importer: Importer
  columns: readonly MappedColumn[]
  options: ImportOptions
  people: People
  pools: Pools
  zone: string
  /** The day on which the file is read, in that zone. */
  today: string
  areaCode: string | null
  /** Customers of exactly this name, for fields that name one. */
  customersNamed?: (name: string) => readonly string[]
  /** Records that cells name by a word; absent where no cell does. */
  names?: NamesOf
}

/** `aim`: puts what an importer says of a field to the column it stands in. */
export type Cleaner = {
  clean: (cells: readonly CellValue[], width: number) => CleanedRow
  aim: (problems: readonly CellProblem[]) => CellProblem[]
  mapped: ReadonlySet<string>
}

/** Prepares cleaning for a mapping: which column goes to which record of the row, the nth column of a field to the nth record. */
export function cleanerFor(settings: CleanSettings): Cleaner {
  const slots = slotsOf(settings)
  const off = new Set<string>(settings.options.rulesOff)
  const own = ownChanges(settings.options.ownRules)
  const mapped = new Set(slots.map(({ entity, field }) => `${entity}.${field.key}`))
  const authors = slots.filter(({ entity, field }) => entity === 'followUp' && field.key === 'authorId')
  const pools = slots.filter(({ field }) => field.reference === 'pool')
  return {
    mapped,
    aim: aimedAt(slots),
    clean: (cells, width) => {
      const into: Into = { parts: {}, more: {}, problems: [], shown: [], applied: [], settings, off, own, pasted: [] }
      for (let index = 0; index < width; index++) into.shown.push(cellText(cells[index]))
      const places: PlaceCells = {}
      for (const slot of slots) cleanSlot(into, slot, cells[slot.column] ?? null, places)
      for (const entity in places) composePlace(into, entity as Entity, places[entity as Entity] ?? [])
      for (const one of into.pasted) placePasted(into, one)
      for (const author of authors) keepAuthor(into, author)
      for (const pool of pools) keepOneHolder(into, pool)
      settings.importer.finish(into, mapped)
      return into
    },
  }
}

function slotsOf({ importer, columns }: CleanSettings): Slot[] {
  const seen = new Map<string, number>()
  return columns.flatMap(({ index, header, target }) => {
    const descriptor = importer.parts.find((part) => part.name === target.entity)
    const field = descriptor?.fields.find((one) => one.key === target.field)
    if (!descriptor || !field) return []
    const key = `${target.entity}.${target.field}`
    const before = seen.get(key) ?? 0
    seen.set(key, before + 1)
    const first = descriptor === importer.parts[0] || field.type === 'tags'
    const at = first ? 0 : (target.at ?? before)
    return [{ column: index, header, entity: descriptor.name, field, at, memo: memoFor(field) }]
  })
}

function cleanSlot(into: Into, slot: Slot, raw: CellValue, places: PlaceCells): void {
  if (raw === null || raw === '') return
  const { memo } = slot
  const key = memo === null ? null : memo.keyOf(raw)
  if (memo === null || key === null) return finishCell(into, slot, readCell(into, slot, raw, places))
  const known = memo.get(key)
  if (known) return finishCell(into, slot, replay(into, slot, known))
  const before = { applied: into.applied.length, problems: into.problems.length }
  const value = readCell(into, slot, raw, places)
  memo.set(key, remembered(into, slot, before, value))
  finishCell(into, slot, value)
}

function finishCell(into: Into, slot: Slot, value: unknown): void {
  if (value !== undefined && value !== null && value !== '') return put(into, slot, value)
  const { keepsWord } = slot.field
  const word = keepsWord === undefined ? '' : cleanText(into.shown[slot.column] ?? '')
  if (keepsWord !== undefined && word !== '') partOf(into, slot.entity, slot.at)[keepsWord] ??= word
}

/** What a cell says: of addresses nothing yet, for their columns are read together. */
function readCell(into: Into, slot: Slot, raw: CellValue, places: PlaceCells): unknown {
  const written = cellText(raw)
  if (isBlank(written)) return null
  if (!into.off.has('nothing') && isNothing(written)) {
    apply(into, slot, 'nothing', written, '')
    into.shown[slot.column] = ''
    return null
  }
  const text = mended(into, slot, written)
  if (text !== written) {
    into.shown[slot.column] = text
    if (isBlank(text)) return null
  }
  if (slot.field.group === 'address') {
    ;(places[slot.entity] ??= []).push({ slot, text: slot.field.key === 'address' ? takenApart(into, slot, text) : text })
    return null
  }
  return valueOf(into, slot, { text, raw: text === written ? raw : text })
}

const WORDS: ReadonlySet<string> = new Set(['text', 'longText', 'select', 'tags', 'reference'])

/** Simplified characters, then what the user himself wants changed; both on the tidied text, before it is read as what its column is. */
function mended(into: Into, slot: Slot, written: string): string {
  let text = written
  if (WORDS.has(slot.field.type)) {
    const simple = toSimplified(written)
    apply(into, slot, 'simplified', written, simple)
    if (!into.off.has('simplified')) text = simple
  }
  const change = into.own.get(slot.column)
  if (!change) return text
  const tell = ({ id, before, after }: { id: string; before: string; after: string }): void => {
    into.applied.push({ rule: 'own', own: id, column: slot.column, before, after })
  }
  if (slot.field.type === 'tags') {
    const tags = splitTags(text)
    const after = tags.map((tag) => change(tag, tell))
    return after.every((tag, at) => tag === tags[at]) ? text : after.filter((tag) => tag !== '').join('、')
  }
  const tidy = tidied(into, slot, text)
  const after = change(tidy, tell)
  return after === tidy ? text : after
}

/** The text of a cell as the built-in rules leave it, which is what own rules are about. */
function tidied(into: Into, { field }: Slot, text: string): string {
  if (field.key === 'name' && !into.off.has('name')) return cleanName(text)
  return field.type === 'longText' ? cleanLongText(text) : cleanText(text)
}

/** A delivery text in the column of addresses: who and which number stand in it go their own way, the place stays. */
function takenApart(into: Into, slot: Slot, text: string): string {
  if (into.off.has('pasted')) return text
  const pasted = readPasted(text)
  if (!pasted) return text
  into.pasted.push(pasted)
  apply(into, slot, 'pasted', text, pasted.shown)
  return pasted.place
}

/** A further column of a text field is added below the first; of tags, beside them. */
function put(into: Into, slot: Slot, value: unknown): void {
  const part = partOf(into, slot.entity, slot.at)
  const { key, type, maxLength } = slot.field
  const there = part[key]
  if (type === 'tags' && Array.isArray(there) && Array.isArray(value))
    part[key] = [...new Set([...(there as string[]), ...(value as string[])])]
  else if (typeof there === 'string' && typeof value === 'string' && there !== value && (type === 'longText' || type === 'text'))
    part[key] = `${there}${type === 'longText' ? '\n' : isOneChineseName(key, there, value) ? '' : ' '}${value}`
  else if (there === undefined) part[key] = value
  const now = part[key]
  if (typeof now === 'string' && maxLength !== undefined && now.length > maxLength) {
    delete part[key]
    problem(into, slot.column, 'error', 'tooLong', String(maxLength))
  }
}

/** 王 and 海峰 in two columns are 王海峰; Anna and Schmidt keep their blank. */
const isOneChineseName = (key: string, ...parts: string[]): boolean =>
  key === 'name' && parts.every((part) => /^[\u3400-\u9fff]{1,3}$/.test(part))

function valueOf(into: Into, slot: Slot, cell: Cell): unknown {
  switch (slot.field.type) {
    case 'phone':
      return phoneOf(into, slot, cell)
    case 'email':
      return emailOf(into, slot, cell.text)
    case 'select':
      return optionOf(into, slot, cleanText(cell.text))
    case 'reference':
      return namedOf(into, slot, cell.text)
    case 'multiSelect':
      return optionsOf(into, slot, cell.text)
    case 'time':
      return clockOf(into, slot, cell)
    case 'instant':
    case 'date':
      return dateOf(into, slot, cell.text)
    case 'birthday':
      return birthdayOf(into, slot, cell)
    case 'tags':
      return [...new Set(splitTags(cell.text))]
    case 'boolean':
      return yesNoOf(into, slot, cell.text)
    case 'money':
    case 'number':
      return figureOf(into, slot, cell)
    default:
      return textOf(into, slot, cell)
  }
}

function namedOf(into: Into, slot: Slot, text: string): string | null {
  // A path stays one until it is written: whatever of it is missing is made then.
  if (slot.field.reference === 'productCategory') return cleanText(text)
  if (slot.field.reference === 'customer') return customerOf(into, slot, cleanName(text))
  const names = into.settings.names?.(slot.field.reference)
  if (names) return namedRecord(into, slot, names, cleanText(text))
  return slot.field.reference === 'pool' ? poolOf(into, slot, cleanText(text)) : personOf(into, slot, cleanName(text))
}

function yesNoOf(into: Into, slot: Slot, text: string): boolean | null {
  const answer = readYesNo(text)
  if (answer === null) problem(into, slot.column, 'warning', 'value.unknown', text)
  return answer
}

/** An amount or a number; what cannot be read is left out and said, as with dates. */
function figureOf(into: Into, slot: Slot, { text, raw }: Cell): number | null {
  const foreign =
    slot.field.type === 'money' && into.settings.importer.yuanOnly ? (foreignSign(text) ?? foreignSign(slot.header)) : null
  if (foreign !== null) {
    problem(into, slot.column, 'error', 'currency.foreign', foreign)
    return null
  }
  const read = readFigure(slot.field, slot.header, typeof raw === 'number' ? raw : text)
  if ('problem' in read) {
    problem(into, slot.column, 'warning', read.problem, text)
    return null
  }
  apply(into, slot, 'amount', text, read.shown)
  into.shown[slot.column] = read.shown
  return read.value
}

function textOf(into: Into, slot: Slot, { text, raw }: Cell): string {
  const { key, type } = slot.field
  if (key === 'creditCode') return codeOf(into, slot, text, raw)
  const isName = key === 'name'
  const plain = type === 'longText' ? cleanLongText(text) : cleanText(text)
  if (!into.off.has('blanks')) apply(into, slot, 'blanks', text, plain)
  const tidy = into.off.has('blanks') ? text.trim() : plain
  const after = isName && !into.off.has('name') ? cleanName(tidy) : tidy
  if (isName) apply(into, slot, 'name', plain, after)
  if (typeof raw === 'object' && raw !== null && 'error' in raw) problem(into, slot.column, 'warning', 'excelError', text)
  if (type === 'text' && !into.off.has('code')) told(into, slot, idNumberDoubts(slot.header, text, raw))
  into.shown[slot.column] = after
  return after
}

function codeOf(into: Into, slot: Slot, text: string, raw: CellValue): string {
  const isOff = into.off.has('code')
  const read = codeCell(text, raw, isOff)
  told(into, slot, read.doubts)
  if (read.value !== '') {
    if (!isOff) apply(into, slot, 'code', text, read.value)
    into.shown[slot.column] = read.value
  }
  return read.value
}

function emailOf(into: Into, slot: Slot, text: string): string | null {
  const read = emailCell(text, into.off.has('email'))
  told(into, slot, read.doubts)
  if (read.value === '') return null
  apply(into, slot, 'email', text, read.value)
  into.shown[slot.column] = read.value
  return read.value
}

function told(into: Into, slot: Slot, doubts: CellReading['doubts']): void {
  for (const { code, detail } of doubts) problem(into, slot.column, 'warning', code, detail)
}

const NO_AREA = {}

function phoneOf(into: Into, slot: Slot, { text, raw }: Cell): string | null {
  if (into.off.has('phone')) return cleanText(text).slice(0, 40)
  const { areaCode } = into.settings
  const read = readPhones(typeof raw === 'number' ? raw : text, areaCode ? { areaCode } : NO_AREA)
  const only = read.phones[0]
  if (only && read.phones.length === 1 && read.masked.length === 0 && read.problems.length === 0) {
    const { e164, extension } = only
    const shown = formatPhone(e164)
    if (extension === null) return shownPhone(into, slot, text, 'phone', e164, shown)
    return shownPhone(into, slot, text, 'phone', `${e164};ext=${extension}`, `${shown}-${extension}`)
  }
  const numbers = read.phones.map(({ e164, extension }) => e164 + (extension ? `;ext=${extension}` : ''))
  const masked = into.off.has('masked') ? [] : read.masked
  const [first, ...others] = [...numbers, ...masked]
  if (first === undefined) return unreadPhone(into, slot, text, read.problems)
  if (others.length > 0 && into.off.has('severalPhones')) return cleanText(text).slice(0, 40)
  for (const doubt of read.problems) problem(into, slot.column, 'warning', `phone.${doubt.code}`, doubt.text)
  const shown = [
    ...read.phones.map(({ e164, extension }) => formatPhone(e164) + (extension ? `-${extension}` : '')),
    ...masked,
  ].join(' / ')
  if (others.length > 0) (into.more[slot.entity] ??= []).push(...others)
  const rule = numbers.length > 1 ? 'severalPhones' : numbers.length === 0 ? 'masked' : 'phone'
  return shownPhone(into, slot, text, rule, first, shown)
}

function shownPhone(
  into: Into,
  slot: Slot,
  text: string,
  rule: 'severalPhones' | 'masked' | 'phone',
  value: string,
  shown: string,
): string {
  apply(into, slot, rule, text, shown)
  into.shown[slot.column] = shown
  return value
}

/** A number without its area and one like 95588 are kept as they stand; digits that are no number stop the row, because a wrong number is worse than none, unless they are a landline cut short. */
function unreadPhone(into: Into, slot: Slot, text: string, problems: readonly { code: string; text: string }[]): string | null {
  const [first] = problems
  if (!first) {
    problem(into, slot.column, 'warning', 'phone.unread', text)
    return null
  }
  if (first.code === 'areaCode' || first.code === 'short') {
    problem(into, slot.column, 'warning', `phone.${first.code}`, first.text)
    return cleanText(text).slice(0, 40)
  }
  if (first.code === 'digitsLost') problem(into, slot.column, 'warning', 'phone.digitsLost', first.text)
  else unfitPhone(into, slot, text, first.text)
  return null
}

/** A landline short of digits costs its row nothing else: it is left out and told, with what is missing. */
function unfitPhone(into: Into, slot: Slot, text: string, number: string): void {
  const short = shortLandline(number)
  if (short)
    problem(
      into,
      slot.column,
      'warning',
      'phone.landline',
      [cleanText(text).slice(0, 60), short.area, short.wanted, short.missing].join('|'),
    )
  else problem(into, slot.column, 'error', 'phone.invalid', String(withoutExtension(number).replace(/\D/g, '').length))
}

function dateOf(into: Into, slot: Slot, text: string): string | null {
  const { zone, today } = into.settings
  const read = readMoment(text, { today, ahead: slot.field.key.startsWith('next') })
  if (!read) {
    problem(into, slot.column, 'warning', slot.field.key === 'happenedAt' ? 'happenedAt.unread' : 'date.unread', text)
    return null
  }
  const wall = localOf(read, zone)
  const shown = wall.time === null ? wall.date : `${wall.date} ${wall.time.slice(0, 5)}`
  apply(into, slot, 'date', text, shown)
  into.shown[slot.column] = shown
  return slot.field.type === 'date' ? wall.date : instantOf(read, zone)
}

/** 5.1 as a figure may have been written 5.10. */
function birthdayOf(into: Into, slot: Slot, { text, raw }: Cell): string | null {
  const read = typeof raw === 'number' && !Number.isInteger(raw) ? null : readBirthday(text, into.settings.today)
  if (read === null) {
    problem(into, slot.column, 'warning', 'date.unread', text)
    return null
  }
  apply(into, slot, 'date', text, birthdayShown(read))
  into.shown[slot.column] = birthdayShown(read)
  return read
}
