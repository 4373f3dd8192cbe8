import type { CustomerValues } from '../../../src-shared/features/customers/model.ts'
import { type Actor, fieldRight } from '../../../src-shared/kernel/actor.ts'
import { readAddress } from '../../../src-shared/kernel/cleaning/address.ts'
import { splitPastedContact } from '../../../src-shared/kernel/cleaning/pasted.ts'
import type { ReadPhone } from '../../../src-shared/kernel/cleaning/phone.ts'

/** What an address in one piece may fill. */
export type Placed = {
  [Key in (typeof PLACE_FIELDS)[number]]?: CustomerValues[Key] | undefined
}

const LEVELS = ['province', 'city', 'district'] as const
/** The fields that an address in one piece may go to. */
export const PLACE_FIELDS = [...LEVELS, 'address', 'phone', 'phone2', 'note'] as const
type Level = (typeof LEVELS)[number]
type ReadPlace = Record<Level, string | null> & {
  detail: string
  /** Who takes delivery, where the text names somebody beside a number. */
  name: string | null
  phones: string[]
}

const phoneText = ({ e164, extension }: ReadPhone): string => e164 + (extension ? `;ext=${extension}` : '')

/** What a pasted address says: the place by today's divisions, and who is reached there under which number. */
export function readPlace(text: string): ReadPlace {
  const { name, phones, address } = splitPastedContact(text)
  if (phones.length > 0 && address.province !== null)
    return { ...levelsOf(address), detail: address.detail, name, phones: phones.map(phoneText) }
  const read = readAddress(text)
  return { ...levelsOf(read), detail: read.detail, name: null, phones: [] }
}

const levelsOf = ({ province, city, district }: Record<Level, string | null>) => ({ province, city, district })

/**
 * An address written in one piece goes to its four fields, as in the import; a text without a place in it stays as it is.
 * `stands`: the row that is being edited. There a street that only happens to sound like a province must not move the customer.
 */
export function splitAddress<Values extends Placed>(values: Values, stands?: Readonly<Record<string, unknown>>): Values {
  if (!values.address) return values
  const above = LEVELS.map((key) => values[key] ?? '').join('')
  const place = stands ? readAddress(above + values.address) : readPlace(above + values.address)
  if (place.province === null || (stands && above === '' && place.city === null)) return values
  const known = (key: Level): string | null =>
    place[key] ?? values[key] ?? (stands && isSamePlace(place, stands) ? ((stands[key] ?? null) as string | null) : null)
  return {
    ...values,
    province: place.province,
    city: known('city'),
    district: known('district'),
    address: place.detail === '' ? null : place.detail.slice(0, 2000),
    ...(stands ? {} : takenAlong(values)),
  }
}

const isSamePlace = (place: Record<Level, string | null>, stands: Readonly<Record<string, unknown>>): boolean =>
  place.province === stands['province'] && place.city === stands['city']

/** Numbers that came with the address fill empty phones; whom they belong to, and what found no place, is noted: nothing is lost. */
function takenAlong(values: Placed): Placed {
  const { name, phones } = readPlace(values.address ?? '')
  const fresh = phones.filter((phone) => phone !== values.phone && phone !== values.phone2)
  const phone = values.phone ?? fresh.shift()
  const phone2 = values.phone2 ?? fresh.shift()
  const rest = [name, ...fresh].filter((part) => part !== null).join(' ')
  return {
    ...(phone ? { phone } : {}),
    ...(phone2 ? { phone2 } : {}),
    ...(rest ? { note: [values.note, rest].filter(Boolean).join('\n').slice(0, 20_000) } : {}),
  }
}

/** Who may not write all fields that an address goes to keeps it in one piece. */
export const placed = <Values extends Placed>(
  { actor }: { readonly actor: Actor },
  values: Values,
  stands?: Readonly<Record<string, unknown>>,
): Values => (PLACE_FIELDS.every((key) => fieldRight(actor, 'customer', key) === 'write') ? splitAddress(values, stands) : values)
