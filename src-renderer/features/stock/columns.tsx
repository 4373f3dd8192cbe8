import { useMemo } from 'react'
import { stockEntity } from '../../../src-shared/features/stock/entity.ts'
import type { Stock } from '../../../src-shared/features/stock/model.ts'
import type { FieldDescriptor, FieldType } from '../../../src-shared/kernel/entity.ts'
import { maySortBy } from '../../components/filter/askBy.ts'
import { type CellWords, plainValue, useCellWords } from '../../components/table/cellText.ts'
import type { Column } from '../../components/table/columns.ts'
import { Dash, RelativeTime } from '../../components/values.tsx'
import { fieldRightOf, useMe } from '../../kernel/context.tsx'
import { fieldWord } from '../../kernel/slices.ts'
import { FIELDS } from './words.ts'

const RIGHT: readonly FieldType[] = ['instant', 'number']
const LEFT_OUT: ReadonlySet<string> = new Set(['createdBy', 'productId'])

/** Pieces, to the fourth digit; nothing is grey, less than nothing red. */
export function Pieces({ n, warn = false }: { n: number | null; warn?: boolean }) {
  if (n === null || n === 0) return <Dash />
  const tone = n < 0 ? ' tbad' : warn ? ' twarn' : ''
  return <span className={`num${tone}`}>{n.toLocaleString('en-US', { maximumFractionDigits: 4 })}</span>
}

export function StockValue({ field, row }: { field: FieldDescriptor; row: Stock }) {
  const { key, type } = field
  const value = key === 'warehouseId' ? row.warehouseName : row[key as keyof Stock]
  if (type === 'number') return <Pieces n={value as number | null} warn={key === 'waiting'} />
  if (value === null || value === undefined || value === '') return <Dash />
  if (type === 'instant') return <RelativeTime at={String(value)} />
  return <span className={key === 'number' ? 'num' : 'lit'}>{String(value)}</span>
}

const textOf = (field: FieldDescriptor, row: Stock, words: CellWords): string =>
  field.key === 'warehouseId' ? (row.warehouseName ?? '') : plainValue('stock', field, row[field.key as keyof Stock], words)

/** The columns one may see. */
export function useStockColumns(): readonly Column<Stock>[] {
  const me = useMe()
  const words = useCellWords()
  return useMemo(
    () =>
      FIELDS.filter(({ key }) => fieldRightOf(me, 'stock', key) !== 'hidden' && !LEFT_OUT.has(key)).map(
        (field): Column<Stock> => ({
          key: field.key,
          title: fieldWord('stock', field.key),
          width: field.width ?? 116,
          hidden: field.width === undefined,
          sortable: maySortBy(me, stockEntity, field),
          ...(field.key === 'name' && { sticky: true }),
          ...(RIGHT.includes(field.type) && { align: 'right' as const }),
          render: (row) =>
            field.key === 'name' ? <span className="name-link el">{row.name}</span> : <StockValue field={field} row={row} />,
          text: (row) => textOf(field, row, words),
        }),
      ),
    [me, words],
  )
}
