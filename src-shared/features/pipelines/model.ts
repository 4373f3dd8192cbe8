import { z } from 'zod'
import { cleanText } from '../../kernel/cleaning/text.ts'
import { idOf } from '../../kernel/ids.ts'

export const PipelineId = idOf<'pipeline'>()
export type PipelineId = z.infer<typeof PipelineId>
export const StageId = idOf<'stage'>()
export type StageId = z.infer<typeof StageId>
export const LostReasonId = idOf<'lostReason'>()
export type LostReasonId = z.infer<typeof LostReasonId>

export const STAGE_KINDS = ['open', 'won', 'lost'] as const
export type StageKind = (typeof STAGE_KINDS)[number]
export const MOST_PIPELINES = 20
export const MOST_STAGES = 20
export const MOST_REASONS = 50

/** What hangs on an opportunity and a stage may ask for: its lines and its evaluation. A new one has neither yet. */
export const HANGING_ASKABLE = ['lines', 'score'] as const
/** What of an opportunity a stage may ask for before it is entered. */
export const ASKABLE = [
  'customerId',
  'contactId',
  'amount',
  'expectedOn',
  'nextStep',
  'nextAt',
  'source',
  'competitor',
  'note',
  ...HANGING_ASKABLE,
] as const
export const AskableField = z.enum(ASKABLE)
export type AskableField = (typeof ASKABLE)[number]

const Name = z.string().overwrite(cleanText).min(1, 'required').max(40)
const StageValues = {
  name: Name,
  probability: z.number().int().min(0).max(100),
  /** After so many days in the stage an opportunity has stood too long; null: never. */
  rotDays: z.number().int().min(1).max(3650).nullable(),
  required: z.array(AskableField).max(ASKABLE.length),
}

/** A step of a pipeline. Won is 100 %, lost is 0 %: there is one of each, always the last. */
export const Stage = z.strictObject({
  id: StageId,
  pipelineId: PipelineId,
  kind: z.enum(STAGE_KINDS),
  ...StageValues,
  name: z.string(),
  archived: z.boolean(),
  /** Living opportunities that stand in it; those out of reach count. */
  used: z.number().int(),
})
export type Stage = z.infer<typeof Stage>

export const Pipeline = z.strictObject({
  id: PipelineId,
  name: z.string(),
  archived: z.boolean(),
  /** In their order, won and lost last; those put aside behind them. */
  stages: z.array(Stage),
  version: z.number().int(),
})
export type Pipeline = z.infer<typeof Pipeline>

/** A pipeline as its page sends it: with its id a stage that is there, without one a new open one. What is not named is put aside. */
export const PipelineValues = z.strictObject({
  name: Name,
  stages: z
    .array(z.strictObject({ id: StageId.optional(), ...StageValues }))
    .min(1)
    .max(MOST_STAGES),
})
export type PipelineValues = z.infer<typeof PipelineValues>

export const LostReason = z.strictObject({
  id: LostReasonId,
  name: z.string(),
  archived: z.boolean(),
  used: z.number().int(),
})
export type LostReason = z.infer<typeof LostReason>
export const ReasonLine = z.strictObject({ id: LostReasonId.optional(), name: Name })

export const DimensionId = idOf<'evaluationDimension'>()
export type DimensionId = z.infer<typeof DimensionId>
export const LevelId = idOf<'evaluationLevel'>()
export type LevelId = z.infer<typeof LevelId>
export const MOST_DIMENSIONS = 12
export const MOST_LEVELS = 8

const Points = z.number().int().min(0).max(100)
const Weight = z.number().int().min(1).max(100)

/** What an opportunity is looked at for; each level is worth points from 0 to 100, each dimension counts by its weight. */
export const Dimension = z.strictObject({
  id: DimensionId,
  name: z.string(),
  weight: Weight,
  archived: z.boolean(),
  /** In their order; those put aside behind them. */
  levels: z.array(z.strictObject({ id: LevelId, name: z.string(), points: Points, archived: z.boolean() })),
})
export type Dimension = z.infer<typeof Dimension>

/** A dimension as its page sends it; what is not named is put aside. */
export const DimensionLine = z.strictObject({
  id: DimensionId.optional(),
  name: Name,
  weight: Weight,
  levels: z
    .array(z.strictObject({ id: LevelId.optional(), name: Name, points: Points }))
    .min(2, 'tooFewLevels')
    .max(MOST_LEVELS),
})
export type DimensionLine = z.infer<typeof DimensionLine>
