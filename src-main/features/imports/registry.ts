import type { ImportableEntity } from '../../../src-shared/features/imports/model.ts'
import type { MappingTarget } from '../../../src-shared/features/imports/mapping.ts'
import type { EntityDescriptor, FieldDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { Importer } from '../../kernel/importer.ts'
import { contactImporter } from '../contacts/public.ts'
import { customerImporter } from '../customers/public.ts'
import { followUpImporter } from '../follow-ups/public.ts'

/** What can be imported, one line per entity. */
const importers: Readonly<Record<ImportableEntity, Importer>> = {
  customer: customerImporter,
  contact: contactImporter,
  followUp: followUpImporter,
}

export const importerOf = (entity: ImportableEntity): Importer => importers[entity]

/** References that a sheet can name: only people, by their names. */
const importable = (field: FieldDescriptor): boolean =>
  !field.readOnly && (field.type !== 'reference' || field.reference === 'employee')

export type ImportTarget = MappingTarget & { readonly feature: string; readonly required: boolean; readonly repeatable: boolean }

/** The fields a column can go to, the row's own first. */
export function targetsOf(importer: Importer): ImportTarget[] {
  return importer.parts.flatMap((part: EntityDescriptor) =>
    part.fields
      .filter((field) => importable(field) && (importer.lookedUp?.[part.name]?.includes(field.key) ?? true))
      .map((field) => ({
        entity: part.name,
        feature: part.feature,
        field: field.key,
        type: field.type,
        synonyms: [...(field.synonyms ?? []), ...(importer.headers?.[`${part.name}.${field.key}`] ?? [])],
        required: field.required === true && part === importer.parts[0],
        repeatable: importer.repeatable.includes(`${part.name}.${field.key}`),
      })),
  )
}
