import { z } from 'zod'
import { command, query } from '../../kernel/procedure.ts'
import {
  Dimension,
  DimensionLine,
  LostReason,
  MOST_DIMENSIONS,
  MOST_REASONS,
  Pipeline,
  PipelineId,
  PipelineValues,
  ReasonLine,
  StageId,
} from './model.ts'

export const PIPELINE_REFUSALS = [
  'nameTaken',
  'tooMany',
  'stageUnknown',
  'sameStageName',
  'endsMissing',
  'stageUsed',
  'targetUnfit',
] as const
export const PIPELINE_ARCHIVE_REFUSALS = ['lastPipeline', 'pipelineUsed', 'alreadyArchived', 'notArchived'] as const
export const REASON_REFUSALS = ['nameTaken', 'reasonUnknown'] as const
export const DIMENSION_REFUSALS = ['nameTaken', 'sameLevelName', 'dimensionUnknown', 'levelUnknown'] as const
const SHOWS = ['pipeline', 'stage', 'opportunity'] as const

export const pipelinesContract = {
  /** Every pipeline with its stages, those put aside last. */
  list: query('signed-in', SHOWS).input(z.strictObject({})).output(z.array(Pipeline)),
  create: command('pipelines.manage', PIPELINE_REFUSALS).input(PipelineValues).output(Pipeline),
  /**
   * The pipeline as a whole. A stage that is left out is put aside; if opportunities stand in it, `moveTo` says to which open stage of
   * the pipeline they go, in the same step.
   */
  edit: command('pipelines.manage', PIPELINE_REFUSALS)
    .input(
      z.strictObject({
        id: PipelineId,
        version: z.number().int(),
        values: PipelineValues,
        moveTo: z
          .array(z.strictObject({ from: StageId, to: StageId }))
          .max(20)
          .default([]),
      }),
    )
    .output(Pipeline),
  archive: command('pipelines.manage', PIPELINE_ARCHIVE_REFUSALS)
    .input(z.strictObject({ id: PipelineId, archived: z.boolean() }))
    .output(Pipeline),
  reasons: query('signed-in', ['lostReason', 'opportunity']).input(z.strictObject({})).output(z.array(LostReason)),
  /** The reasons in their order; what is left out is put aside, and stays readable where it was given. */
  saveReasons: command('pipelines.manage', REASON_REFUSALS)
    .input(z.strictObject({ reasons: z.array(ReasonLine).min(1).max(MOST_REASONS) }))
    .output(z.array(LostReason)),
  /** What opportunities are judged by, in its order; those put aside last. */
  dimensions: query('signed-in', ['evaluationDimension']).input(z.strictObject({})).output(z.array(Dimension)),
  /** The dimensions with their levels; what is left out is put aside: it counts no more, and comes back under its name with what was chosen. */
  saveDimensions: command('pipelines.manage', DIMENSION_REFUSALS)
    .input(z.strictObject({ dimensions: z.array(DimensionLine).max(MOST_DIMENSIONS) }))
    .output(z.array(Dimension)),
}
