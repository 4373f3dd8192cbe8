import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Product, ProductEdit } from '../../../src-shared/features/products/model.ts'
import { isCustomKey } from '../../../src-shared/kernel/entity.ts'
import type { FieldValue } from '../../components/FieldEditor.tsx'
import type { PageOf } from '../../components/table/columns.ts'
import { useCellBlocks } from '../../components/table/useCellBlocks.ts'
import { cellRefusal } from '../../kernel/cellRefusal.ts'
import { useApi, useCan, useClient } from '../../kernel/context.tsx'
import { editShown } from '../../kernel/shownEdit.ts'
import { fieldWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { fromEditor } from '../fields/public.ts'
import { text } from './text.ts'
import { useCategories, useProductFields } from './useProducts.ts'

const REQUIRED = ['name', 'status']

/** Edits in the list of products: shown at once, put back when they are not taken, taken back by Ctrl+Z. */
export function useProductEdits() {
  const t = useText(text)
  const api = useApi()
  const client = useClient()
  const cache = useQueryClient()
  const undo = useUndo()
  const fields = useProductFields()
  const categories = useCategories()
  const { mutateAsync: send } = useMutation(api.products.edit.mutationOptions({ meta: { shown: true } }))
  const { mutateAsync: write } = useMutation(api.products.editCells.mutationOptions({ meta: { shown: true } }))
  const change = (id: Product['id'], changed: (row: Product) => Product) =>
    cache.setQueriesData<PageOf<Product>>(
      { queryKey: api.products.list.key() },
      (page) => page && { ...page, rows: page.rows.map((row) => (row.id === id ? changed(row) : row)) },
    )
  const cells = useCellBlocks<Product>({
    check: (block) => client.products.checkCells(block),
    write,
    newBy: useCan('products.write') ? 'name' : null,
    required: REQUIRED,
    card: ({ name, number }) => (number ? `${number} ${name}` : name),
  })
  const onEdit = async (row: Product, key: string, given: FieldValue): Promise<string | null> => {
    const custom = isCustomKey(key)
    const field = fields.find((one) => one.key === key)
    const value = custom || field?.type === 'boolean' ? fromEditor(field, given) : given
    const named = key === 'categoryId' ? { categoryName: categories.find(({ id }) => id === value)?.path ?? null } : {}
    const values = (custom ? { custom: { [key]: value } } : { [key]: value }) as ProductEdit
    try {
      const product = await editShown(cache, {
        keys: [api.products.list.key()],
        show: () =>
          change(row.id, (now) =>
            custom
              ? { ...now, custom: { ...now.custom, [key]: value } as Product['custom'] & object }
              : ({ ...now, ...values, ...named } as Product),
          ),
        send: () => send({ id: row.id, version: row.version, values }),
        putBack: () => change(row.id, () => row),
      })
      change(row.id, () => product)
      undo.remember(t('editedCell', { name: product.name, field: fieldWord('products', key) }), { recordId: row.id })
      return null
    } catch (error) {
      return cellRefusal(error, 'products')
    }
  }
  return { cells, ...(useCan('products.write') && { onEdit }) }
}
