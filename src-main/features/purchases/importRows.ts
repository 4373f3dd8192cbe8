import { sql } from 'kysely'
import { unitsOf } from '../../../src-shared/kernel/documents/units.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { plain, type WriteTx } from '../../kernel/database.ts'
import type { Asked, Parts, Values } from '../../kernel/importer.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import type { Gathered } from '../../kernel/records/sheetDocuments.ts'
import type { NewLine } from './store.ts'

export const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === ''
export const str = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
export const purchaseOf = ({ parts }: { readonly parts: Parts }): Values => parts.purchase?.[0] ?? {}

/** The number may stand twice by an import: it is flagged then, and not asked for. */
export function askedOfNew(context: Pick<CommandContext, 'entities'>, parts: Parts): Asked {
  const { number: _number, ...values } = purchaseOf({ parts })
  return [[entityIn(context, 'purchase'), values]]
}

/** The header that the rows of one purchase say together: of each field the first that says something. */
export function headerOf({ rows }: Gathered): Values {
  const values: Values = {}
  for (const row of rows)
    for (const [key, value] of Object.entries(purchaseOf(row))) if (isEmpty(values[key]) && !isEmpty(value)) values[key] = value
  return values
}

/** A line of a sheet; `arrived`: what of it has come in already, in units, and when. */
export type SheetLine = NewLine & { readonly arrived: number; readonly arrivedAt: string | null }
/** The lines of one purchase out of its rows. `isComplete`: the sheet says that all of it has arrived. */
export function linesOfRows({ rows }: Gathered, isComplete: boolean): SheetLine[] {
  return rows.flatMap(({ parts }) =>
    (parts.purchaseLine ?? []).map((said): SheetLine => {
      const units = unitsOf(String(said['quantity']))
      const arrived = typeof said['received'] === 'number' ? unitsOf(String(said['received'])) : isComplete ? units : 0
      return {
        productId: String(said['productId']),
        orderId: str(said['orderId']),
        units,
        priceFen: typeof said['priceFen'] === 'number' ? said['priceFen'] : null,
        note: str(said['lineNote']),
        arrived,
        arrivedAt: str(said['receivedAt']),
      }
    }),
  )
}

/** Which of these numbers a purchase has. */
export async function numbersTaken(tx: WriteTx, numbers: readonly string[]): Promise<Set<string>> {
  if (numbers.length === 0) return new Set()
  const { rows } = await sql<{ number: string }>`
    select number from purchase where number in (select value from json_each(${JSON.stringify(numbers)}))`.execute(plain(tx))
  return new Set(rows.map(({ number }) => number))
}

export const PURCHASE_KEYS = [
  'id',
  'number',
  'supplier',
  'warehouseId',
  'stage',
  'mark',
  'expectedOn',
  'amountFen',
  'ordered',
  'authorId',
  'note',
  'cancelReason',
  'issue',
  'createdAt',
  'createdBy',
  'updatedAt',
] as const
export const LINE_KEYS = [
  'id',
  'purchaseId',
  'position',
  'productId',
  'orderId',
  'units',
  'priceFen',
  'note',
  'createdAt',
  'updatedAt',
] as const
