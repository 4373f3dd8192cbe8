import type { ProductsEdit } from '../../../src-shared/features/products/contract.ts'
import { flatValues } from '../../../src-shared/kernel/custom/values.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import type { ChunkOutcome } from '../../kernel/records/bulk.ts'
import { freeAmong, requireStillFree } from '../../kernel/records/sound.ts'
import { loadManyForWrite, updateRow } from '../../kernel/records/write.ts'
import { withStock } from '../stock/public.ts'
import { cleanProduct } from './clean.ts'
import { requireCategory, setProductsDeleted } from './store.ts'

/** What is only put on or off sale says so in history. */
function actionOf(values: object, status: unknown): string {
  if (Object.keys(values).length > 1 || status === undefined) return 'editedMany'
  return status === 'onSale' ? 'putOnSale' : 'takenOffSale'
}

export async function editChunk(context: CommandContext, ids: readonly string[], edit: ProductsEdit): Promise<ChunkOutcome> {
  const entity = entityIn(context, 'product')
  const values = cleanProduct(flatValues(entity, edit))
  await requireCategory(context.tx, values.categoryId)
  const { rows, refused, settled } = await loadManyForWrite(context, entity, ids, { verbs: ['edit'] })
  const held =
    values.stocked === false
      ? await withStock(
          context.tx,
          rows.map(({ id }) => id),
        )
      : new Map<string, string>()
  let [changed, incomplete] = [0, 0]
  for (const row of rows) {
    if (held.has(row.id)) continue
    const wrote = await updateRow(context, entity, row, { values }).catch((error: unknown) => {
      // One that would lack something by it stays as it is, and the others go on.
      if (error instanceof Refusal && error.reason === 'requiredMissing') return null
      throw error
    })
    if (wrote === null) incomplete++
    else if (wrote) changed++
  }
  const because = { ...(incomplete > 0 && { requiredMissing: incomplete }), ...(held.size > 0 && { hasStock: held.size }) }
  const outcome = {
    changed,
    refused: refused + incomplete + held.size,
    unchanged: rows.length - changed - incomplete - held.size + settled,
    ...(incomplete + held.size > 0 && { because }),
  }
  return finish(context, outcome, actionOf(values, values.status))
}

/** What lies in stock stays. `alone`: of one it is said why; of many they are counted. @throws Refusal hasStock */
export async function removeChunk(context: CommandContext, ids: readonly string[], alone: boolean): Promise<ChunkOutcome> {
  const { rows, refused, settled } = await loadManyForWrite(context, entityIn(context, 'product'), ids, { verbs: ['edit'] })
  const held = await withStock(
    context.tx,
    rows.map(({ id }) => id),
  )
  const [name] = held.values()
  if (alone && name !== undefined) throw new Refusal('hasStock', { name })
  const found = rows.flatMap(({ id }) => (held.has(id) ? [] : [id]))
  if (found.length > 0) await setProductsDeleted(context, found, true)
  const because = held.size > 0 ? { because: { hasStock: held.size } } : {}
  const outcome = { changed: found.length, refused: refused + held.size, unchanged: settled, ...because }
  return finish(context, outcome, 'deleted', found[0])
}

/** `alone`: of one it is said what stands in the way; of the last of many it is counted. */
export async function restoreChunk(context: CommandContext, ids: readonly string[], alone: boolean): Promise<ChunkOutcome> {
  const entity = entityIn(context, 'product')
  const { rows, refused, settled } = await loadManyForWrite(context, entity, ids, { verbs: ['edit'], deleted: true })
  const [only] = rows
  if (only && alone) await requireStillFree(context, entity, only)
  const back = (await freeAmong(context, entity, rows)).map(({ id }) => id)
  if (back.length > 0) await setProductsDeleted(context, back, false)
  const taken = rows.length - back.length
  const because = taken > 0 ? { because: { uniqueTaken: taken } } : {}
  return finish(context, { changed: back.length, refused: refused + taken, unchanged: settled, ...because }, 'restored', back[0])
}

function finish(context: CommandContext, outcome: ChunkOutcome, action: string, only?: string): ChunkOutcome {
  if (outcome.changed === 0) context.unchanged()
  else
    context.record({
      entity: 'product',
      id: outcome.changed === 1 && only ? only : '',
      action,
      detail: { count: outcome.changed },
    })
  return outcome
}
