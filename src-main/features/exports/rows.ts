import type { ExportRequest } from '../../../src-shared/features/exports/contract.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import { type EntityDescriptor, type FieldDescriptor, findField } from '../../../src-shared/kernel/entity.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { rightTo } from '../../kernel/policy.ts'
import type { WriteCell, WriteColumn } from '../../kernel/workbook/write.ts'
import { cellOf, headerOf, idHeader, stateHeader } from './notation.ts'

export type Column = WriteColumn & { key: string; cell: (row: Record<string, unknown>) => WriteCell }

/**
 * The columns of an export: fields the actor may read, as the list shows them, last the id and what the base had written by then, so that a changed file finds its rows again.
 * @throws Refusal columnUnknown | columnHidden
 */
export function exportColumns(
  actor: Actor,
  entity: EntityDescriptor,
  request: Pick<ExportRequest, 'columns' | 'language'>,
  { zone, state }: { zone: string; state: () => string },
): Column[] {
  const readable = entity.fields.filter((field) => rightTo(actor, entity, field.key) !== 'hidden')
  const fields = request.columns
    ? request.columns.map((key) => chosen(entity, readable, key))
    : readable.filter((field) => field.key !== 'createdBy')
  const { language } = request
  const columns = fields.map((field) => ({
    key: field.key,
    header: headerOf(entity, field, language),
    type: typeOf(field),
    width: widthOf(field),
    cell: cellOf(entity, field, language, zone),
  }))
  return [
    ...columns,
    // Out of sight, where nobody sorts them away from their rows; csv has no sight.
    { key: 'id', header: idHeader(language), type: 'text', width: 30, hidden: true, cell: (row) => String(row['id']) },
    { key: 'state', header: stateHeader(language), type: 'text', width: 20, hidden: true, cell: () => state() },
  ]
}

/** The columns of a part of records, as its descriptor has them. */
export const partColumns = (
  entity: EntityDescriptor,
  { language }: Pick<ExportRequest, 'language'>,
  { zone }: { zone: string },
): Column[] =>
  entity.fields.map((field) => ({
    key: field.key,
    header: headerOf(entity, field, language),
    type: typeOf(field),
    width: widthOf(field),
    cell: cellOf(entity, field, language, zone),
  }))

function chosen(entity: EntityDescriptor, readable: readonly FieldDescriptor[], key: string): FieldDescriptor {
  if (!findField(entity, key)) throw new Refusal('columnUnknown', { column: key })
  const field = readable.find((known) => known.key === key)
  if (!field) throw new Refusal('columnHidden', { column: key })
  return field
}

const TYPES: Partial<Record<FieldDescriptor['type'], WriteColumn['type']>> = {
  phone: 'phone',
  number: 'number',
  money: 'money',
  date: 'date',
  instant: 'datetime',
}
const typeOf = (field: FieldDescriptor): WriteColumn['type'] => TYPES[field.type] ?? 'text'
const widthOf = (field: FieldDescriptor): number => Math.max(10, Math.min(48, Math.round((field.width ?? 140) / 7)))
