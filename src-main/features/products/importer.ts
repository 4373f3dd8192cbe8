import { productEntity } from '../../../src-shared/features/products/entity.ts'
import { Fen, TaxRate } from '../../../src-shared/features/products/model.ts'
import { sharedRate } from '../../../src-shared/features/products/rate.ts'
import { may } from '../../../src-shared/kernel/actor.ts'
import { cleanName, cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import { sortKey } from '../../../src-shared/kernel/pinyin/pinyin.ts'
import type { CleanRow, Importer, Likeness, Parts, Placing, RowKey, RowRecord, Values } from '../../kernel/importer.ts'
import { requireSoundStock } from '../stock/public.ts'
import { askedOfNew, namesIn, writeProducts } from './importWrite.ts'
import { nameKey, requireSoundCategories } from './store.ts'
import { STATUS_WORDS } from './words.ts'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const productOf = (parts: Parts): Values => parts.product?.[0] ?? {}

/** What a cell says that no product can hold is left out and told. */
function dropUnfit(row: CleanRow, product: Values): void {
  if (product['taxRate'] !== undefined) {
    const rate = TaxRate.safeParse(sharedRate(text(product['taxRate'])))
    if (rate.success) product['taxRate'] = rate.data
    else leave(row, product, 'taxRate', 'rate.unread')
  }
  for (const key of ['priceFen', 'costFen'] as const)
    if (product[key] !== undefined && !Fen.safeParse(product[key]).success) leave(row, product, key, 'amount.negative')
  if (product['barcode'] !== undefined) product['barcode'] = text(product['barcode']).replace(/\s/g, '')
}

function leave(row: CleanRow, product: Values, key: string, code: string): void {
  row.problems.push({ column: null, level: 'warning', code, detail: String(product[key]).slice(0, 80) })
  delete product[key]
}

function finish(row: CleanRow): void {
  const product = (row.parts.product ??= [{}])[0] ?? {}
  row.parts.product = [product]
  const name = cleanName(text(product['name']))
  if (name === '' && text(product['number']) === '' && !text(product['id'])) {
    row.problems.push({ column: null, level: 'error', code: 'productless' })
    return
  }
  if (name !== '') Object.assign(product, { name, nameSort: sortKey(name) })
  if (product['number'] !== undefined) product['number'] = cleanText(text(product['number']))
  dropUnfit(row, product)
}

const WAYS = 'select path from product_category where ? is not null'
/** A category that nobody has made yet is announced: a slip in its name would make a second one. */
function tellNewCategory(row: CleanRow, { read }: Placing): void {
  const path = namesIn(text(productOf(row.parts)['categoryId']))
  if (path.length === 0) return
  const there = new Set(read(WAYS, '').map((one) => nameKey(text(one['path']))))
  if (!there.has(nameKey(path.join('/'))))
    row.problems.push({ column: null, level: 'warning', code: 'category.unknown', detail: path.join('/').slice(0, 80) })
}

function matchRecord(parts: Parts): RowRecord {
  const product = productOf(parts)
  const own = { number: text(product['number']) || null, spec: nameKey(text(product['spec'])) || null }
  return { name: cleanName(text(product['name'])), phones: [], own }
}

/** A product is known by its number, else by its name with its specification. */
const keys = (parts: Parts): RowKey[] => {
  const { name, own } = matchRecord(parts)
  return [
    ...(own?.['number'] ? [{ kind: 'number', key: own['number'] }] : []),
    ...(name ? [{ kind: 'name', key: sortKey(name) }] : []),
  ]
}

const likeness = (verdict: Likeness['verdict'], code: string, weight: number): Likeness => ({
  verdict,
  bits: weight,
  score: verdict === 'same' ? 0.99 : verdict === 'maybe' ? 0.5 : 0,
  reasons: weight > 0 ? [{ code, weight }] : [],
})
const DIFFERENT = likeness('different', '', -8)

function compare(row: RowRecord, there: RowRecord): Likeness {
  const [a, b] = [row.own?.['number'] ?? null, there.own?.['number'] ?? null]
  if (a !== null && b !== null) return a === b ? likeness('same', 'numberSame', 20) : DIFFERENT
  if (nameKey(text(row.name)) !== nameKey(text(there.name)) || !row.name) return DIFFERENT
  const [one, other] = [row.own?.['spec'] ?? null, there.own?.['spec'] ?? null]
  if (one === other) return likeness('same', 'labelSame', 12)
  // Of one of the two the sheet or the base says no specification: a person decides.
  return one === null || other === null ? likeness('maybe', 'labelSame', 2) : DIFFERENT
}

const COLUMNS = 'p.id, p.name, p.number, p.spec, p.deleted_at as deletedAt'
const candidates: Importer['candidates'] = {
  sql: `with w (kind, sought) as (select value ->> 'kind', value ->> 'key' from json_each(?))
    select ${COLUMNS} from w cross join product p on p.number = w.sought where w.kind = 'number' and p.number is not null
    union select ${COLUMNS} from w cross join product p on p.name_sort = w.sought where w.kind = 'name' and p.deleted_at is null limit 200`,
  parameter: (found) => JSON.stringify(found),
  read: (row) => ({
    id: text(row['id']),
    name: text(row['name']),
    ownerId: null,
    ownerName: null,
    deleted: row['deletedAt'] !== null,
    record: matchRecord({ product: [row] }),
  }),
}

/** A list of products with their categories, prices and costs. */
export const productImporter: Importer = {
  entity: 'product',
  parts: [productEntity],
  identified: ['product.name', 'product.number'],
  unidentified: 'productNotMapped',
  action: 'importedProducts',
  needs: 'products.write',
  creates: 'products.write',
  writes: {},
  presentPeople: [],
  repeatable: ['product.description'],
  words: STATUS_WORDS,
  finish,
  finishEdited: (row) => {
    const product = row.parts.product?.[0]
    if (!product) return
    const name = cleanName(text(product['name']))
    if (name !== '') Object.assign(product, { name, nameSort: sortKey(name) })
    dropUnfit(row, product)
  },
  place: tellNewCategory,
  matchRecord,
  keys,
  compare,
  candidates,
  sees: (actor) => may(actor, 'products.read'),
  asked: askedOfNew,
  afterUndo: async (context) => {
    await requireSoundCategories(context)
    await requireSoundStock(context)
  },
  write: writeProducts,
}
