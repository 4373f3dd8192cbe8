import { useQuery } from '@tanstack/react-query'
import type { ImportColumn, ImportDetail } from '../../../src-shared/features/imports/model.ts'
import { useApi } from '../../kernel/context.tsx'

type Column = Pick<ImportColumn, 'target' | 'note'>
type Colleague = { id: string; name: string }

/** What a name of the file was put to: a colleague's own, nothing where it is left empty; null where nobody decided. */
export function putTo(
  { values }: ImportDetail['options'],
  colleagues: readonly Colleague[],
  { target, note }: Column,
  word: string,
): string | null {
  if (note?.code !== 'people' || !target) return null
  const chosen = values[`${target.entity}.${target.field}`]?.[word]
  if (chosen === undefined) return null
  return chosen === null ? '' : (colleagues.find(({ id }) => id === chosen)?.name ?? null)
}

/** As the check shows them: whom somebody chose, not what the file calls him. */
export function usePutTo({ columns, options }: ImportDetail): (column: Column, word: string) => string | null {
  const asked = columns.some(
    ({ target, note }) => target && note?.code === 'people' && options.values[`${target.entity}.${target.field}`],
  )
  const people = useQuery({ ...useApi().people.colleagues.queryOptions({ input: {}, staleTime: 60_000 }), enabled: asked })
  return (column, word) => putTo(options, people.data ?? [], column, word)
}
