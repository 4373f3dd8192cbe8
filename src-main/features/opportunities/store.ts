import { sql } from 'kysely'
import type { BulkEdit } from '../../../src-shared/features/opportunities/contract.ts'
import type { NewOpportunity, Opportunity, OpportunityEdit, StageTime } from '../../../src-shared/features/opportunities/model.ts'
import { askedOnWay, type TargetStage } from '../../../src-shared/features/opportunities/rules.ts'
import { HANGING_ASKABLE } from '../../../src-shared/features/pipelines/model.ts'
import { cleanLongText, cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import { isCustomKey } from '../../../src-shared/kernel/entity.ts'
import { sortKey } from '../../../src-shared/kernel/pinyin/pinyin.ts'
import type { CommandContext, QueryContext } from '../../kernel/context.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { rowsFor, type Verb } from '../../kernel/policy.ts'

type Db = ReadDb | WriteTx

const AS_GIVEN: ReadonlySet<string> = new Set(['customerId', 'contactId', 'ownerId', 'expectedOn', 'nextAt', 'stageId'])
/** The one cleaning of opportunities, for form, inline edit and pasted cells alike. */
export function cleanOpportunity<Values extends OpportunityEdit | NewOpportunity | BulkEdit>(values: Values): Values {
  const clean = Object.entries(values).map(([key, value]) => {
    if (typeof value !== 'string' || AS_GIVEN.has(key) || isCustomKey(key)) return [key, value]
    return [key, (key === 'note' ? cleanLongText(value) : cleanText(value)) || null]
  })
  return Object.fromEntries(clean) as Values
}
/** What follows from given values; an amount that somebody gives is his own, also where there are lines. */
export const derivedOf = (values: {
  readonly name?: unknown
  readonly amount?: unknown
}): { nameSort?: string; amountByHand?: 0 | 1 } => ({
  ...(typeof values.name === 'string' && { nameSort: sortKey(values.name) }),
  ...(values.amount !== undefined && { amountByHand: values.amount === null ? 0 : 1 }),
})

type StoredStage = Omit<TargetStage, 'archived' | 'required'> & { archived: number; required: string }
const stageOf = ({ archived, required, ...stage }: StoredStage): TargetStage => ({
  ...stage,
  archived: archived === 1,
  required: JSON.parse(required) as string[],
})

/** A stage, put aside when its pipeline is; null when there is none. */
export async function stageById(db: Db, id: string): Promise<TargetStage | null> {
  const { rows } = await sql<StoredStage>`
    select s.id, s.pipeline_id as "pipelineId", s.kind, s.required, (s.archived_at is not null or p.archived_at is not null) as archived
    from stage s join pipeline p on p.id = s.pipeline_id where s.id = ${id}`.execute(plain(db))
  return rows[0] ? stageOf(rows[0]) : null
}

/** The same asking for all that is asked for on the way from where an opportunity stands; null: it is new. */
export async function stageOnWay(db: Db, stage: TargetStage, from: string | null): Promise<TargetStage> {
  const { rows } = await sql<StoredStage>`
    select id, pipeline_id as "pipelineId", kind, required, archived_at is not null as archived from stage where pipeline_id = ${stage.pipelineId}
    order by case kind when 'open' then 0 when 'won' then 1 else 2 end, position, id`.execute(plain(db))
  const stages = rows.map(stageOf)
  const required = askedOnWay(stages, from, stage.id)
  // Nothing can hang on one that is only begun: it is asked for as soon as it goes on.
  const begins = from === null && stages.find(({ archived }) => !archived)?.id === stage.id
  return { ...stage, required: begins ? required.filter((key) => !HANGING.has(key)) : required }
}

const HANGING: ReadonlySet<string> = new Set(HANGING_ASKABLE)
/** What hangs on an opportunity as far as a stage may ask for it: how many lines, how many dimensions are judged; null for none. */
export async function hangingOn(db: Db, id: string): Promise<Record<(typeof HANGING_ASKABLE)[number], number | null>> {
  const { rows } = await sql<{ lines: number; score: number }>`
    select (select count(*) from opportunity_line where opportunity_id = ${id}) as lines,
      (select count(*) from opportunity_rating r join evaluation_dimension d on d.id = r.dimension_id
        where r.opportunity_id = ${id} and d.archived_at is null) as score`.execute(plain(db))
  return { lines: rows[0]?.lines || null, score: rows[0]?.score || null }
}

/** Where a new opportunity begins when nothing is said: the first stage of the first pipeline. */
export async function firstStage(db: Db): Promise<TargetStage | null> {
  const { rows } = await sql<StoredStage>`
    select s.id, s.pipeline_id as "pipelineId", s.kind, s.required, 0 as archived from stage s join pipeline p on p.id = s.pipeline_id
    where p.archived_at is null and s.archived_at is null and s.kind = 'open' order by p.position, p.created_at, p.id, s.position limit 1`.execute(
    plain(db),
  )
  return rows[0] ? stageOf(rows[0]) : null
}

export type ImportStage = {
  readonly id: string
  readonly name: string
  readonly kind: TargetStage['kind']
  readonly pipelineId: string
  /** Of its pipeline, the first and the second open stage. */
  readonly first: string
  readonly second: string | null
  /** What is asked for on the way to it. */
  readonly asked: readonly string[]
}
/** The stages that rows of a sheet may stand in, in their order, and where a row stands that says nothing. */
export async function importStages(tx: WriteTx): Promise<{ stages: ReadonlyMap<string, ImportStage>; firstId: string }> {
  const { rows } = await sql<Omit<ImportStage, 'first' | 'second' | 'asked'> & { required: string }>`
    select s.id, s.name, s.kind, s.required, s.pipeline_id as "pipelineId" from stage s join pipeline p on p.id = s.pipeline_id
    where s.archived_at is null and p.archived_at is null order by p.position, p.created_at, p.id, s.position`.execute(plain(tx))
  const open = (pipelineId: string) => rows.filter((one) => one.kind === 'open' && one.pipelineId === pipelineId)
  const way = rows.map((row) => ({ ...row, required: JSON.parse(row.required) as string[], archived: false }))
  const asked = (pipelineId: string, id: string) =>
    askedOnWay(
      way.filter((one) => one.pipelineId === pipelineId),
      null,
      id,
    )
  const whole = rows.map(({ required: _required, ...row }): ImportStage => {
    const [first, second] = open(row.pipelineId)
    return { ...row, first: first?.id ?? row.id, second: second?.id ?? null, asked: asked(row.pipelineId, row.id) }
  })
  return { stages: new Map(whole.map((stage) => [stage.id, stage])), firstId: whole[0]?.first ?? '' }
}

export async function reasonIsKnown(tx: WriteTx, id: string): Promise<boolean> {
  const row = await tx
    .selectFrom('lostReason')
    .select('id')
    .where('id', '=', id)
    .where('archivedAt', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

/** Whose a contact is, or null when there is none. */
export async function customerOfContact(tx: WriteTx, contactId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('contact')
    .select('customerId')
    .where('id', '=', contactId)
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
  return row?.customerId ?? null
}

type Entering = { opportunityId: string; stageId: string; fromStageId: string | null; at: string }
/** The history of stages follows: the time in the old stage ends where the one in the new begins. */
export async function noteStage(context: CommandContext, { opportunityId, stageId, fromStageId, at }: Entering): Promise<void> {
  // A clock that was set back must not end a time before it began.
  await sql`update opportunity_stage set left_at = max(entered_at, ${at}) where opportunity_id = ${opportunityId} and left_at is null`.execute(
    context.tx,
  )
  await context.tx
    .insertInto('opportunityStage')
    .values({
      id: context.newId(),
      opportunityId,
      stageId,
      fromStageId,
      enteredAt: at,
      leftAt: null,
      byEmployeeId: context.actor.employeeId,
      createdAt: context.now(),
    })
    .execute()
}

export async function stageTimes(db: ReadDb, id: string): Promise<StageTime[]> {
  const { rows } = await sql<StageTime>`
    select h.id, h.stage_id as "stageId", s.name as "stageName", p.name as "pipelineName", h.entered_at as "enteredAt", h.left_at as "leftAt",
      e.name as "byName"
    from opportunity_stage h join stage s on s.id = h.stage_id join pipeline p on p.id = s.pipeline_id left join employee e on e.id = h.by_employee_id
    where h.opportunity_id = ${id} order by h.entered_at desc, h.id desc`.execute(plain(db))
  return rows
}

/** Ids of a customer's living opportunities, open ones first, the newest before the others. */
export async function idsOfCustomer(db: ReadDb, customerId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from opportunity where customer_id = ${customerId} and deleted_at is null order by state <> 'open', created_at desc, id desc limit 500`.execute(
    plain(db),
  )
  return rows.map(({ id }) => id)
}

/** By the policy that the commands ask, so that no page offers what would be refused. */
export async function mayDo(
  context: Pick<QueryContext, 'db' | 'actor' | 'entities'>,
  id: string,
): Promise<Opportunity['may'] & object> {
  const can = (verb: Verb) => rowsFor(context.actor, entityIn(context, 'opportunity'), 't', verb)
  const { rows } = await sql<{ edit: number; remove: number; transfer: number }>`
    select ${can('edit')} as edit, ${can('delete')} as remove, ${can('transfer')} as transfer from opportunity t where t.id = ${id}`.execute(
    plain(context.db),
  )
  const [found] = rows
  return { edit: found?.edit === 1, remove: found?.remove === 1, transfer: found?.transfer === 1 }
}

/** Into the recycle bin. */
export async function recycle(context: CommandContext, ids: readonly string[]): Promise<void> {
  const at = context.now()
  await sql`update opportunity set deleted_at = ${at}, deleted_with = null, updated_at = ${at}, version = version + 1
    where id in (select value from json_each(${JSON.stringify(ids)}))`.execute(context.tx)
}

export const sorted = (rows: readonly Opportunity[], ids: readonly string[]): Opportunity[] =>
  rows.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
