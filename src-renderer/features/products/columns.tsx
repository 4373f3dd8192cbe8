import { useMemo } from 'react'
import { productEntity } from '../../../src-shared/features/products/entity.ts'
import type { Product } from '../../../src-shared/features/products/model.ts'
import { type FieldDescriptor, type FieldType, isCustomKey, valueIn } from '../../../src-shared/kernel/entity.ts'
import type { EditorKind, FieldOption } from '../../components/FieldEditor.tsx'
import { maySortBy } from '../../components/filter/askBy.ts'
import { CopyButton, StatusDot } from '../../components/marks.tsx'
import { type CellWords, plainValue, useCellWords } from '../../components/table/cellText.ts'
import type { Column } from '../../components/table/columns.ts'
import { Dash, Money, RelativeTime } from '../../components/values.tsx'
import { fieldRightOf, useCan, useMe } from '../../kernel/context.tsx'
import { fieldWord, optionWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { CUSTOM_EDITOR, customOptions, CustomShown, fieldText, toEditor } from '../fields/public.ts'
import { useCategoryOptions, useProductFields } from './useProducts.ts'

const EDITOR: Partial<Record<FieldType, EditorKind>> = {
  text: 'text',
  longText: 'longText',
  money: 'money',
  select: 'select',
  reference: 'select',
  boolean: 'select',
}
const RIGHT: readonly FieldType[] = ['instant', 'number', 'money', 'date']
const LEFT_OUT: ReadonlySet<string> = new Set(['createdBy'])

/** How a field of a product reads, in the list and beside it. */
export function ProductValue({ field, row }: { field: FieldDescriptor; row: Product }) {
  if (isCustomKey(field.key) || field.type === 'boolean') return <CustomShown field={field} value={valueIn(row, field.key)} />
  const value = field.key === 'categoryId' ? row.categoryName : row[field.key as keyof Product]
  if (value === null || value === undefined || value === '') return <Dash />
  if (field.key === 'status')
    return <StatusDot tone={value === 'onSale' ? 'ok' : 'ink'}>{optionWord('products', 'status', String(value))}</StatusDot>
  if (field.key === 'taxRate') return <span className="num">{String(value)}%</span>
  if (field.type === 'money') return <Money fen={Number(value)} />
  if (field.type === 'instant') return <RelativeTime at={String(value)} />
  return <span className={field.key === 'number' || field.key === 'barcode' ? 'num' : ''}>{String(value)}</span>
}

const NameCell = ({ row }: { row: Product }) => (
  <span className="copyable name-cell">
    <span className="name-link el">{row.name}</span>
    <CopyButton value={row.name} />
  </span>
)

const textOf = (field: FieldDescriptor, row: Product, words: CellWords): string =>
  field.key === 'categoryId' ? (row.categoryName ?? '') : plainValue('products', field, valueIn(row, field.key), words)

function optionsFor(field: FieldDescriptor, categories: readonly FieldOption[]): readonly FieldOption[] {
  if (field.key === 'categoryId') return categories
  if (field.choices) return field.choices.filter(({ archived }) => !archived).map(({ value, label }) => ({ value, label }))
  return (field.options ?? []).map((value) => ({ value, label: optionWord('products', field.key, value) }))
}

/** The columns one may see, editable where the right says so. */
export function useProductColumns(): readonly Column<Product>[] {
  const me = useMe()
  const mayWrite = useCan('products.write')
  const fields = useProductFields()
  const categories = useCategoryOptions()
  const own = useText(fieldText)
  const words = useCellWords()
  return useMemo(
    () =>
      fields
        .filter((field) => fieldRightOf(me, 'product', field.key) !== 'hidden' && !LEFT_OUT.has(field.key))
        .map((field): Column<Product> => {
          const custom = isCustomKey(field.key)
          const kind = field.readOnly || field.formula ? undefined : (custom ? CUSTOM_EDITOR : EDITOR)[field.type]
          return {
            key: field.key,
            title: fieldWord('products', field.key),
            width: field.width ?? 120,
            hidden: field.width === undefined || custom,
            sortable: maySortBy(me, productEntity, field),
            ...(field.key === 'name' && { sticky: true }),
            ...((RIGHT.includes(field.type) || field.key === 'taxRate') && { align: 'right' as const }),
            render: (row) => (field.key === 'name' ? <NameCell row={row} /> : <ProductValue field={field} row={row} />),
            ...(mayWrite &&
              fieldRightOf(me, 'product', field.key) === 'write' &&
              kind !== undefined && {
                edit: {
                  kind,
                  options: custom || field.type === 'boolean' ? customOptions(field, own) : optionsFor(field, categories),
                  value: (row: Product) => toEditor(valueIn(row, field.key)),
                  ...(field.key === 'name' && { byKeyOnly: true }),
                },
              }),
            text: (row) => textOf(field, row, words),
          }
        }),
    [me, mayWrite, fields, categories, own, words],
  )
}
