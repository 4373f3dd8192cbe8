import type { Stage } from '../../../../src-shared/features/pipelines/model.ts'
import type { BoardFigure, BoardLayout } from '../../../../src-shared/features/views/plain.ts'
import type { Column } from './useBoard.ts'

const FIGURES: readonly BoardFigure[] = ['sum', 'weighted', 'average', 'count']
/** The figure after this one, round and round. */
export const nextFigure = (figure: BoardFigure): BoardFigure => FIGURES[(FIGURES.indexOf(figure) + 1) % FIGURES.length] ?? 'sum'

type Counted = Pick<Column, 'stage' | 'figures'>
/**
 * Whether a column is folded: as somebody left it; else won and lost stand aside while there are open ones to work on. A view of won
 * ones alone lays them open.
 */
export function foldedBy(columns: readonly Counted[], folded: BoardLayout['folded']): (stage: Stage) => boolean {
  const hasOpen = columns.some(({ stage, figures }) => stage.kind === 'open' && figures.count > 0)
  const hasEnded = columns.some(({ stage, figures }) => stage.kind !== 'open' && figures.count > 0)
  return (stage) => folded[stage.id] ?? (stage.kind !== 'open' && (hasOpen || !hasEnded))
}
