import type { CategoryId, ProductEdit } from '../../../src-shared/features/products/model.ts'
import { may } from '../../../src-shared/kernel/actor.ts'
import { cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import type { CommandContext } from '../../kernel/context.ts'
import {
  type Asked,
  editedValues,
  type Parts,
  type RowResult,
  type RowWrite,
  type Values,
  type WriteRules,
} from '../../kernel/importer.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { mayAskBy } from '../../kernel/policy.ts'
import { tried } from '../../kernel/records/sound.ts'
import { insertRow, loadManyForWrite, type StoredRow, updateRow } from '../../kernel/records/write.ts'
import { categoryAt } from './categories.ts'
import { cleanProduct, derivedOf } from './clean.ts'
import { sayCost } from './costs.ts'
import { requireStockFree } from './store.ts'

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === ''
const productOf = ({ parts }: { readonly parts: Parts }): Values => parts.product?.[0] ?? {}
/** What the row says besides: it stands in no column of the product. */
const BESIDE: ReadonlySet<string> = new Set(['id', 'nameSort', 'costFen', 'costFrom'])
const MUST: ReadonlySet<string> = new Set(['name', 'status'])

/** 五金/螺丝 as its names, from the top down. */
export const namesIn = (path: string): string[] =>
  path
    .split(/[/／>＞\\→|]+/)
    .map((name) => cleanText(name))
    .filter((name) => name !== '')

export const askedOfNew = (context: Pick<CommandContext, 'entities'>, parts: Parts): Asked => {
  const { categoryId: _path, ...values } = ownValues(productOf({ parts }))
  return [[entityIn(context, 'product'), values]]
}

const ownValues = (file: Values): Values =>
  Object.fromEntries(Object.entries(file).filter(([key, value]) => !BESIDE.has(key) && !isEmpty(value)))

/** One chunk of products; what the rules of a product refuse fails its row and nothing else. */
export async function writeProducts(context: CommandContext, rows: readonly RowWrite[], rules: WriteRules): Promise<RowResult[]> {
  const entity = entityIn(context, 'product')
  const results: RowResult[] = []
  for (const write of rows)
    results.push(
      await tried(context, [entity], write.row, () =>
        write.mode === 'create' ? createOne(context, write) : updateOne(context, write, rules),
      ),
    )
  return results
}

/** The category that a path names, made where it is not there yet. */
async function placed(context: CommandContext, values: Values): Promise<ProductEdit> {
  const path = values['categoryId']
  if (typeof path !== 'string') return values as ProductEdit
  return { ...values, categoryId: (await categoryAt(context, namesIn(path))) as CategoryId | null }
}

async function createOne(context: CommandContext, write: RowWrite): Promise<RowResult> {
  const file = productOf(write)
  if (isEmpty(file['name'])) return { row: write.row, outcome: 'failed', reason: 'productless' }
  const values = cleanProduct(await placed(context, ownValues(file)))
  await insertRow(context, entityIn(context, 'product'), values, derivedOf(values), write.id)
  await sayCostOf(context, write.id, file)
  return { row: write.row, outcome: 'created', recordId: write.id }
}

type Update = Extract<RowWrite, { mode: 'update' | 'fill' }>
async function updateOne(context: CommandContext, write: Update, rules: WriteRules): Promise<RowResult> {
  const entity = entityIn(context, 'product')
  const { rows } = await loadManyForWrite(context, entity, [write.id], { verbs: ['edit'], deleted: write.restore })
  const [stored] = rows
  if (!stored) return { row: write.row, outcome: 'skipped', reason: 'notYours' }
  const file = productOf(write)
  const values = cleanProduct(await placed(context, changesOf(stored, file, write, rules)))
  if (write.restore) Object.assign(values, { deletedAt: null, deletedWith: null })
  await requireStockFree(context.tx, stored.id, values)
  const wrote = await updateRow(context, entity, stored, { values, derived: derivedOf(values) })
  const kept = write.edit?.keep.includes('costFen') === true
  const costed = !kept && write.mode === 'update' && (await sayCostOf(context, write.id, file))
  return wrote || costed
    ? { row: write.row, outcome: 'updated', recordId: write.id }
    : { row: write.row, outcome: 'skipped', reason: 'unchanged', recordId: write.id }
}

function changesOf(stored: StoredRow, file: Values, { mode, edit }: Update, rules: WriteRules): Values {
  const mapped = rules.mapped.flatMap((key) => (key.startsWith('product.') && !BESIDE.has(key.slice(8)) ? [key.slice(8)] : []))
  if (edit) return editedValues(file, mapped, { edit, mode, empty: rules.empty, stored, must: MUST })
  const values: Values = {}
  for (const key of mapped) {
    if (!isEmpty(file[key])) {
      if (mode === 'update' || isEmpty(stored[key])) values[key] = file[key]
    } else if (mode === 'update' && rules.empty === 'clear' && !MUST.has(key)) values[key] = null
  }
  return values
}

/** From the day that the row names, or from today on. */
async function sayCostOf(context: CommandContext, productId: string, file: Values): Promise<boolean> {
  const costFen = file['costFen']
  if (typeof costFen !== 'number') return false
  if (!may(context.actor, 'products.costs') || !mayAskBy(context.actor, entityIn(context, 'product'), 'costFen')) return false
  const today = dateIn(context.now(), context.services.timeZone())
  return sayCost(context, { productId, costFen, validFrom: typeof file['costFrom'] === 'string' ? file['costFrom'] : today })
}
