import { MOST_PIPELINES, type Pipeline, type PipelineValues, type Stage } from '../../../src-shared/features/pipelines/model.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { Stale } from '../../kernel/errors.ts'
import { onCommand, onQuery } from '../../kernel/pipeline.ts'
import { readDimensions, saveDimensions } from './dimensions.ts'
import {
  archiveReason,
  archiveStage,
  countOpen,
  insertPipeline,
  insertStage,
  moveAll,
  nameIsTaken,
  nameKey,
  readPipeline,
  readPipelines,
  readReasons,
  setArchived,
  touchPipeline,
  writeReason,
  writeStage,
} from './store.ts'

type Moves = readonly { from: string; to: string }[]

/** A new pipeline ends as they all do: its last two stages are won and lost. */
const ENDS = ['won', 'lost'] as const

async function requireSound(context: CommandContext, { name, stages }: PipelineValues, id?: string): Promise<void> {
  if (await nameIsTaken(context.tx, name, id)) throw new Refusal('nameTaken', { name })
  const seen = new Set<string>()
  for (const stage of stages) {
    if (seen.has(nameKey(stage.name))) throw new Refusal('sameStageName', { name: stage.name })
    seen.add(nameKey(stage.name))
  }
}

export const pipelinesHandlers = {
  list: onQuery.pipelines.list.handler(({ context }) => readPipelines(context.db)),
  reasons: onQuery.pipelines.reasons.handler(({ context }) => readReasons(context.db)),

  dimensions: onQuery.pipelines.dimensions.handler(({ context }) => readDimensions(context.db)),
  saveDimensions: onCommand.pipelines.saveDimensions.handler(async ({ input: { dimensions }, context }) => {
    if (await saveDimensions(context, dimensions))
      context.record({ entity: 'evaluationDimension', id: '', action: 'savedDimensions', detail: { count: dimensions.length } })
    else context.unchanged()
    return readDimensions(context.tx)
  }),

  create: onCommand.pipelines.create.handler(async ({ input, context }) => {
    await requireSound(context, input)
    if (input.stages.some(({ id }) => id !== undefined)) throw new Refusal('stageUnknown')
    if (input.stages.length < ENDS.length + 1) throw new Refusal('endsMissing')
    if ((await readPipelines(context.tx)).length >= MOST_PIPELINES) throw new Refusal('tooMany')
    const id = await insertPipeline(context, input)
    const open = input.stages.length - ENDS.length
    for (const [position, line] of input.stages.entries())
      await insertStage(context, id, line, { kind: ENDS[position - open] ?? 'open', position })
    context.record({ entity: 'pipeline', id, action: 'created', detail: { name: input.name } })
    return readPipeline(context.tx, id)
  }),

  edit: onCommand.pipelines.edit.handler(async ({ input: { id, version, values, moveTo }, context }) => {
    const pipeline = await readPipeline(context.tx, id)
    if (pipeline.version !== version) throw new Stale('pipeline', id)
    await requireSound(context, values, id)
    const wrote = await writeStages(context, pipeline, values, moveTo)
    if (!wrote && pipeline.name === values.name) {
      context.unchanged()
      return pipeline
    }
    await touchPipeline(context, id, values.name)
    context.record({ entity: 'pipeline', id, action: 'edited', detail: { name: values.name } })
    return readPipeline(context.tx, id)
  }),

  archive: onCommand.pipelines.archive.handler(async ({ input: { id, archived }, context }) => {
    const pipeline = await readPipeline(context.tx, id)
    if (pipeline.archived === archived) throw new Refusal(archived ? 'alreadyArchived' : 'notArchived')
    if (archived) {
      const others = (await readPipelines(context.tx)).filter((one) => one.id !== id && !one.archived)
      if (others.length === 0) throw new Refusal('lastPipeline')
      const count = await countOpen(context.tx, id)
      if (count > 0) throw new Refusal('pipelineUsed', { count })
    }
    await setArchived(context, id, archived)
    context.record({ entity: 'pipeline', id, action: archived ? 'archived' : 'unarchived', detail: { name: pipeline.name } })
    return readPipeline(context.tx, id)
  }),

  saveReasons: onCommand.pipelines.saveReasons.handler(async ({ input: { reasons }, context }) => {
    const stands = await readReasons(context.tx)
    const known = new Set<string>(stands.map(({ id }) => id))
    const kept = new Set<string>(reasons.flatMap(({ id }) => id ?? []))
    if ([...kept].some((id) => !known.has(id))) throw new Refusal('reasonUnknown')
    const names = new Set<string>()
    // One that was put aside comes back under its name.
    const lines = reasons.map((line) => {
      if (names.has(nameKey(line.name))) throw new Refusal('nameTaken', { name: line.name })
      names.add(nameKey(line.name))
      const old = stands.find(({ id, name }) => !kept.has(id) && nameKey(name) === nameKey(line.name))
      return line.id === undefined && old ? { ...line, id: old.id } : line
    })
    const living = new Set<string>(lines.flatMap(({ id }) => id ?? []))
    const taken = stands.find(({ id, name }) => !living.has(id) && names.has(nameKey(name)))
    if (taken) throw new Refusal('nameTaken', { name: taken.name })
    let wrote = false
    for (const { id, archived } of stands)
      if (!living.has(id) && !archived) {
        await archiveReason(context, id)
        wrote = true
      }
    for (const [position, line] of lines.entries()) if (await writeReason(context, line, position)) wrote = true
    if (wrote) context.record({ entity: 'lostReason', id: '', action: 'savedReasons', detail: { count: lines.length } })
    else context.unchanged()
    return readReasons(context.tx)
  }),
}

/** @returns whether any stage was written. */
async function writeStages(context: CommandContext, pipeline: Pipeline, values: PipelineValues, moves: Moves): Promise<boolean> {
  const known = new Map<string, Stage>(pipeline.stages.map((stage) => [stage.id, stage]))
  const kept = new Set<string>(values.stages.flatMap(({ id }) => id ?? []))
  if ([...kept].some((id) => !known.has(id))) throw new Refusal('stageUnknown')
  if (pipeline.stages.some(({ id, kind }) => kind !== 'open' && !kept.has(id))) throw new Refusal('endsMissing')
  if (!values.stages.some(({ id }) => id === undefined || known.get(id)?.kind === 'open')) throw new Refusal('endsMissing')
  let wrote = false
  for (const stage of pipeline.stages) {
    if (kept.has(stage.id) || stage.archived) continue
    await emptyStage(context, stage, { moves, known, kept })
    await archiveStage(context, stage.id)
    wrote = true
  }
  for (const [position, line] of values.stages.entries()) {
    const stage = line.id === undefined ? undefined : known.get(line.id)
    if (stage) wrote = (await writeStage(context, stage, line, position)) || wrote
    else {
      await insertStage(context, pipeline.id, line, { kind: 'open', position })
      wrote = true
    }
  }
  return wrote
}

type Staying = { moves: Moves; known: ReadonlyMap<string, Stage>; kept: ReadonlySet<string> }
async function emptyStage(context: CommandContext, stage: Stage, { moves, known, kept }: Staying): Promise<void> {
  const to = moves.find(({ from }) => from === stage.id)?.to
  if (to === undefined && stage.used > 0) throw new Refusal('stageUsed', { name: stage.name, count: stage.used })
  if (to === undefined) return
  const target = known.get(to)
  if (!target || target.kind !== 'open' || !kept.has(to)) throw new Refusal('targetUnfit')
  await moveAll(context, stage.id, to)
}
