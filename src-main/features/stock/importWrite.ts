import { unitsOf } from '../../../src-shared/kernel/documents/units.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { RowResult, RowWrite, Values, WriteRules } from '../../kernel/importer.ts'
import { wholeOrNot } from '../../kernel/savepoint.ts'
import { levelAt, levelsOf, type NewMove, post, requireStocked } from './store.ts'
import { openWarehouse } from './warehouses.ts'

const str = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
/** What a rule of stock refuses a row for, as far as its sheet can be mended by it. */
const TOLD: ReadonlySet<string> = new Set([
  'notEnough',
  'tooMuch',
  'notStocked',
  'productUnknown',
  'warehouseArchived',
  'warehouseUnknown',
  'sameWarehouse',
])

/** One chunk of moves in the order of the file, each alone: what stock does not allow fails its row and nothing else. */
export async function writeMoves(context: CommandContext, rows: readonly RowWrite[], rules: WriteRules): Promise<RowResult[]> {
  const results: RowResult[] = []
  for (const row of rows) results.push({ row: row.row, ...(await writeMove(context, row, rules)) })
  return results
}

async function writeMove(context: CommandContext, write: RowWrite, rules: WriteRules): Promise<Omit<RowResult, 'row'>> {
  // What has moved has moved: a row that stands there already changes nothing.
  if (write.mode !== 'create') return { outcome: 'skipped', reason: 'duplicate', recordId: write.id }
  try {
    const wrote = await wholeOrNot(context.tx, () => moved(context, write, rules))
    return wrote ? { outcome: 'created', recordId: write.id } : { outcome: 'skipped', reason: 'unchanged' }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { outcome: 'failed', reason: TOLD.has(error.reason) ? `stock.${error.reason}` : 'notSound' }
  }
}

async function moved(context: CommandContext, { id, parts }: RowWrite, rules: WriteRules): Promise<boolean> {
  const values: Values = parts.stockMove?.[0] ?? {}
  const [productId, warehouseId, toId] = ['productId', 'warehouseId', 'toId'].map((key) => str(values[key]) ?? '') as [
    string,
    string,
    string,
  ]
  const units = unitsOf(String(values['quantity']))
  await openWarehouse(context.tx, warehouseId)
  await requireStocked(context.tx, [productId])
  const at = str(values['movedAt'])
  const said = {
    doc: str(values['doc']),
    ...(at !== null && { createdAt: at }),
    ...(rules.mapped.includes('stockMove.byEmployeeId') && { byEmployeeId: str(values['byEmployeeId']) }),
  }
  const moves = await movesOf(context, { kind: String(values['kind']), productId, warehouseId, toId, units })
  const [first, ...others] = moves
  if (!first) return false
  await post(context, [{ ...first, ...said, id }, ...others.map((one) => ({ ...one, ...said }))], {
    reason: str(values['reason']),
    beyond: false,
  })
  return true
}

type Said = { kind: string; productId: string; warehouseId: string; toId: string; units: number }
async function movesOf(context: CommandContext, { kind, productId, warehouseId, toId, units }: Said): Promise<NewMove[]> {
  if (kind === 'count') return counted(context, { productId, warehouseId, units })
  const levelId = await levelAt(context, productId, warehouseId)
  if (kind === 'in') return [{ levelId, kind, units }]
  if (kind === 'out') return [{ levelId, kind, units: -units }]
  if (toId === '' || toId === warehouseId) throw new Refusal('sameWarehouse')
  await openWarehouse(context.tx, toId)
  return [
    { levelId, kind: 'transfer', units: -units, otherId: toId },
    { levelId: await levelAt(context, productId, toId), kind: 'transfer', units, otherId: warehouseId },
  ]
}

/** What was found where as much lies already says nothing new. */
async function counted(context: CommandContext, at: Pick<Said, 'productId' | 'warehouseId' | 'units'>): Promise<NewMove[]> {
  const { productId, warehouseId, units } = at
  const known = await context.tx
    .selectFrom('stockLevel')
    .select('onHand')
    .where('productId', '=', productId)
    .where('warehouseId', '=', warehouseId)
    .executeTakeFirst()
  if (units === (known?.onHand ?? 0)) return []
  const levelId = await levelAt(context, productId, warehouseId)
  const there = (await levelsOf(context.tx, [levelId])).get(levelId)?.onHand ?? 0
  return [{ levelId, kind: 'count', units: units - there }]
}
