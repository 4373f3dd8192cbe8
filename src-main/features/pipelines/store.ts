import { sql } from 'kysely'
import type { LostReason, Pipeline, PipelineValues, ReasonLine, Stage } from '../../../src-shared/features/pipelines/model.ts'
import type { z } from 'zod'
import type { CommandContext } from '../../kernel/context.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { NotFound } from '../../kernel/errors.ts'

type Db = ReadDb | WriteTx
type StoredPipeline = Omit<Pipeline, 'archived' | 'stages'> & { archivedAt: string | null }
type StoredStage = Omit<Stage, 'archived' | 'required'> & { archivedAt: string | null; required: string }

/** Pipelines in their order, those put aside last; open stages before won and lost. */
export async function readPipelines(db: Db, id?: string): Promise<Pipeline[]> {
  const { rows } = await sql<StoredPipeline>`
    select id, name, archived_at as "archivedAt", version from pipeline ${id === undefined ? sql`` : sql`where id = ${id}`}
    order by archived_at is not null, position, created_at, id`.execute(plain(db))
  const { rows: stages } = await sql<StoredStage>`
    select s.id, s.pipeline_id as "pipelineId", s.name, s.kind, s.probability, s.rot_days as "rotDays", s.required, s.archived_at as "archivedAt",
      (select count(*) from opportunity o where o.stage_id = s.id and o.deleted_at is null) as used
    from stage s ${id === undefined ? sql`` : sql`where s.pipeline_id = ${id}`}
    order by s.archived_at is not null, case s.kind when 'open' then 0 when 'won' then 1 else 2 end, s.position, s.id`.execute(
    plain(db),
  )
  return rows.map(({ archivedAt, ...pipeline }) => ({
    ...pipeline,
    archived: archivedAt !== null,
    stages: stages.flatMap(({ archivedAt: gone, required, ...stage }) =>
      stage.pipelineId === pipeline.id
        ? [{ ...stage, archived: gone !== null, required: JSON.parse(required) as Stage['required'] }]
        : [],
    ),
  }))
}

export async function readPipeline(db: Db, id: string): Promise<Pipeline> {
  const [pipeline] = await readPipelines(db, id)
  if (!pipeline) throw new NotFound('pipeline', id)
  return pipeline
}

export const nameKey = (name: string): string => name.normalize('NFKC').toLowerCase()

export async function nameIsTaken(tx: WriteTx, name: string, except = ''): Promise<boolean> {
  const row = await tx
    .selectFrom('pipeline')
    .select('id')
    .where('nameKey', '=', nameKey(name))
    .where('id', '<>', except)
    .executeTakeFirst()
  return row !== undefined
}

type StageLine = PipelineValues['stages'][number]
const columnsOf = ({ name, probability, rotDays, required }: StageLine, kind: Stage['kind']) => ({
  name,
  probability: kind === 'won' ? 100 : kind === 'lost' ? 0 : probability,
  rotDays: kind === 'open' ? rotDays : null,
  required: JSON.stringify([...new Set(required)].toSorted()),
})

export async function insertPipeline(context: CommandContext, { name }: PipelineValues): Promise<string> {
  const id = context.newId()
  const at = context.now()
  const { n } = await context.tx
    .selectFrom('pipeline')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  await context.tx
    .insertInto('pipeline')
    .values({
      id,
      name,
      nameKey: nameKey(name),
      position: n,
      createdAt: at,
      createdBy: context.actor.userId || null,
      updatedAt: at,
    })
    .execute()
  return id
}

export async function insertStage(
  context: CommandContext,
  pipelineId: string,
  line: StageLine,
  { kind, position }: { kind: Stage['kind']; position: number },
): Promise<void> {
  const at = context.now()
  const made = {
    id: context.newId(),
    pipelineId,
    kind,
    position,
    createdAt: at,
    createdBy: context.actor.userId || null,
    updatedAt: at,
  }
  await context.tx
    .insertInto('stage')
    .values({ ...made, ...columnsOf(line, kind) })
    .execute()
}

/** Only what says something else is written: a pipeline that is saved as it stands leaves no trace. @returns whether anything was. */
export async function writeStage(context: CommandContext, stage: Stage, line: StageLine, position: number): Promise<boolean> {
  const values = { ...columnsOf(line, stage.kind), position, archivedAt: null }
  const stands = await context.tx.selectFrom('stage').selectAll().where('id', '=', stage.id).executeTakeFirstOrThrow()
  if (Object.entries(values).every(([key, value]) => stands[key as keyof typeof stands] === value)) return false
  await context.tx
    .updateTable('stage')
    .set((eb) => ({ ...values, updatedAt: context.now(), version: eb('version', '+', 1) }))
    .where('id', '=', stage.id)
    .execute()
  return true
}

export async function archiveStage(context: CommandContext, id: string): Promise<void> {
  const at = context.now()
  await context.tx
    .updateTable('stage')
    .set((eb) => ({ archivedAt: at, updatedAt: at, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

export async function touchPipeline(context: CommandContext, id: string, name: string): Promise<void> {
  await context.tx
    .updateTable('pipeline')
    .set((eb) => ({ name, nameKey: nameKey(name), updatedAt: context.now(), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

export async function setArchived(context: CommandContext, id: string, archived: boolean): Promise<void> {
  const at = context.now()
  await context.tx
    .updateTable('pipeline')
    .set((eb) => ({ archivedAt: archived ? at : null, updatedAt: at, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

/** Every opportunity of a stage goes into another one, those of the recycle bin too; the history of stages follows. */
export async function moveAll(context: CommandContext, from: string, to: string): Promise<number> {
  const at = context.now()
  const { rows } = await sql<{ id: string }>`select id from opportunity where stage_id = ${from} order by id`.execute(context.tx)
  for (const { id } of rows) {
    await sql`update opportunity_stage set left_at = max(entered_at, ${at}) where opportunity_id = ${id} and left_at is null`.execute(
      context.tx,
    )
    await context.tx
      .insertInto('opportunityStage')
      .values({
        id: context.newId(),
        opportunityId: id,
        stageId: to,
        fromStageId: from,
        enteredAt: at,
        leftAt: null,
        byEmployeeId: context.actor.employeeId,
        createdAt: at,
      })
      .execute()
  }
  await sql`update opportunity set stage_id = ${to}, stage_entered_at = ${at}, updated_at = ${at}, version = version + 1 where stage_id = ${from}`.execute(
    context.tx,
  )
  return rows.length
}

export async function countOpen(tx: WriteTx, pipelineId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from opportunity where pipeline_id = ${pipelineId} and state = 'open' and deleted_at is null`.execute(tx)
  return rows[0]?.n ?? 0
}

export async function readReasons(db: Db): Promise<LostReason[]> {
  const { rows } = await sql<Omit<LostReason, 'archived'> & { archivedAt: string | null }>`
    select r.id, r.name, r.archived_at as "archivedAt",
      (select count(*) from opportunity o where o.lost_reason_id = r.id and o.deleted_at is null) as used
    from lost_reason r order by r.archived_at is not null, r.position, r.id`.execute(plain(db))
  return rows.map(({ archivedAt, ...reason }) => ({ ...reason, archived: archivedAt !== null }))
}

/** @returns whether anything was written. */
export async function writeReason(
  context: CommandContext,
  { id, name }: z.infer<typeof ReasonLine>,
  position: number,
): Promise<boolean> {
  const at = context.now()
  const values = { name, nameKey: nameKey(name), position, archivedAt: null }
  if (id === undefined) {
    await context.tx
      .insertInto('lostReason')
      .values({ id: context.newId(), ...values, createdAt: at, createdBy: context.actor.userId || null, updatedAt: at })
      .execute()
    return true
  }
  const stands = await context.tx.selectFrom('lostReason').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  if (Object.entries(values).every(([key, value]) => stands[key as keyof typeof stands] === value)) return false
  await context.tx
    .updateTable('lostReason')
    .set((eb) => ({ ...values, updatedAt: at, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
  return true
}

export async function archiveReason(context: CommandContext, id: string): Promise<void> {
  const at = context.now()
  await context.tx
    .updateTable('lostReason')
    .set((eb) => ({ archivedAt: at, updatedAt: at, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}
