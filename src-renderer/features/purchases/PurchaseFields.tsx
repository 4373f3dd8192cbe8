import { useMutation, useQueryClient } from '@tanstack/react-query'
import { purchaseEntity } from '../../../src-shared/features/purchases/entity.ts'
import type { Purchase, PurchaseEdit } from '../../../src-shared/features/purchases/model.ts'
import type { FieldDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { FieldValue } from '../../components/FieldEditor.tsx'
import { FieldGroup, type FieldLine, InlineField } from '../../components/InlineField.tsx'
import { fieldRightOf, useApi, useCan, useMe } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { fieldWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { toEditor, useEntity } from '../fields/public.ts'
import { groupWord, useLaid } from '../layouts/public.ts'
import { PurchaseValue } from './columns.tsx'
import { useWarehouseOptions } from './PurchaseDrawer.tsx'
import { text } from './text.ts'
import { EDITOR } from './words.ts'

const OVER: ReadonlySet<Purchase['state']> = new Set(['received', 'cancelled'])

/** All fields of a purchase in their groups, each edited where it stands; the warehouse only of a draft. */
export function PurchaseFields({ row }: { row: Purchase }) {
  const me = useMe()
  const entity = useEntity(purchaseEntity)
  const laid = useLaid(entity, 'page')
  const warehouses = useWarehouseOptions()
  const edit = useEditField()
  const mayWrite = useCan('purchases.write') && !OVER.has(row.state)
  const lineOf = (field: FieldDescriptor): FieldLine => {
    const { key } = field
    const value = toEditor(row[key as keyof Purchase])
    const label = fieldWord('purchases', key)
    const isOpen =
      mayWrite &&
      !field.readOnly &&
      (key !== 'warehouseId' || row.state === 'draft') &&
      fieldRightOf(me, 'purchase', key) === 'write'
    return {
      key,
      label,
      isEmpty: value === null || value === '' || value === 0,
      field: (
        <InlineField
          label={label}
          kind={EDITOR[field.type] ?? 'text'}
          value={value}
          options={key === 'warehouseId' ? warehouses : []}
          {...(isOpen && { onSave: (next: FieldValue) => edit(row, key, next) })}
        >
          <PurchaseValue field={field} row={row} />
        </InlineField>
      ),
    }
  }
  return laid.map(({ group, fields }) => {
    const lines = fields.filter(({ key }) => key !== 'goods' && fieldRightOf(me, 'purchase', key) !== 'hidden').map(lineOf)
    return lines.length > 0 ? (
      <FieldGroup
        key={group.id}
        name={`purchase.${group.id}`}
        title={groupWord(group)}
        lines={lines}
        startsFolded={group.isFolded}
      />
    ) : null
  })
}

/** One field of one purchase; answers with the sentence when it is not taken. */
function useEditField() {
  const t = useText(text)
  const api = useApi()
  const cache = useQueryClient()
  const undo = useUndo()
  const { mutateAsync: send } = useMutation(api.purchases.edit.mutationOptions({ meta: { shown: true } }))
  return async (row: Purchase, key: string, value: FieldValue): Promise<string | null> => {
    try {
      const saved = await send({ id: row.id, version: row.version, values: { [key]: value } as PurchaseEdit })
      cache.setQueryData(api.purchases.get.queryKey({ input: { id: row.id } }), (old) => old && { ...old, ...saved })
      undo.remember(t('edited', { number: saved.number, field: fieldWord('purchases', key) }), { recordId: row.id })
      return null
    } catch (error) {
      return failureText(error, 'purchases')
    }
  }
}
