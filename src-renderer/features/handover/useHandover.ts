import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { colleagueChoices } from '../../../src-shared/features/people/colleagues.ts'
import type { EmployeeId } from '../../../src-shared/features/people/model.ts'
import type { Estate, Plan, Sharing } from '../../../src-shared/features/handover/model.ts'
import { OTHER_KINDS, type OtherKind } from '../../../src-shared/features/handover/kinds.ts'
import { othersIn, overfull } from '../../../src-shared/features/handover/rules.ts'
import { useApi, useClient } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { holdingLive } from '../../kernel/liveHold.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { givenText } from './given.ts'
import { text } from './text.ts'

export const HOWS = ['one', 'even', 'level', 'province'] as const
export type How = (typeof HOWS)[number]
export const KINDS = OTHER_KINDS
export type Kind = OtherKind

export const useEstate = (employeeId: string) =>
  useQuery(useApi().handover.look.queryOptions({ input: { employeeId: employeeId as EmployeeId }, meta: { shown: true } }))

/** Colleagues who can take over: all who are here but the leaver. */
export function useSuccessors(leaverId: string) {
  const colleagues = useQuery(useApi().people.colleagues.queryOptions({ input: {}, staleTime: 60_000 }))
  return useMemo(
    () => colleagueChoices((colleagues.data ?? []).filter((one) => !one.left && one.id !== leaverId)).map((one) => ({ ...one })),
    [colleagues.data, leaverId],
  )
}

type Chosen = {
  how: How
  one: string | null
  even: readonly string[]
  /** By value of the field; '' = not filled. */
  by: Readonly<Record<string, string>>
  rest: string | null
  /** `undefined` = said to be left. */
  to: Readonly<Partial<Record<Kind, string | undefined>>>
}
/** Of these nobody thinks apart from their customers. */
const WITH_CUSTOMERS: ReadonlySet<Kind> = new Set(['opportunities', 'quotes', 'orders', 'leads'])
const NOTHING: Chosen = { how: 'one', one: null, even: [], by: {}, rest: null, to: {} }

/** What is chosen as it is sent; null while something is missing. */
function sharingOf({ how, one, even, by, rest }: Chosen): Sharing | null {
  const id = (value: string) => value as EmployeeId
  if (how === 'one') return one === null ? null : { kind: 'one', to: id(one) }
  if (how === 'even') return even.length < 2 ? null : { kind: 'even', to: even.map(id) }
  if (rest === null) return null
  return {
    kind: 'by',
    field: how,
    map: Object.entries(by).map(([value, to]) => ({ value: value === '' ? null : value, to: id(to) })),
    rest: id(rest),
  }
}

export function useChoices(estate: Estate) {
  const [chosen, setChosen] = useState(NOTHING)
  const [overLimit, setOverLimit] = useState(false)
  const owns = estate.customers + estate.binned > 0
  const sharing = owns ? sharingOf(chosen) : null
  const isComplete = !owns || sharing !== null
  // What hangs on customers goes with them, unless somebody says otherwise: whoever gets them all gets it as well.
  const heir = chosen.how === 'one' ? chosen.one : null
  const to = (kind: Kind) =>
    (kind in chosen.to ? (chosen.to[kind] ?? null) : WITH_CUSTOMERS.has(kind) ? heir : null) as EmployeeId | null
  const plan: Plan = {
    employeeId: estate.employee.id,
    customers: sharing,
    opportunitiesTo: to('opportunities'),
    quotesTo: to('quotes'),
    ordersTo: to('orders'),
    leadsTo: to('leads'),
    departmentsTo: to('departments'),
    reportsTo: to('reports'),
    teamsTo: to('teams'),
    poolsTo: to('pools'),
    viewsTo: to('views'),
  }
  const goes = sharing !== null || othersIn(plan).length > 0
  const preview = useQuery(
    useApi().handover.preview.queryOptions({
      input: plan,
      enabled: goes,
      placeholderData: keepPreviousData,
      meta: { shown: true },
    }),
  )
  const shares = goes ? (preview.data ?? []) : []
  const isOver = overfull(shares).length > 0
  return {
    chosen,
    change: (part: Partial<Chosen>) => setChosen({ ...chosen, ...part }),
    give: (kind: Kind, id: string | undefined) => {
      setChosen({ ...chosen, to: { ...chosen.to, [kind]: id } })
    },
    plan,
    to,
    shares,
    previewError: preview.error,
    isOver,
    overLimit,
    setOverLimit,
    mayRun: isComplete && (!owns || estate.mayTransfer) && (!isOver || overLimit),
  }
}
export type Choices = ReturnType<typeof useChoices>

export function useRun(estate: Estate) {
  const t = useText(text)
  const undo = useUndo()
  const navigate = useNavigate()
  const client = useClient()
  return useMutation(
    useApi().handover.run.mutationOptions({
      meta: { shown: true },
      // What was agreed to stays on the page until it is left: it must not count down to nothing under one's eyes.
      mutationFn: (input) =>
        holdingLive(async () => {
          const done = await client.handover.run(input)
          await navigate({ to: '/settings/people' })
          return done
        }),
      onSuccess: (done, { plan }) => {
        const { name } = estate.employee
        const more = done.binned > 0 ? t('doneBinned', { n: formatNumber(done.binned) }) : ''
        const given = Object.fromEntries(othersIn(plan as Plan).map(({ kind }) => [kind, done[kind]]))
        const what = `${givenText({ customers: done.customers, ...given })}${more}`
        undo.say(what === '' ? t('doneAlone', { name }) : t('done', { name, what }), { batchId: done.batchId })
      },
    }),
  )
}
