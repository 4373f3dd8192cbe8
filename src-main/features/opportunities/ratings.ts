import { sql } from 'kysely'
import type { Choices, Chosen } from '../../../src-shared/features/opportunities/evaluation.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { Forbidden } from '../../kernel/errors.ts'
import { mayAskBy } from '../../kernel/policy.ts'

/** What was chosen says how high the score is. @throws Forbidden for who may not read it */
export function requireScore(actor: Actor, entity: EntityDescriptor): void {
  if (!mayAskBy(actor, entity, 'score')) throw new Forbidden('opportunities.read', ['score'])
}

type Rating = { dimensionId: string; levelId: string }
/** The level chosen in each dimension, those put aside too. */
export async function readRatings(db: ReadDb | WriteTx, opportunityId: string): Promise<Chosen> {
  const { rows } = await sql<Rating>`
    select dimension_id as "dimensionId", level_id as "levelId" from opportunity_rating where opportunity_id = ${opportunityId}`.execute(
    plain(db),
  )
  return Object.fromEntries(rows.map(({ dimensionId, levelId }) => [dimensionId, levelId])) as Chosen
}

/** @returns whether anything was written. @throws Refusal dimensionUnknown | levelUnknown for what is not there or was put aside */
export async function writeRatings(context: CommandContext, opportunityId: string, choices: Choices): Promise<boolean> {
  const stands: Record<string, string> = await readRatings(context.tx, opportunityId)
  let wrote = false
  for (const [dimensionId, levelId] of Object.entries(choices)) {
    if ((stands[dimensionId] ?? null) === (levelId ?? null)) continue
    if (levelId) await requireChoosable(context, dimensionId, levelId)
    await choose(context, { opportunityId, dimensionId, before: stands[dimensionId], levelId: levelId ?? null })
    wrote = true
  }
  return wrote
}

async function requireChoosable({ tx }: CommandContext, dimensionId: string, levelId: string): Promise<void> {
  const dimension = await tx
    .selectFrom('evaluationDimension')
    .select('archivedAt')
    .where('id', '=', dimensionId)
    .executeTakeFirst()
  if (!dimension || dimension.archivedAt !== null) throw new Refusal('dimensionUnknown')
  const level = await tx
    .selectFrom('evaluationLevel')
    .select('archivedAt')
    .where('id', '=', levelId)
    .where('dimensionId', '=', dimensionId)
    .executeTakeFirst()
  if (!level || level.archivedAt !== null) throw new Refusal('levelUnknown')
}

type Choice = { opportunityId: string; dimensionId: string; before: string | undefined; levelId: string | null }
async function choose(
  { tx, newId, now }: CommandContext,
  { opportunityId, dimensionId, before, levelId }: Choice,
): Promise<void> {
  const at = now()
  if (levelId === null)
    await tx
      .deleteFrom('opportunityRating')
      .where('opportunityId', '=', opportunityId)
      .where('dimensionId', '=', dimensionId)
      .execute()
  else if (before === undefined)
    await tx
      .insertInto('opportunityRating')
      .values({ id: newId(), opportunityId, dimensionId, levelId, createdAt: at, updatedAt: at })
      .execute()
  else
    await tx
      .updateTable('opportunityRating')
      .set((eb) => ({ levelId, updatedAt: at, version: eb('version', '+', 1) }))
      .where('opportunityId', '=', opportunityId)
      .where('dimensionId', '=', dimensionId)
      .execute()
}
