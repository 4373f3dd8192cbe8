import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import type { CustomField } from '../../../src-shared/features/fields/model.ts'
import { entityWith } from '../../../src-shared/kernel/custom/describe.ts'
import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import { useApi } from '../../kernel/context.tsx'
import { tellCustomWords } from '../../kernel/slices.ts'

const NONE: readonly CustomField[] = []
const FieldsContext = createContext<readonly CustomField[]>(NONE)

/** The fields that the company added, asked for once; their words stand beside those of the program from then on. */
export function CustomFields({ children }: { children: ReactNode }) {
  const list = useQuery(useApi().fields.list.queryOptions({ input: {}, staleTime: 60_000 }))
  const fields = list.data ?? NONE
  // Before anything below is drawn: words are looked up there by key.
  useMemo(
    () =>
      tellCustomWords(
        fields.flatMap(({ key, label, choices }) => [
          [key, label] as const,
          ...choices.map(({ value, label: word }) => [`${key}.${value}`, word] as const),
        ]),
      ),
    [fields],
  )
  return <FieldsContext value={fields}>{children}</FieldsContext>
}

/** Every field that the company added, those put aside too. */
export const useCustomFields = (): readonly CustomField[] => useContext(FieldsContext)

function living(entity: EntityDescriptor, fields: readonly CustomField[]): EntityDescriptor {
  const rows = fields
    .filter((field) => field.entity === entity.name)
    .map(({ choices, archived, ...field }) => ({
      ...field,
      options: JSON.stringify(choices),
      archivedAt: archived ? 'archived' : null,
    }))
  return entityWith(entity, rows)
}

/** An entity as this workspace has it: the program's fields and the company's. */
export function useEntity(entity: EntityDescriptor): EntityDescriptor {
  const fields = useCustomFields()
  return useMemo(() => living(entity, fields), [fields, entity])
}

/** Several of them, always the same list. */
export function useEntities(entities: readonly EntityDescriptor[]): readonly EntityDescriptor[] {
  const fields = useCustomFields()
  return useMemo(() => entities.map((entity) => living(entity, fields)), [fields, entities])
}
