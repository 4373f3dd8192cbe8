import type { SheetColumn } from '../../../src-shared/features/imports/mapping.ts'
import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { Importer } from '../../kernel/importer.ts'
import { headerOf, isIdHeader, LANGUAGES } from '../exports/public.ts'
import { targetsOf } from './registry.ts'
import type { StoredColumn } from './settings.ts'

const ID = /^[0-9A-HJKMNP-TV-Z]{26}$/i

/** Whether a sheet was exported here: its records' numbers stand under their own name. */
const isIdColumn = ({ header, samples }: SheetColumn): boolean => isIdHeader(header) && samples.some((sample) => ID.test(sample))

/**
 * The columns of a file that was exported here: each goes to the field it was written from, and what only the program writes
 * (创建时间, 最近跟进) to none. Null for any other file.
 */
export function exportedColumns(
  importer: Importer,
  sheet: readonly SheetColumn[],
  closed: readonly string[],
): StoredColumn[] | null {
  const [entity] = importer.parts
  if (!entity || !importer.finishEdited || !sheet.some(isIdColumn)) return null
  const targets = targetsOf(importer)
  const isTarget = (name: string, key: string): boolean => targets.some((one) => one.entity === name && one.field === key)
  const used = new Set<string>()
  return sheet.map((column, index) => {
    const target = isIdColumn(column) ? { entity: entity.name, field: 'id' } : targetOf(importer, entity, column.header)
    const key = target ? `${target.entity}.${target.field}` : ''
    const given = target && isTarget(target.entity, target.field) && !closed.includes(key) && !used.has(key) ? target : null
    used.add(key)
    return { index, header: column.header, target: given, confidence: 1, because: 'synonym' }
  })
}

function targetOf(importer: Importer, entity: EntityDescriptor, header: string): { entity: string; field: string } | null {
  const name = header.trim()
  const field = entity.fields.find((one) => LANGUAGES.some((language) => headerOf(entity, one, language) === name))
  if (!field) return null
  // What the record hangs on is told by its name.
  if (field.reference && importer.lookedUp?.[field.reference]) return { entity: field.reference, field: 'name' }
  return { entity: entity.name, field: field.key }
}
