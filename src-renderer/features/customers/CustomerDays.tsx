import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { DaysCalendar, useDaysView } from '../../components/days/DaysCalendar.tsx'
import { DayTime } from '../../components/days/DayTime.tsx'
import { onDay, rulesOfDay } from '../../components/days/instants.ts'
import type { DayCard } from '../../components/days/useDayMoves.ts'
import { fieldRightOf, useApi, useCan, useClock, useMe } from '../../kernel/context.tsx'
import { usePanelOpen } from '../../kernel/panel.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { useFreeDays } from '../calendar/public.ts'
import type { OpenedCard } from '../lists/public.ts'
import { text } from './text.ts'
import type { CustomerList } from './useCustomerList.ts'

/** The one date that a calendar of customers goes by. */
const BY = 'nextFollowUpAt'

/** 日历: whom to talk to next on which day; drawn to another day he is talked to then. */
export function CustomerDays({ list, card }: { list: CustomerList; card: OpenedCard<Customer> }) {
  const me = useMe()
  const { zone } = useClock()
  const isPhone = useIsPhone()
  // Seven days need what the navigation takes.
  usePanelOpen()
  const mayEdit = useCan('customers.edit') && fieldRightOf(me, 'customer', BY) === 'write'
  const view = useDaysView()
  const { pool: _, deleted: __, ...which } = list.which
  const { data, ...asked } = useQuery({
    ...useApi().customers.days.queryOptions({ input: { ...which, ...view.asked }, meta: { shown: true } }),
    enabled: list.isAsked,
    placeholderData: keepPreviousData,
  })
  return (
    <div className="kind-stage">
      <DaysCalendar<Customer>
        feature="customers"
        view={view}
        asked={{ ...asked, data: data && { ...data, days: data.days.map((day) => ({ ...day, by: BY })) } }}
        isFree={useFreeDays()}
        face={(shown) => <Face {...shown} />}
        title={({ row }) => [row.name, row.ownerName].filter(Boolean).join(' · ')}
        onRest={(_by, day) => {
          const rules = [...rulesOfDay(BY, day, 'instant', zone), ...(list.state.filter ? [list.state.filter] : [])]
          list.setState({ kind: 'table', filter: { combinator: 'and', rules } })
        }}
        openId={card.opened?.row.id ?? null}
        onOpen={(row) => (isPhone ? card.openRow(row, null) : card.open(row, null))}
        mayMove={() => mayEdit}
        move={useMove()}
      />
    </div>
  )
}

function useMove() {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const cache = useQueryClient()
  const { zone } = useClock()
  const { mutateAsync: send } = useMutation(api.customers.edit.mutationOptions({ meta: { shown: true } }))
  return async ({ row }: DayCard<Customer>, day: string): Promise<void> => {
    if (row.nextFollowUpAt === null) return
    const saved = await send({ id: row.id, version: row.version, values: { [BY]: onDay(row.nextFollowUpAt, day, zone) } })
    undo.say(t('planMoved', { name: row.name, day }), { recordId: saved.id })
    await cache.invalidateQueries({ queryKey: api.customers.days.key() })
  }
}

function Face({ row }: DayCard<Customer>) {
  return (
    <>
      <DayTime at={row.nextFollowUpAt} />
      <span className="el grow">{row.name}</span>
    </>
  )
}
