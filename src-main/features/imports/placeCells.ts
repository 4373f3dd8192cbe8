import { readAddress } from '../../../src-shared/kernel/cleaning/address.ts'
import { cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import type { Entity } from '../../../src-shared/kernel/procedure.ts'
import { apply, type Into, partOf, problem, type Slot } from './cellInto.ts'

export type PlaceCells = Partial<Record<Entity, PlaceCell[]>>
export type PlaceCell = { slot: Slot; text: string }
const LEVELS = ['province', 'city', 'district'] as const

const NO_CELLS: readonly PlaceCell[] = []

function cellOf(cells: readonly PlaceCell[], key: string): PlaceCell | undefined {
  for (const cell of cells) if (cell.slot.field.key === key) return cell
  return undefined
}

/** Columns of province, city, district and street are read as one address, so that each helps the other. */
export function composePlace(into: Into, entity: Entity, cells: readonly PlaceCell[]): void {
  const street = cellOf(cells, 'address')
  const above = cells.length === 1 && street ? NO_CELLS : LEVELS.flatMap((key) => cellOf(cells, key) ?? [])
  const at = street ?? above[0]
  if (!at) return
  const whole = above.map(({ text }) => cleanText(text)).join('') + (street?.text ?? '')
  const read = into.off.has('address') ? null : readAddress(whole)
  const part = partOf(into, entity, 0)
  if (read === null || read.province === null) {
    for (const { slot, text } of cells) part[slot.field.key] = cleanText(text).slice(0, slot.field.maxLength ?? 2000)
    if (street && read?.problems.some(({ code }) => code === 'ambiguous'))
      problem(into, at.slot.column, 'warning', 'address.ambiguous', whole)
    return
  }
  for (const key of LEVELS) if (read[key] !== null) part[key] = read[key]
  if (street && read.detail !== '') part['address'] = read.detail.slice(0, 2000)
  doubtPlace(into, at, read)
  if (street) showPlace(into, street, read)
}

type Place = ReturnType<typeof readAddress>

function doubtPlace(into: Into, at: PlaceCell, read: Place): void {
  if (read.problems.length === 0) return
  const today = LEVELS.map((key) => read[key] ?? '').join('')
  for (const { code, text } of read.problems) {
    if (code === 'former') into.applied.push({ rule: 'formerPlace', column: at.slot.column, before: text, after: today })
    else if (code === 'approximate') problem(into, at.slot.column, 'warning', 'address.approximate', text)
  }
}

function showPlace(into: Into, street: PlaceCell, read: Place): void {
  let shown = read.province ?? ''
  if (read.city !== null && read.city !== read.province) shown += ` ${read.city}`
  if (read.district !== null) shown += ` ${read.district}`
  into.shown[street.slot.column] = `${shown} ${read.detail}`.trim()
  apply(into, street.slot, 'address', street.text, `${shown} | ${read.detail}`)
}
