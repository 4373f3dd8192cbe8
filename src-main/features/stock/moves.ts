import type { MoveInput } from '../../../src-shared/features/stock/model.ts'
import { unitsOf } from '../../../src-shared/kernel/documents/units.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { levelAt, levelsOf, type NewMove, post, requireStocked } from './store.ts'
import { openWarehouse } from './warehouses.ts'

/**
 * In, out, over to another warehouse, or what a count found. @returns the levels that were touched
 * @throws Refusal nothingMoved | productTwice | sameWarehouse and those of `openWarehouse`, `requireStocked` and `post`
 */
export async function moveStock(context: CommandContext, input: MoveInput): Promise<string[]> {
  const { kind, warehouseId, toId, lines, reason, beyond } = input
  await openWarehouse(context.tx, warehouseId)
  if (kind === 'transfer') {
    if (toId === null || toId === warehouseId) throw new Refusal('sameWarehouse')
    await openWarehouse(context.tx, toId)
  }
  const ids = lines.map(({ productId }) => productId as string)
  await requireStocked(context.tx, ids)
  // Of one product two counts would say different things.
  if (new Set(ids).size < ids.length) throw new Refusal('productTwice')
  const moves: NewMove[] = []
  for (const { productId, quantity } of lines) {
    const units = unitsOf(quantity)
    if (units === 0 && kind !== 'count') throw new Refusal('nothingMoved')
    const levelId = await levelAt(context, productId, warehouseId)
    if (kind === 'in') moves.push({ levelId, kind, units })
    else if (kind === 'out') moves.push({ levelId, kind, units: -units })
    else if (kind === 'count') {
      const there = (await levelsOf(context.tx, [levelId])).get(levelId)?.onHand ?? 0
      moves.push({ levelId, kind, units: units - there })
    } else if (toId !== null) {
      moves.push({ levelId, kind, units: -units, otherId: toId })
      moves.push({ levelId: await levelAt(context, productId, toId), kind, units, otherId: warehouseId })
    }
  }
  await post(context, moves, { reason: reason || null, beyond })
  return [...new Set(moves.map(({ levelId }) => levelId))]
}
