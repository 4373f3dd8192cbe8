import { type EntityDescriptor, type FieldDescriptor, valueIn } from '../../kernel/entity.ts'
import type { Customer } from '../customers/model.ts'
import type { MergeChoice, MergeSide } from './model.ts'

export const NOTE_AT_MOST = 20_000
const NOTE = 'note'
/** An address is chosen as a whole: the street of one and the city of another are nowhere. */
const PLACE = ['province', 'city', 'district', 'address']
const PHONES = ['phone', 'phone2']

/** Fields of which one of several values is chosen; tags are put together, and what the program writes is not chosen at all. */
export const isChosen = (field: FieldDescriptor): boolean => field.readOnly !== true && field.type !== 'tags'

export type MergeHint = 'onlyOne' | 'newer' | 'fuller'
/** One line of the comparison. */
export type MergeLine = {
  key: string
  keys: readonly string[]
  differs: boolean
  /** Whose value is preselected. */
  chosen: string
  /** Whose value deserves a look although another is preselected, and why. */
  hint: { id: string; why: MergeHint } | null
}

type Value = unknown
const isEmpty = (value: Value): boolean => value === null || value === undefined || value === ''
const textOf = (row: Customer, keys: readonly string[]): string => keys.map((key) => String(valueIn(row, key) ?? '')).join('')
const isBlank = (row: Customer, keys: readonly string[]): boolean => keys.every((key) => isEmpty(valueIn(row, key)))

/** Who keeps his place unless somebody chooses otherwise: who may not give it up, else the fullest, else the oldest. */
export function suggestedSurvivor(entity: EntityDescriptor, sides: readonly MergeSide[]): string {
  const fields = entity.fields.filter(isChosen)
  const fullness = ({ customer, hanging: { contacts = 0, followUps = 0, addresses = 0 } }: MergeSide): number =>
    fields.filter(({ key }) => !isEmpty(valueIn(customer, key))).length + Math.min(contacts + followUps + addresses, 20)
  const [best] = [...sides].sort(
    (a, b) =>
      Number(a.mayGoUp) - Number(b.mayGoUp) ||
      fullness(b) - fullness(a) ||
      a.customer.createdAt.localeCompare(b.customer.createdAt) ||
      a.customer.id.localeCompare(b.customer.id),
  )
  return best?.customer.id ?? ''
}

/** The lines of the comparison, those that differ first; `skip`: fields the caller may not write or see. */
export function mergeLines(
  entity: EntityDescriptor,
  sides: readonly MergeSide[],
  survivorId: string,
  skip: (key: string) => boolean,
): MergeLine[] {
  const keys = entity.fields.filter((field) => isChosen(field) && field.key !== NOTE && !skip(field.key)).map(({ key }) => key)
  const place = keys.filter((key) => PLACE.includes(key))
  const groups = [
    ...keys.filter((key) => !place.includes(key)).map((key) => ({ key, keys: [key] })),
    ...(place.length > 0 ? [{ key: 'address', keys: place }] : []),
  ]
  const order = (key: string): number => entity.fields.findIndex((field) => field.key === key)
  const lines = groups
    .sort((a, b) => order(a.key) - order(b.key))
    .map(({ key, keys: own }) =>
      lineOf(
        sides.map(({ customer }) => customer),
        survivorId,
        key,
        own,
      ),
    )
    .filter(({ keys: own }) => sides.some(({ customer }) => !isBlank(customer, own)))
  return [...lines.filter(({ differs }) => differs), ...lines.filter(({ differs }) => !differs)]
}

function lineOf(rows: readonly Customer[], survivorId: string, key: string, keys: readonly string[]): MergeLine {
  const survivor = rows.find(({ id }) => id === survivorId)
  const filled = rows.filter((row) => !isBlank(row, keys))
  const newest = [...filled].sort((a, b) => b.updatedAt.localeCompare(a.updatedAt))
  // Who has bought has bought, whoever of them is kept.
  const buyer = key === 'status' && survivor?.status !== 'won' ? rows.find(({ status }) => status === 'won') : undefined
  const chosen = buyer ?? (survivor && !isBlank(survivor, keys) ? survivor : (newest[0] ?? survivor))
  const differs = new Set(rows.map((row) => textOf(row, keys))).size > 1
  return { key, keys, differs, chosen: chosen?.id ?? survivorId, hint: buyer ? null : hintOf(newest, chosen, survivorId, keys) }
}

function hintOf(
  newest: readonly Customer[],
  chosen: Customer | undefined,
  survivorId: string,
  keys: readonly string[],
): MergeLine['hint'] {
  if (!chosen) return null
  if (chosen.id !== survivorId) {
    if (newest.length === 1) return { id: chosen.id, why: 'onlyOne' }
    return newest.some((row) => textOf(row, keys) !== textOf(chosen, keys)) ? { id: chosen.id, why: 'newer' } : null
  }
  const others = newest.filter((row) => textOf(row, keys) !== textOf(chosen, keys))
  const fuller = others.find((row) => textOf(row, keys).includes(textOf(chosen, keys)))
  if (fuller) return { id: fuller.id, why: 'fuller' }
  const [newer] = others
  return newer && newer.updatedAt > chosen.updatedAt ? { id: newer.id, why: 'newer' } : null
}

/** Numbers of the others that would be lost, into the second place where it is free. */
export function keptPhone(
  sides: readonly MergeSide[],
  survivorId: string,
  chosen: Readonly<Record<string, string>>,
): MergeChoice | null {
  const rowOf = (id: string | undefined): Customer | undefined => sides.find(({ customer }) => customer.id === id)?.customer
  const taken = PHONES.map((key) => rowOf(chosen[key] ?? survivorId)?.[key as 'phone'])
  if (!isEmpty(taken[1])) return null
  for (const { customer } of sides)
    for (const key of PHONES) {
      const value = customer[key as 'phone']
      if (!isEmpty(value) && !taken.includes(value)) return { field: 'phone2', from: customer.id, of: key }
    }
  return null
}

/** What is sent: only what is not the survivor's own. */
export const choicesOf = (
  lines: readonly MergeLine[],
  survivorId: string,
  chosen: Readonly<Record<string, string>>,
): MergeChoice[] =>
  lines.flatMap(({ key, keys }) => {
    const from = chosen[key]
    return from === undefined || from === survivorId ? [] : keys.map((field) => ({ field, from: from as MergeChoice['from'] }))
  })
