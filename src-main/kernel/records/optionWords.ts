import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { Importer } from '../importer.ts'

type Texts = Readonly<Record<string, Readonly<Record<string, string>>>>

/** The words by which a cell may name an option: as the pages call it, in every language, and as imported sheets do. */
export function optionWords(
  entity: EntityDescriptor,
  text: Texts,
  more: Importer['words'],
): Record<string, Record<string, string[]>> {
  const selects = entity.fields.filter(({ type, options }) => type === 'select' && options)
  return Object.fromEntries(
    selects.map(({ key, options = [] }) => [
      key,
      Object.fromEntries(
        options.map((value) => {
          const labels = Object.values(text).flatMap((words) => words[`options.${key}.${value}`] ?? [])
          return [value, [...labels.map((label) => label.toLowerCase()), ...(more[`${entity.name}.${key}`]?.[value] ?? [])]]
        }),
      ),
    ]),
  )
}
