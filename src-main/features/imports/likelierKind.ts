import { headerKey, type SheetColumn } from '../../../src-shared/features/imports/mapping.ts'
import type { ImportableEntity } from '../../../src-shared/features/imports/model.ts'
import type { Entities } from '../../kernel/livingEntities.ts'
import { proposedColumns } from './proposed.ts'
import { importerIn } from './registry.ts'

/** `closed`: fields of the kind that the importing user may not say. */
export type Kind = { entity: ImportableEntity; closed: readonly string[] }
/** `samples`: the different texts of the column; `filled`: in how many rows something stands. */
type Column = SheetColumn & { readonly filled: number }
type Reading = {
  entity: ImportableEntity
  identified: boolean
  mapped: number
  own: number
  belongs: boolean
  isGoods: boolean
  isSaid: boolean
}

/** The more special first, where two kinds understand as much. */
const ORDER: readonly ImportableEntity[] = [
  'invoice',
  'paymentPlan',
  'orderPerson',
  'payment',
  'order',
  'quote',
  'followUp',
  'opportunity',
  'contact',
  'employee',
  'tag',
  'purchase',
  'stockMove',
  'product',
  'lead',
  'customer',
]
const GOODS: ReadonlySet<string> = new Set(['product.priceFen', 'product.unit', 'product.spec', 'product.barcode'])
/** Kinds whose columns are called like those of others: a sheet of them says so, by a header or a field of theirs alone. */
const SIGNS: Readonly<Partial<Record<ImportableEntity, { word: RegExp; fields: readonly string[] }>>> = {
  // Who asked is called like a customer.
  lead: { word: /线索|\blead\b/iu, fields: ['lead.arrivedAt', 'lead.campaign', 'lead.number'] },
  // Money that is still to come is planned; of shares nothing else tells.
  paymentPlan: {
    word: /计划|期次|期数|应收日|预计(?:回|收)款|instal+ment|\bplanned\b|\bdue (?:on|date)\b/iu,
    fields: ['paymentPlan.nth'],
  },
  orderPerson: { word: /分成|拆分|业绩(?:比例|占比)|参与人|\bshare\b|\bsplit\b/iu, fields: [] },
  // Of whom something is bought nobody else is.
  purchase: { word: /采购|供应商|供货|\bpurchase|\bsupplier|\bvendor/iu, fields: ['purchase.supplier'] },
  // Goods are counted in any list of them.
  stockMove: { word: /仓|盘点|出入库|期初|结存|warehouse|stock ?take|opening balance/iu, fields: ['stockMove.warehouseId'] },
  // Money is asked for by it.
  invoice: { word: /发票|开票|抬头|购方|\binvoice/iu, fields: ['invoice.taxNumber', 'invoice.officialNumber'] },
}
const REPEATS = { rows: 4, share: 0.9 }

/**
 * The kind of record a sheet more likely holds than the one it was brought in as: the one that understands more of its columns. A sheet
 * of customers may carry people and conversations, so among equals these need a sign of their own: customers that come again, or a
 * header that says whose they are.
 */
export function likelierKind(
  entities: Entities,
  { entity, closed, others }: Kind & { others: readonly Kind[] },
  sheet: readonly Column[],
): ImportableEntity | null {
  const now = reading(entities, { entity, closed }, sheet)
  const named = sheet.filter(({ header }) => header.trim() !== '').length
  const better = others
    .map((kind) => reading(entities, kind, sheet))
    .filter((one) => one.identified && one.mapped * 2 >= named && isLikelier(one, now))
    .toSorted((a, b) => b.mapped - a.mapped || ORDER.indexOf(a.entity) - ORDER.indexOf(b.entity))
  return better[0]?.entity ?? null
}

function isLikelier(one: Reading, now: Reading): boolean {
  // One word, a name or a text, may be of anything; of people and conversations a sheet says more.
  if ((one.entity === 'followUp' || one.entity === 'contact') && one.own < 2) return false
  // Lists of anything have names, numbers and categories; goods have a price, a unit or a specification.
  if (one.entity === 'product' && !one.isGoods) return false
  if (!one.isSaid) return false
  if (!now.identified || one.mapped > now.mapped) return true
  if (now.entity !== 'customer' || one.mapped < now.mapped) return false
  if (one.entity === 'followUp') return one.belongs || one.own * 2 >= one.mapped
  return one.entity === 'contact' && one.belongs
}

function reading(entities: Entities, { entity, closed }: Kind, sheet: readonly Column[]): Reading {
  const importer = importerIn(entities, entity)
  const targets = proposedColumns(importer, sheet, { closed, memory: null }).flatMap(({ index, target }) =>
    target ? [{ index, key: `${target.entity}.${target.field}` }] : [],
  )
  const whose = sheet[targets.find(({ key }) => key === 'customer.name')?.index ?? -1]
  const words = importer.headers?.['customer.name'] ?? []
  const sign = SIGNS[entity]
  return {
    entity,
    identified: targets.some(({ key }) => importer.identified.includes(key)),
    mapped: targets.length,
    isGoods: targets.some(({ key }) => GOODS.has(key)),
    isSaid: !sign || targets.some(({ key }) => sign.fields.includes(key)) || sheet.some(({ header }) => sign.word.test(header)),
    own: targets.filter(({ key }) => key.startsWith(`${entity}.`)).length,
    belongs: whose !== undefined && (words.some((word) => headerKey(word) === headerKey(whose.header)) || comesAgain(whose)),
  }
}

const comesAgain = ({ samples, filled }: Column): boolean => filled >= REPEATS.rows && samples.length <= filled * REPEATS.share
