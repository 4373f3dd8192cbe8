import { orderEntity } from '../../../src-shared/features/orders/entity.ts'
import type { Order } from '../../../src-shared/features/orders/model.ts'
import type { FieldDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { FieldValue } from '../../components/FieldEditor.tsx'
import { FieldGroup, type FieldLine, InlineField } from '../../components/InlineField.tsx'
import { fieldRightOf, useCan, useMe } from '../../kernel/context.tsx'
import { fieldWord } from '../../kernel/slices.ts'
import { useOwnerOptions } from '../customers/public.ts'
import { toEditor, useEntity } from '../fields/public.ts'
import { groupWord, useLaid } from '../layouts/public.ts'
import { OrderValue } from './columns.tsx'
import { useEditField } from './useEditField.ts'
import { EDITED_ELSEWHERE, EDITOR } from './words.ts'

/** All fields of an order in their groups, each edited where it stands. */
export function OrderFields({ row }: { row: Order }) {
  const me = useMe()
  const entity = useEntity(orderEntity)
  const laid = useLaid(entity, 'page')
  const owners = useOwnerOptions()
  const edit = useEditField()
  const mayEdit = useCan('orders.edit') && row.may?.edit !== false && row.deletedAt === null
  const lineOf = (field: FieldDescriptor): FieldLine => {
    const { key } = field
    const value = toEditor(row[key as keyof Order])
    const label = fieldWord('orders', key)
    const isOpen =
      mayEdit &&
      !field.readOnly &&
      !EDITED_ELSEWHERE.has(key) &&
      fieldRightOf(me, 'order', key) === 'write' &&
      (key !== 'ownerId' || row.may?.transfer === true) &&
      // It is set by delivering and mended then.
      (key !== 'deliveredOn' || row.status === 'delivered')
    return {
      key,
      label,
      isEmpty: value === null || value === '',
      field: (
        <InlineField
          label={label}
          kind={EDITOR[field.type] ?? 'text'}
          value={value}
          options={key === 'ownerId' ? owners : []}
          {...(isOpen && { onSave: (next: FieldValue) => edit(row, key, next) })}
        >
          <OrderValue field={field} row={row} />
        </InlineField>
      ),
    }
  }
  return laid.map(({ group, fields }) => {
    const lines = fields.filter(({ key }) => fieldRightOf(me, 'order', key) !== 'hidden').map(lineOf)
    return lines.length > 0 ? (
      <FieldGroup
        key={group.id}
        name={`order.${group.id}`}
        title={groupWord(group)}
        lines={lines}
        startsFolded={group.isFolded}
      />
    ) : null
  })
}
