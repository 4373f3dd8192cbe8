import { phoneProblem } from '../cells/read.ts'
import type { EntityDescriptor } from '../entity.ts'
import { Refusal } from '../refusal.ts'
import type { CustomValue } from './model.ts'
import { flatValues } from './values.ts'

type Values = Readonly<Record<string, unknown>>

/**
 * The one rule for phones that somebody writes, in a form, in a cell or by a call, by the reading that a pasted cell gets. What stood there
 * before stays: an imported number that cannot be read is kept as it was given.
 * @param values as they are given, added fields among them
 * @throws Refusal notAPhone, naming the field; `kind` says why
 */
function requirePhones(entity: EntityDescriptor, values: Values, before: Values | null): void {
  for (const { key, type, label } of entity.fields) {
    const value = values[key]
    if (type !== 'phone' || typeof value !== 'string' || value.trim() === '' || value === before?.[key]) continue
    const kind = phoneProblem(value)
    if (kind !== null) throw new Refusal('notAPhone', { field: key, feature: entity.feature, kind, ...(label && { label }) })
  }
}

/**
 * `flatValues` of what somebody writes himself: beside it phones have to be phones.
 * @param before the row as it stands, added fields among its own; null for a new one
 * @throws Refusal naming the field
 */
export function typedValues<Given extends { custom?: Readonly<Record<string, CustomValue>> | undefined }>(
  entity: EntityDescriptor,
  given: Given,
  before: Values | null,
): Omit<Given, 'custom'> {
  const values = flatValues(entity, given)
  requirePhones(entity, values, before)
  return values
}
