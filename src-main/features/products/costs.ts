import { sql } from 'kysely'
import type { Cost, CostId } from '../../../src-shared/features/products/model.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { ReadDb, WriteTx } from '../../kernel/database.ts'
import { Forbidden, NotFound, Stale } from '../../kernel/errors.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { onCommand, onQuery } from '../../kernel/pipeline.ts'
import { mayAskBy } from '../../kernel/policy.ts'
import { getRow } from '../../kernel/records/select.ts'
import { loadForWrite } from '../../kernel/records/write.ts'

/** @throws Forbidden for who must not see what things cost: neither reads he the past of it nor writes he it. */
function requireSight(actor: Actor, product: EntityDescriptor): void {
  if (!mayAskBy(actor, product, 'costFen')) throw new Forbidden('products.fields', ['costFen'])
}

async function costsOf(db: ReadDb | WriteTx, productId: string): Promise<Cost[]> {
  const { rows } = await sql<Cost>`
    select c.id, c.cost_fen as "costFen", c.valid_from as "validFrom", c.note, c.created_at as "createdAt", c.version,
      (select e.name from user_account u join employee e on e.id = u.employee_id where u.id = c.created_by) as "createdByName"
    from product_cost c where c.product_id = ${productId} order by c.valid_from desc`.execute(db)
  return rows
}

type Stored = { id: string; productId: string; costFen: number; validFrom: string; note: string | null; version: number }
async function costRow(tx: WriteTx, id: string): Promise<Stored> {
  const row = await tx
    .selectFrom('productCost')
    .select(['id', 'productId', 'costFen', 'validFrom', 'note', 'version'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw new NotFound('product', id)
  return row
}

async function requireProduct(context: CommandContext, id: string): Promise<void> {
  const product = entityIn(context, 'product')
  requireSight(context.actor, product)
  const row = await loadForWrite(context, product, id, 'edit')
  if (row.deletedAt !== null) throw new Refusal('deleted')
}

async function requireFreeDay(tx: WriteTx, productId: string, day: string, exceptId?: string): Promise<void> {
  const there = await tx
    .selectFrom('productCost')
    .select('id')
    .where('productId', '=', productId)
    .where('validFrom', '=', day)
    .executeTakeFirst()
  if (there && there.id !== exceptId) throw new Refusal('dayTaken', { day })
}

type NewCost = { productId: string; costFen: number; validFrom: string; note?: string | null | undefined }
export async function insertCost(
  context: CommandContext,
  { productId, costFen, validFrom, note = null }: NewCost,
): Promise<void> {
  const at = context.now()
  await context.tx
    .insertInto('productCost')
    .values({
      id: context.newId(),
      productId,
      costFen,
      validFrom,
      note,
      createdAt: at,
      createdBy: context.actor.userId || null,
      updatedAt: at,
    })
    .execute()
}

async function updateCost(context: CommandContext, id: string, values: Partial<Pick<Stored, 'costFen' | 'validFrom' | 'note'>>) {
  await context.tx
    .updateTable('productCost')
    .set((eb) => ({ ...values, updatedAt: context.now(), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

/** What a sheet says something costs from a day on. @returns whether that was news */
export async function sayCost(context: CommandContext, said: NewCost): Promise<boolean> {
  const { productId, costFen, validFrom } = said
  const there = await costsOf(context.tx, productId)
  const now = there.find((cost) => cost.validFrom <= validFrom)
  if (now?.costFen === costFen) return false
  if (now?.validFrom === validFrom) await updateCost(context, now.id, { costFen })
  else await insertCost(context, said)
  return true
}

export const costHandlers = {
  costs: onQuery.products.costs.handler(async ({ input, context }) => {
    const product = entityIn(context, 'product')
    requireSight(context.actor, product)
    await getRow(context.db, context.actor, product, input.id, { deleted: true })
    return costsOf(context.db, input.id)
  }),

  addCost: onCommand.products.addCost.handler(async ({ input, context }) => {
    await requireProduct(context, input.productId)
    await requireFreeDay(context.tx, input.productId, input.validFrom)
    await insertCost(context, { ...input, note: input.note || null })
    context.record({ entity: 'product', id: input.productId, action: 'costAdded', detail: { from: input.validFrom } })
    return costsOf(context.tx, input.productId)
  }),

  editCost: onCommand.products.editCost.handler(async ({ input, context }) => {
    const row = await costRow(context.tx, input.id)
    await requireProduct(context, row.productId)
    if (row.version !== input.version) throw new Stale('product', row.productId)
    const wanted = {
      costFen: input.costFen ?? row.costFen,
      validFrom: input.validFrom ?? row.validFrom,
      note: input.note === undefined ? row.note : input.note || null,
    }
    if (wanted.costFen === row.costFen && wanted.validFrom === row.validFrom && wanted.note === row.note) context.unchanged()
    else {
      await requireFreeDay(context.tx, row.productId, wanted.validFrom, row.id)
      await updateCost(context, row.id, wanted)
      context.record({ entity: 'product', id: row.productId, action: 'costEdited', detail: { from: wanted.validFrom } })
    }
    return costsOf(context.tx, row.productId)
  }),

  removeCost: onCommand.products.removeCost.handler(async ({ input, context }) => {
    const row = await costRow(context.tx, input.id)
    await requireProduct(context, row.productId)
    await context.tx
      .deleteFrom('productCost')
      .where('id', '=', row.id as CostId)
      .execute()
    context.record({ entity: 'product', id: row.productId, action: 'costRemoved', detail: { from: row.validFrom } })
    return costsOf(context.tx, row.productId)
  }),
}
