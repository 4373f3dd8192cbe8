import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { FieldOption } from '../../components/FieldEditor.tsx'
import { useApi } from '../../kernel/context.tsx'
import { colleagueChoices } from '../../../src-shared/features/people/colleagues.ts'

/** Who can own a record: colleagues who are still here. */
export function useOwnerOptions(): readonly FieldOption[] {
  const colleagues = useQuery(useApi().people.colleagues.queryOptions({ input: {}, staleTime: 60_000 }))
  return useMemo(() => colleagueChoices((colleagues.data ?? []).filter((c) => !c.left)), [colleagues.data])
}

export function useTagOptions(): readonly FieldOption[] {
  const tags = useQuery(useApi().tags.list.queryOptions({ input: {}, staleTime: 60_000 }))
  return useMemo(
    () => (tags.data ?? []).filter(({ archived }) => !archived).map((tag) => ({ value: tag.name, label: tag.name })),
    [tags.data],
  )
}
