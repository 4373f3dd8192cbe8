import type { Board } from '../../../../src-shared/features/opportunities/board.ts'
import type { Opportunity } from '../../../../src-shared/features/opportunities/model.ts'
import { weighted } from '../../../../src-shared/features/opportunities/rules.ts'
import type { Stage } from '../../../../src-shared/features/pipelines/model.ts'
import type { Sort } from '../../../../src-shared/kernel/list.ts'

/** A card on its way: as it will stand in the stage it goes to. */
export type CardMove = { readonly row: Opportunity; readonly from: string; readonly to: string }
export type Figures = Pick<Board['columns'][number], 'count' | 'filled' | 'sum' | 'weighted'>

/** What a card will look like in another stage, before the answer is there. */
export const rowIn = (row: Opportunity, stage: Stage, at: string): Opportunity => ({
  ...row,
  stageId: stage.id,
  stageName: stage.name,
  state: stage.kind,
  stageEnteredAt: row.stageEnteredAt === null ? null : at,
  rotsAt: null,
  ...(row.probability !== null && { probability: stage.probability }),
  ...(row.weighted !== null && { weighted: weighted(row.amount, stage.probability) }),
})

const plus = (value: number | null, by: number): number | null => (value === null ? null : value + by)
function added({ count, filled, sum, weighted: share }: Figures, row: Opportunity, probability: number, sign: 1 | -1): Figures {
  return {
    count: count + sign,
    filled: plus(filled, row.amount === null ? 0 : sign),
    sum: plus(sum, sign * (row.amount ?? 0)),
    weighted: plus(share, sign * (weighted(row.amount, probability) ?? 0)),
  }
}

/** Figures of a stage as they will be when the cards on their way have arrived. */
export const figuresWith = (figures: Figures, stage: Pick<Stage, 'id' | 'probability'>, moves: readonly CardMove[]): Figures =>
  moves.reduce((now, { row, from, to }) => {
    if (from === to) return now
    if (to === stage.id) return added(now, row, stage.probability, 1)
    return from === stage.id ? added(now, row, stage.probability, -1) : now
  }, figures)

type Rows = readonly (Opportunity | undefined)[]
/** Cards of a stage without those that are leaving, with those that are coming where the order has them. Not loaded = undefined. */
export function rowsWith(rows: Rows, stageId: string, moves: readonly CardMove[], sort: readonly Sort[] | undefined): Rows {
  const moving = new Set(moves.map(({ row }) => row.id))
  if (moving.size === 0) return rows
  const kept = rows.filter((row) => row === undefined || !moving.has(row.id))
  const coming = moves.filter(({ to }) => to === stageId)
  for (const { row } of coming) kept.splice(placeIn(kept, row, sort), 0, row)
  return kept
}

const COMPARED: ReadonlySet<string> = new Set([
  'stageEnteredAt',
  'createdAt',
  'updatedAt',
  'amount',
  'weighted',
  'expectedOn',
  'nextAt',
])
/** Where a card stands among others: by the first field of the order where that can be told here, else at the top. */
export function placeIn(rows: Rows, row: Opportunity, sort: readonly Sort[] | undefined): number {
  const { field, direction } = sort?.[0] ?? { field: 'createdAt', direction: 'desc' }
  if (!COMPARED.has(field)) return 0
  const key = field as keyof Opportunity
  const sign = direction === 'asc' ? 1 : -1
  const after = (other: Opportunity) => compared(other[key] as Value, row[key] as Value) * sign >= 0
  const at = rows.findIndex((other) => other !== undefined && after(other))
  if (at >= 0) return at
  const loaded = rows.findLastIndex((other) => other !== undefined)
  return loaded + 1
}
type Value = string | number | null
/** As the database orders them: nothing before anything. */
function compared(a: Value, b: Value): number {
  if (a === b) return 0
  if (a === null) return -1
  if (b === null) return 1
  return a < b ? -1 : 1
}
