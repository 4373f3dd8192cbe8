import type { ReactNode } from 'react'
import type { Opportunity } from '../../../../src-shared/features/opportunities/model.ts'
import type { Stage } from '../../../../src-shared/features/pipelines/model.ts'
import type { Sort } from '../../../../src-shared/kernel/list.ts'
import type { OpportunityList } from '../words.ts'
import type { BoardData, Column } from './useBoard.ts'
import type { CardMoves } from './useCardMoves.ts'
import type { CardPlace } from '../../lists/public.ts'

export type BoardViewProps = {
  list: OpportunityList
  openId: string | null
  onOpen: (row: Opportunity, place: CardPlace) => void
  onAdd: ((stage: Stage) => void) | null
  onRows: (stage: Stage) => void
  /** In the place of the cards when there are none at all. */
  empty: ReactNode
}

export type ShownBoard = BoardViewProps & {
  board: BoardData
  columns: readonly Column[]
  cards: CardMoves
  held: boolean
}

export type At = { readonly index: number; readonly total: number; readonly stage: Stage }
/** A card's place as its record's page asks for those beside it. */
export const placeAt = ({ index, total, stage }: At, sort: readonly Sort[] | undefined): Omit<CardPlace, 'step'> => ({
  index,
  total,
  sort,
  rules: [{ field: 'stageId', operator: 'in', value: [stage.id] }],
})
