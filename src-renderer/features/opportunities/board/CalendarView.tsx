import { FlagOutlined } from '@ant-design/icons'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { DAY_FIELDS, type DayField } from '../../../../src-shared/features/opportunities/board.ts'
import type { Opportunity } from '../../../../src-shared/features/opportunities/model.ts'
import type { Rule } from '../../../../src-shared/kernel/list.ts'
import { DaysCalendar, useDaysView } from '../../../components/days/DaysCalendar.tsx'
import { DayTime } from '../../../components/days/DayTime.tsx'
import { onDay, rulesOfDay } from '../../../components/days/instants.ts'
import type { DayCard } from '../../../components/days/useDayMoves.ts'
import { mayAskBy } from '../../../components/filter/askBy.ts'
import { fieldRightOf, useApi, useCan, useClock, useMe } from '../../../kernel/context.tsx'
import { formatMoneyShort } from '../../../kernel/format.ts'
import { useText } from '../../../kernel/text.ts'
import { useUndo } from '../../../kernel/undoCommand.ts'
import { useFreeDays } from '../../calendar/public.ts'
import type { CardPlace } from '../../lists/public.ts'
import type { OpportunityList } from '../words.ts'
import { text } from './text.ts'

type CalendarViewProps = {
  list: OpportunityList
  openId: string | null
  onOpen: (row: Opportunity, place: CardPlace | null) => void
  onRows: (rules: readonly Rule[]) => void
}

const OPEN: Rule = { field: 'state', operator: '=', value: 'open' }
const TYPE = { nextAt: 'instant', expectedOn: 'date' } as const

/** 日历: next steps and expected ends of open ones on their days; drawn to another day they are put off. */
export function CalendarView({ list, openId, onOpen, onRows }: CalendarViewProps) {
  const t = useText(text)
  const me = useMe()
  const { zone } = useClock()
  const mayEdit = useCan('opportunities.edit')
  const view = useDaysView()
  const by = DAY_FIELDS.filter((field) => mayAskBy(me, 'opportunity', field))
  const input = { ...list.which, ...view.asked, by }
  const asked = useQuery({
    ...useApi().opportunities.days.queryOptions({ input, meta: { shown: true } }),
    enabled: list.isAsked,
    placeholderData: keepPreviousData,
  })
  return (
    <DaysCalendar<Opportunity>
      feature="opportunities"
      view={view}
      asked={asked}
      isFree={useFreeDays()}
      face={(card) => <Face {...card} />}
      title={(card) => `${t(card.by as DayField)} · ${card.row.name}`}
      marked="expectedOn"
      restOf={(field) => t(field as DayField)}
      onRest={(field, day) => onRows([OPEN, ...rulesOfDay(field, day, TYPE[field as DayField], zone)])}
      openId={openId}
      onOpen={(row) => onOpen(row, null)}
      mayMove={(field) => mayEdit && fieldRightOf(me, 'opportunity', field) === 'write'}
      move={useMove()}
    />
  )
}

function useMove() {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const cache = useQueryClient()
  const { zone } = useClock()
  const { mutateAsync: send } = useMutation(api.opportunities.edit.mutationOptions({ meta: { shown: true } }))
  return async ({ row, by }: DayCard<Opportunity>, day: string): Promise<void> => {
    const value = by === 'expectedOn' || row.nextAt === null ? day : onDay(row.nextAt, day, zone)
    const saved = await send({ id: row.id, version: row.version, values: { [by]: value } })
    undo.say(t(by === 'nextAt' ? 'nextMoved' : 'expectedMoved', { name: row.name, day }), { recordId: saved.id })
    await cache.invalidateQueries({ queryKey: api.opportunities.days.key() })
  }
}

function Face({ row, by }: DayCard<Opportunity>) {
  const t = useText(text)
  return (
    <>
      {by === 'nextAt' ? <DayTime at={row.nextAt} /> : <FlagOutlined aria-label={t('expectedOn')} />}
      <span className="el grow">{row.name}</span>
      {by === 'expectedOn' && row.amount !== null && <span className="num t3">{formatMoneyShort(row.amount)}</span>}
    </>
  )
}
