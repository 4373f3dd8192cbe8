import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { addressEntity } from '../../../src-shared/features/addresses/entity.ts'
import { contactEntity } from '../../../src-shared/features/contacts/entity.ts'
import { CUSTOMER_LEVELS, CUSTOMER_STATUSES, customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { followUpEntity } from '../../../src-shared/features/follow-ups/entity.ts'
import { colleagueChoices } from '../../../src-shared/features/people/colleagues.ts'
import { useApi } from '../../kernel/context.tsx'
import { fieldWord, optionWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useEntity } from '../fields/public.ts'
import { text } from './text.ts'

export type Choice = { value: string; label: string }

export function usePeople(): { people: Choice[]; departments: Choice[] } {
  const api = useApi()
  const colleagues = useQuery(api.people.colleagues.queryOptions({ input: {}, staleTime: 60_000 })).data
  const departments = useQuery(api.views.departments.queryOptions({ input: {}, staleTime: 60_000 })).data
  return useMemo(
    () => ({
      people: colleagueChoices((colleagues ?? []).filter(({ left }) => !left)).map(({ value, label }) => ({ value, label })),
      departments: (departments ?? []).map(({ id, name }) => ({ value: id, label: name })),
    }),
    [colleagues, departments],
  )
}

export const levelChoices = (): Choice[] =>
  CUSTOMER_LEVELS.map((value) => ({ value, label: optionWord('customers', 'level', value) }))
export const statusChoices = (): Choice[] =>
  CUSTOMER_STATUSES.map((value) => ({ value, label: optionWord('customers', 'status', value) }))

export function useTags(): Choice[] {
  const tags = useQuery(useApi().tags.list.queryOptions({ input: {}, staleTime: 60_000 })).data
  return useMemo(() => (tags ?? []).map(({ id, name }) => ({ value: id as string, label: name })), [tags])
}

/** Dates of customers that a rule may count from. */
export function useDateFields(): Choice[] {
  const { fields } = useEntity(customerEntity)
  return fields
    .filter(({ type, computed }) => (type === 'date' || type === 'instant') && computed === undefined)
    .map(({ key }) => ({ value: key, label: fieldWord('customers', key) }))
}

/** What a pool may hide, of customers and of what hangs on them. */
export function useHideable(): Choice[] {
  const t = useText(text)
  const customer = useEntity(customerEntity)
  const contact = useEntity(contactEntity)
  return [
    { entity: customer, word: 'fieldOfCustomer' },
    { entity: contact, word: 'fieldOfContact' },
    { entity: addressEntity, word: 'fieldOfAddress' },
    { entity: followUpEntity, word: 'fieldOfFollowUp' },
  ].flatMap(({ entity, word }) =>
    entity.fields
      .filter(({ alwaysReadable, readOnly, key }) => !alwaysReadable && !readOnly && key !== 'customerId')
      .map(({ key }) => ({
        value: `${entity.name}.${key}`,
        label: t(word as 'fieldOfCustomer', { field: fieldWord(entity.feature, key) }),
      })),
  )
}
