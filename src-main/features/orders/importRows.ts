import type { LineInput } from '../../../src-shared/features/orders/model.ts'
import { isCustomKey } from '../../../src-shared/kernel/entity.ts'
import { type SheetRow, settleRows, sheetLine } from '../../../src-shared/kernel/documents/sheetLines.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { Asked, Parts, Values, WriteRules } from '../../kernel/importer.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import type { Gathered } from '../../kernel/records/sheetDocuments.ts'

export const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === ''
export const str = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const fen = (value: unknown): number | null => (typeof value === 'number' ? value : null)
export const orderOf = ({ parts }: { readonly parts: Parts }): Values => parts.order?.[0] ?? {}

/** What stands in no column that an import writes as it is, or follows from the rest. */
const APART: ReadonlySet<string> = new Set([
  'id',
  'number',
  'nameSort',
  'customerId',
  'contactId',
  'opportunityId',
  'status',
  'totalFen',
  'discountFen',
  'issue',
  'createdAt',
  'createdBy',
])

/** The number may stand twice by an import: it is flagged then, and not asked for. */
export function askedOfNew(context: Pick<CommandContext, 'entities'>, parts: Parts): Asked {
  const { number: _number, ...values } = orderOf({ parts })
  return [[entityIn(context, 'order'), values]]
}

/** Fields with a column that are written as they stand. */
export const mappedPlain = (rules: WriteRules): string[] =>
  rules.mapped.flatMap((key) => {
    if (!key.startsWith('order.')) return []
    const field = key.slice('order.'.length)
    return APART.has(field) && !isCustomKey(field) ? [] : [field]
  })

/** The header that the rows of one order say together: of each field the first that says something. */
export function headerOf({ rows }: Gathered): Values {
  const values: Values = {}
  for (const row of rows)
    for (const [key, value] of Object.entries(orderOf(row))) if (isEmpty(values[key]) && !isEmpty(value)) values[key] = value
  return values
}

export const plainValues = (header: Values): Values =>
  Object.fromEntries(Object.entries(header).filter(([key, value]) => !APART.has(key) && !isEmpty(value)))

/** The lines of one order out of its rows, and what is taken off the whole. */
export function linesOfRows({ rows }: Gathered, header: Values): { lines: LineInput[]; discountFen: number; agrees: boolean } {
  const name = String(header['name'] ?? '')
  const sheet: SheetRow[] = rows.map((row) => ({
    lines: (row.parts.orderLine ?? []).map((said) => sheetLine(said, name)),
    totalFen: fen(orderOf(row)['totalFen']),
  }))
  const { lines, discountFen, agrees } = settleRows(sheet, fen(header['discountFen']), name)
  return {
    lines: lines.map(({ spec, note, productId, ...line }) => ({
      ...line,
      productId: productId as LineInput['productId'],
      note: [spec, note].filter((word) => word !== null && word !== '').join(' ') || null,
    })),
    discountFen,
    agrees,
  }
}

/** Where an order stands that no column says it of: what was handed over was agreed, and what was agreed has a day. */
export const statusOf = (header: Values): string =>
  str(header['status']) ?? (str(header['deliveredOn']) ? 'delivered' : str(header['signedOn']) ? 'confirmed' : 'draft')

export const ORDER_KEYS = [
  'id',
  'number',
  'name',
  'nameSort',
  'customerId',
  'contactId',
  'opportunityId',
  'ownerId',
  'status',
  'signedOn',
  'deliveredOn',
  'startsOn',
  'endsOn',
  'linesFen',
  'discountFen',
  'totalFen',
  'taxFen',
  'listFen',
  'costFen',
  'expenseFen',
  'receivedFen',
  'refundedFen',
  'note',
  'issue',
  'createdAt',
  'createdBy',
  'updatedAt',
] as const
export const LINE_KEYS = [
  'id',
  'orderId',
  'productId',
  'name',
  'unit',
  'quantity',
  'priceFen',
  'discount',
  'taxRate',
  'listPriceFen',
  'costFen',
  'amountFen',
  'position',
  'note',
  'createdAt',
] as const
