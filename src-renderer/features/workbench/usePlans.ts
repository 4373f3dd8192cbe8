import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import type { Span } from '../../../src-shared/features/workbench/period.ts'
import { plannedFilter } from '../../../src-shared/features/workbench/todo.ts'
import { useApi, useClock } from '../../kernel/context.tsx'
import { formatMinute } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { text } from './text.ts'
import { daysOf } from './calendarDays.ts'
import type { Looking } from './useWorkbench.ts'

/** A customer with the moment that he is to be spoken to next. */
export type Plan = Customer & { readonly nextFollowUpAt: string }

/** As many as are drawn of one day; how many there are is said in any case. */
export const MOST = 200

/** The next follow-ups between two days, the earliest first. */
export function usePlans({ whose, day }: Looking, span: Span) {
  const filter = plannedFilter(whose, span, day.zone)
  return useQuery(
    useApi().customers.list.queryOptions({
      input: { filter, sort: [{ field: 'nextFollowUpAt', direction: 'asc' }], limit: MOST },
      placeholderData: keepPreviousData,
      meta: { shown: true },
    }),
  )
}

/** The same of a calendar: each day counted whole, and drawn up to so many. */
export const usePlanned = ({ whose, day }: Looking, span: Span, limit: number) =>
  useQuery(
    useApi().customers.days.queryOptions({
      input: { filter: plannedFilter(whose, span, day.zone), from: span.from, days: daysOf(span).length, limit },
      placeholderData: keepPreviousData,
      meta: { shown: true },
    }),
  )

export const plansIn = (rows: readonly Customer[] | undefined): Plan[] =>
  (rows ?? []).filter((row): row is Plan => row.nextFollowUpAt !== null)

/** Puts a plan to another moment; Ctrl+Z takes it back. */
export function useMovePlan(): (plan: Plan, at: string) => void {
  const t = useText(text)
  const undo = useUndo()
  const clock = useClock()
  const edit = useMutation(
    useApi().customers.edit.mutationOptions({
      onSuccess: ({ id, nextFollowUpAt }) =>
        undo.say(t('moved', { when: nextFollowUpAt ? formatMinute(nextFollowUpAt, clock) : '' }), { recordId: id }),
    }),
  )
  return (plan, at) => {
    if (at !== plan.nextFollowUpAt) edit.mutate({ id: plan.id, version: plan.version, values: { nextFollowUpAt: at } })
  }
}
