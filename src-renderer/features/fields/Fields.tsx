import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import type { ConfiguredField, CustomField } from '../../../src-shared/features/fields/model.ts'
import { entityWith } from '../../../src-shared/kernel/custom/describe.ts'
import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import { useApi } from '../../kernel/context.tsx'
import { tellCustomWords } from '../../kernel/slices.ts'

type Known = { readonly fields: readonly CustomField[]; readonly settings: readonly ConfiguredField[]; readonly isKnown: boolean }
const NONE: readonly never[] = []
const FieldsContext = createContext<Known>({ fields: NONE, settings: NONE, isKnown: true })

/** The fields that the company added, asked for once; their words stand beside those of the program from then on. */
export function CustomFields({ children }: { children: ReactNode }) {
  const list = useQuery(useApi().fields.list.queryOptions({ input: {}, staleTime: 60_000 }))
  const asked = useQuery(useApi().fields.settings.queryOptions({ input: {}, staleTime: 60_000 }))
  const fields = list.data ?? NONE
  const settings = asked.data ?? NONE
  const isKnown = !list.isPending && !asked.isPending
  const known = useMemo(() => ({ fields, settings, isKnown }), [fields, settings, isKnown])
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
  return <FieldsContext value={known}>{children}</FieldsContext>
}

/** Every field that the company added, those put aside too. */
export const useCustomFields = (): readonly CustomField[] => useContext(FieldsContext).fields
/** Whether the server has said what fields there are and what is asked of them, or could not. */
export const useFieldsKnown = (): boolean => useContext(FieldsContext).isKnown
/** What is asked of fields, those of the program too. */
export const useFieldSettings = (): readonly ConfiguredField[] => useContext(FieldsContext).settings

function living(entity: EntityDescriptor, { fields, settings }: Known): EntityDescriptor {
  const rows = fields
    .filter((field) => field.entity === entity.name)
    .map(({ choices, archived, ...field }) => ({
      ...field,
      options: JSON.stringify(choices),
      archivedAt: archived ? 'archived' : null,
    }))
  const asked = settings
    .filter((setting) => setting.entity === entity.name)
    .map(({ id: _id, entity: _entity, version: _version, field, options, ...setting }) => ({ field, options, setting }))
  return entityWith(entity, rows, asked)
}

/** An entity as this workspace has it: the program's fields and the company's. */
export function useEntity(entity: EntityDescriptor): EntityDescriptor {
  const known = useContext(FieldsContext)
  return useMemo(() => living(entity, known), [known, entity])
}

/** Several of them, always the same list. */
export function useEntities(entities: readonly EntityDescriptor[]): readonly EntityDescriptor[] {
  const known = useContext(FieldsContext)
  return useMemo(() => entities.map((entity) => living(entity, known)), [known, entities])
}
