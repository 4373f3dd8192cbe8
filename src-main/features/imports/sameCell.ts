import { birthdayShown } from '../../../src-shared/kernel/birthday.ts'
import { readBirthday } from '../../../src-shared/kernel/cleaning/birthday.ts'
import { readMoment } from '../../../src-shared/kernel/cleaning/date.ts'
import { type EntityDescriptor, type FieldDescriptor, valueIn } from '../../../src-shared/kernel/entity.ts'
import { maskValue } from '../../kernel/policy.ts'
import { type CellValue, cellText } from '../../kernel/workbook/sheet.ts'
import { cellOf, LANGUAGES } from '../exports/public.ts'

type Row = Readonly<Record<string, unknown>>
/** `loose`: the file went through a program that retypes cells as it likes (csv in Excel). */
export type Same = (cell: CellValue, row: Row, loose: boolean) => boolean

/**
 * Whether a cell of a file says what an export of the row would say: nobody has touched it then, whatever cleaning would make of it.
 * What Excel does to a cell by merely saving it (other dates, lost seconds, texts turned into figures) is no edit.
 */
export function sameCellAs(entity: EntityDescriptor, field: FieldDescriptor, zone: string): Same {
  const notations = LANGUAGES.map((language) => cellOf(entity, field, language, zone))
  return (cell, row, loose) =>
    notations.some((notation) => sameAs(field, cell, notation(row), loose)) || sameMasked(field, cell, valueIn(row, field.key))
}

function sameAs(field: FieldDescriptor, cell: CellValue, there: CellValue | undefined, loose: boolean): boolean {
  const written = cellText(cell)
  const stands = cellText(there)
  if (written.trim() === '' || stands.trim() === '') return written.trim() === stands.trim()
  switch (field.type) {
    case 'instant':
      return sameMoment(written, stands)
    case 'date':
      return readMoment(written)?.date === stands.slice(0, 10)
    case 'birthday': {
      const read = readBirthday(written, '9999-12-31')
      return read !== null && birthdayShown(read) === stands
    }
    case 'money':
      return figure(written) === Number(there) / 100
    case 'number':
      return figure(written) === Number(there)
    case 'boolean':
      return written === stands || written.toUpperCase() === (/^(?:是|yes)$/.test(stands) ? 'TRUE' : 'FALSE')
    default:
      return folded(written) === folded(stands) || ((loose || typeof cell !== 'string') && retyped(written, stands))
  }
}

const figure = (text: string): number => Number(text.replace(/[,\s¥￥]/g, ''))

/** Line ends and what no workbook can carry are not the writer's. */
const folded = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .trim()

/** A program that shows no seconds keeps none. */
function sameMoment(written: string, stands: string): boolean {
  const read = readMoment(written)
  if (!read) return false
  const [date = '', time = '00:00:00'] = stands.split(/[ T]/)
  const clock = read.time ?? '00:00:00'
  return read.date === date && (clock === time || (clock.endsWith(':00') && clock.slice(0, 5) === time.slice(0, 5)))
}

/** What Excel makes of a text that looks like a figure or a day: 007 → 7, 320500123456789 → 3.205E+14, 2026-3-5 → 2026/3/5. */
function retyped(written: string, stands: string): boolean {
  const plain = stands.trim()
  if (/^[+-]?\d[\d.]*$/.test(plain)) {
    const [a, b] = [figure(written), Number(plain)]
    if (Number.isNaN(a)) return false
    return a === b || (/e\+/i.test(written) && a.toExponential(4) === b.toExponential(4))
  }
  const day = /^\d{4}[-/.年]/.test(plain) ? readMoment(plain) : null
  const now = day && readMoment(written)
  return Boolean(now) && now?.date === day?.date && (now?.time ?? '00:00:00') === (day?.time ?? '00:00:00')
}

/** What somebody was shown masked he has not edited by giving it back. */
function sameMasked({ mask }: FieldDescriptor, cell: CellValue, stands: unknown): boolean {
  const written = cellText(cell)
  return mask !== undefined && written.includes('*') && typeof stands === 'string' && maskValue(mask, stands) === written
}
