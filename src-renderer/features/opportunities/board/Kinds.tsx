import type { ReactNode } from 'react'
import type { Opportunity } from '../../../../src-shared/features/opportunities/model.ts'
import type { Filter, Rule } from '../../../../src-shared/kernel/list.ts'
import { useCan } from '../../../kernel/context.tsx'
import { usePanelOpen } from '../../../kernel/panel.ts'
import { useIsPhone } from '../../../kernel/screen.ts'
import type { OpportunityList } from '../words.ts'
import { BoardView } from './BoardView.tsx'
import { CalendarView } from './CalendarView.tsx'
import { ForecastView } from './ForecastView.tsx'
import type { CardPlace, OpenedCard } from '../../lists/public.ts'

type KindsProps = {
  list: OpportunityList
  card: OpenedCard<Opportunity>
  onAdd: (stageId: Opportunity['stageId']) => void
  empty: ReactNode
}

/** The rows of the list as a board, a calendar or a forecast. */
export function Kinds({ list, card, onAdd, empty }: KindsProps) {
  const isPhone = useIsPhone()
  // Four columns need what the navigation takes.
  usePanelOpen()
  const mayCreate = useCan('opportunities.create')
  const open = (row: Opportunity, place: CardPlace | null) => (isPhone ? card.openRow(row, place) : card.open(row, place))
  const rowsOf = (rules: readonly Rule[]) => list.setState({ kind: 'table', filter: within(rules, list.state.filter) })
  const openId = card.opened?.row.id ?? null
  return (
    <div className="kind-stage">
      {list.state.kind === 'board' && (
        <BoardView
          list={list}
          openId={openId}
          onOpen={open}
          onAdd={mayCreate ? (stage) => onAdd(stage.id) : null}
          onRows={(stage) => rowsOf([{ field: 'stageId', operator: 'in', value: [stage.id] }])}
          empty={empty}
        />
      )}
      {list.state.kind === 'calendar' && <CalendarView list={list} openId={openId} onOpen={open} onRows={rowsOf} />}
      {list.state.kind === 'forecast' && <ForecastView list={list} openId={openId} onOpen={open} onRows={rowsOf} />}
    </div>
  )
}

/** What the list asks for and this, too. */
export const within = (rules: readonly Rule[], filter: Filter | null): Filter => ({
  combinator: 'and',
  rules: [...rules, ...(filter ? [filter] : [])],
})
