import { z } from 'zod'
import { CellBlock, CellsReport } from '../../kernel/cells/model.ts'
import { CUSTOM_REFUSALS } from '../../kernel/custom/values.ts'
import { BulkPreview, BulkResult, ListInput, page, Selection, SumInput, SumResult, Which } from '../../kernel/list.ts'
import { command, query } from '../../kernel/procedure.ts'
import { CustomerId } from '../customers/model.ts'
import { LostReasonId, StageId } from '../pipelines/model.ts'
import { Choices, Chosen } from './evaluation.ts'
import { LineInput, MOST_LINES, OpportunityLine } from './lines.ts'
import { Board, BoardInput, ColumnInput, Days, DaysInput, Forecast, ForecastInput } from './board.ts'
import { Move, NewOpportunity, Opportunity, OpportunityEdit, OpportunityId, OpportunityValues, StageTime } from './model.ts'

export const CREATE_REFUSALS = [
  'ownerUnknown',
  'ownerLeft',
  'customerDeleted',
  'contactElsewhere',
  'stageGone',
  'stageNotOpen',
  'fieldsMissing',
  ...CUSTOM_REFUSALS,
] as const
export const EDIT_REFUSALS = [
  'deleted',
  'ownerUnknown',
  'ownerLeft',
  'customerDeleted',
  'contactElsewhere',
  ...CUSTOM_REFUSALS,
] as const
export const MOVE_REFUSALS = [
  'sameStage',
  'stageGone',
  'fieldsMissing',
  'reasonMissing',
  'reasonUnknown',
  ...EDIT_REFUSALS,
] as const
export const BULK_EDIT_REFUSALS = ['nothingSelected', 'ownerUnknown', 'ownerLeft', ...CUSTOM_REFUSALS] as const
export const BULK_MOVE_REFUSALS = ['nothingSelected', 'stageGone', 'reasonMissing', 'reasonUnknown'] as const
export const LINE_REFUSALS = ['deleted', 'badNumber', 'quantityMissing', 'sumTooLarge', 'productUnknown', 'tooManyLines'] as const
export const RATE_REFUSALS = ['deleted', 'dimensionUnknown', 'levelUnknown'] as const
export const SELECTION_REFUSALS = ['nothingSelected'] as const

const SHOWS = ['opportunity', 'stage', 'pipeline', 'lostReason', 'evaluationDimension', 'customer', 'customField'] as const
const One = z.strictObject({ id: OpportunityId })
/** What many may be given at once. */
export const BulkEdit = OpportunityValues.pick({
  ownerId: true,
  expectedOn: true,
  nextAt: true,
  source: true,
  custom: true,
}).partial()
export type BulkEdit = z.infer<typeof BulkEdit>
const BulkMove = z.strictObject({
  selection: Selection,
  stageId: StageId,
  lost: z.strictObject({ reasonId: LostReasonId, note: z.string().max(2000).nullable().default(null) }).optional(),
})

export const opportunitiesContract = {
  list: query('opportunities.read', SHOWS).input(ListInput).output(page(Opportunity)),
  count: query('opportunities.read', SHOWS)
    .input(Which)
    .output(z.strictObject({ count: z.number().int(), capped: z.boolean() })),
  sums: query('opportunities.read', SHOWS).input(SumInput).output(SumResult),
  get: query('opportunities.read', SHOWS).input(One).output(Opportunity),
  /** Those of one customer, open ones first. */
  ofCustomer: query('opportunities.read', SHOWS)
    .input(z.strictObject({ customerId: CustomerId }))
    .output(z.array(Opportunity)),
  /** The stages of a pipeline with their sums and the first cards of each. */
  board: query('opportunities.read', SHOWS).input(BoardInput).output(Board),
  /** Further cards of one column of a board or forecast. */
  column: query('opportunities.read', SHOWS).input(ColumnInput).output(page(Opportunity)),
  /** Months with what was won in them and what is expected. */
  forecast: query('opportunities.read', SHOWS).input(ForecastInput).output(Forecast),
  /** Days with the open ones whose next step or expected end falls on them. */
  days: query('opportunities.read', SHOWS).input(DaysInput).output(Days),
  /** The times in its stages, the newest first. */
  stages: query('opportunities.read', SHOWS).input(One).output(z.array(StageTime)),
  /** What is wanted, as lines in their order. */
  lines: query('opportunities.read', ['opportunity', 'product']).input(One).output(z.array(OpportunityLine)),
  /** The whole set of lines; `byHand`: whether the amount stays what somebody set instead of their sum. */
  setLines: command('opportunities.edit', LINE_REFUSALS)
    .input(
      z.strictObject({
        id: OpportunityId,
        version: z.number().int(),
        lines: z.array(LineInput).max(MOST_LINES),
        byHand: z.boolean().optional(),
      }),
    )
    .output(Opportunity),
  /** The level chosen in each dimension. @throws Forbidden for who may not read the score */
  ratings: query('opportunities.read', ['opportunity']).input(One).output(Chosen),
  /** Chooses levels, one dimension at a time or several; the score follows. */
  rate: command('opportunities.edit', RATE_REFUSALS)
    .input(z.strictObject({ id: OpportunityId, choices: Choices }))
    .output(Opportunity),
  create: command('opportunities.create', CREATE_REFUSALS).input(NewOpportunity).output(Opportunity),
  edit: command('opportunities.edit', EDIT_REFUSALS)
    .input(z.strictObject({ id: OpportunityId, version: z.number().int(), values: OpportunityEdit }))
    .output(Opportunity),
  /** Into another stage, won and lost included; the history of stages follows. */
  move: command('opportunities.edit', MOVE_REFUSALS).input(Move).output(Opportunity),
  checkCells: query('opportunities.edit', []).input(CellBlock).output(CellsReport),
  /** Writes a block of cells over the rows of a list, part by part under one batch id. */
  editCells: command('opportunities.edit', EDIT_REFUSALS).input(CellBlock).output(CellsReport),
  editMany: command('opportunities.edit', BULK_EDIT_REFUSALS)
    .input(z.strictObject({ selection: Selection, values: BulkEdit }))
    .output(BulkResult),
  /** Those that lack what the stage asks for stay where they are and are counted. */
  moveMany: command('opportunities.edit', BULK_MOVE_REFUSALS).input(BulkMove).output(BulkResult),
  previewMany: query('opportunities.read', SHOWS)
    .input(
      z.union([
        z.strictObject({ act: z.literal('edit'), selection: Selection, values: BulkEdit }),
        z.strictObject({ act: z.literal('remove'), selection: Selection }),
      ]),
    )
    .output(BulkPreview),
  /** How far a bulk action of one's own is, by the key of its call; null when none is running under it. */
  progress: query('opportunities.read', [])
    .input(z.strictObject({ key: z.string().max(64) }))
    .output(z.strictObject({ done: z.number().int().nullable() })),
  removeMany: command('opportunities.delete', SELECTION_REFUSALS)
    .input(z.strictObject({ selection: Selection }))
    .output(BulkResult),
}
