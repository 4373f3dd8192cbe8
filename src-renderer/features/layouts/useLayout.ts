import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Place } from '../../../src-shared/features/layouts/model.ts'
import { type Laid, laidIn, layoutOf } from '../../../src-shared/features/layouts/rules.ts'
import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import { useApi } from '../../kernel/context.tsx'
import { sliceWord } from '../../kernel/slices.ts'
import { useFieldsKnown } from '../fields/public.ts'

const useStored = () => useQuery(useApi().layouts.list.queryOptions({ input: {}, staleTime: 60_000 }))

/** Whether it is known what a form asks: one that is drawn sooner could be saved without what the company wants. */
export function useFormKnown(): boolean {
  const areFieldsKnown = useFieldsKnown()
  return !useStored().isPending && areFieldsKnown
}

/** What of a kind of record shows in one place, group by group, as the company arranged it. */
export function useLaid(entity: EntityDescriptor, place: Place | 'edit'): readonly Laid[] {
  const stored = useStored().data
  return useMemo(() => {
    const own = stored?.find((one) => one.entity === entity.name)?.layout ?? null
    return laidIn(entity, layoutOf(entity, own), place)
  }, [stored, entity, place])
}

/** What a group is called: as the company named it, or by the program's own word. */
export const groupWord = ({ id, label }: { id: string; label: string | null }): string =>
  label || (sliceWord('layouts', `groups.${id}`) ?? '')
