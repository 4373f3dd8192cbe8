import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Drawer, Form } from 'antd'
import { useState } from 'react'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import type { Customer, CustomerEdit, NewCustomer } from '../../../src-shared/features/customers/model.ts'
import type { FieldDescriptor } from '../../../src-shared/kernel/entity.ts'
import { KEEPS_FOCUS } from '../../components/drawer.ts'
import { SkeletonRows } from '../../components/states.tsx'
import { useAskBeforeClose } from '../../components/useAskBeforeClose.ts'
import { useApi, useCan } from '../../kernel/context.tsx'
import { useShortcut } from '../../kernel/keyboard.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { listed, useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { useEntity } from '../fields/public.ts'
import { begunWith, changedFrom, useBegun } from '../layouts/forms.ts'
import { CustomerForm } from './CustomerForm.tsx'
import { recordText as text } from './recordText.ts'
import { fieldsOfEdit, tagChange } from './useCustomerEdit.ts'
import { fieldWord } from './words.tsx'

type EditDrawerProps = { customer: Customer; onClose: () => void }
type Begun = Readonly<Record<string, unknown>>
const NOTHING: Begun = {}

/** Several fields of a customer changed at once: one command, one undo; what a colleague changed meanwhile is asked about. */
export function EditDrawer({ customer: now, onClose }: EditDrawerProps) {
  const t = useText(text)
  const isPhone = useIsPhone()
  // What was seen when it was opened: a colleague's change since then must not be overwritten unseen.
  const [customer] = useState(now)
  const entity = useEntity(customerEntity)
  const begun = useBegun(() => begunWith(entity, customer))
  const [form] = Form.useForm<NewCustomer>()
  const { save, error, isPending } = useSaving(customer, begun ?? NOTHING, onClose)
  const mayTransfer = useCan('customers.transfer') && customer.poolId === null
  const isDirty = () => begun !== null && changedFrom(begun, form.getFieldsValue()) !== null
  const close = useAskBeforeClose(isDirty, onClose)
  const submit = () => begun && form.submit()
  useShortcut('Ctrl+Enter', { label: t('save'), group: t('editCustomer') }, submit, { inDialog: true })
  useShortcut('Ctrl+S', { label: t('save'), group: t('editCustomer') }, submit, { inDialog: true })
  return (
    <Drawer
      open
      {...KEEPS_FOCUS}
      size={isPhone ? '100%' : 520}
      title={t('editTitle', { name: customer.name.slice(0, 60) })}
      onClose={close}
      footer={
        <div className="row g8">
          <span className="grow" />
          <Button onClick={close}>{t('cancel')}</Button>
          <Button type="primary" loading={isPending} disabled={begun === null} onClick={submit}>
            {t('save')}
          </Button>
        </div>
      }
    >
      {begun === null ? (
        <SkeletonRows rows={6} height={44} />
      ) : (
        <CustomerForm
          form={form}
          error={error}
          initial={begun as Partial<NewCustomer>}
          edited={customer.id}
          leavesOut={({ key }: FieldDescriptor) => key === 'ownerId' && !mayTransfer}
          onSeen={() => undefined}
          onSave={save}
        />
      )}
    </Drawer>
  )
}

function useSaving(customer: Customer, begun: Begun, onClose: () => void) {
  const t = useText(text)
  const api = useApi()
  const cache = useQueryClient()
  const undo = useUndo()
  const { mutate, error, isPending } = useMutation(
    api.customers.edit.mutationOptions({
      meta: { shown: true },
      onSuccess: (saved, { values }) => {
        cache.setQueryData(api.customers.get.queryKey({ input: { id: saved.id } }), saved)
        const words = fieldsOfEdit(values).map((key) => fieldWord(t, key))
        undo.say(t('editedFields', { fields: listed(words.slice(0, 3)), n: words.length }), { recordId: saved.id })
        onClose()
      },
    }),
  )
  const save = (values: NewCustomer) => {
    const changed = changedFrom(begun, values)
    if (changed === null) return onClose()
    const { tags, ...others } = changed
    const tagged = 'tags' in changed ? tagChange(customer, Array.isArray(tags) ? tags.map(String) : []) : {}
    if (!isPending) mutate({ id: customer.id, version: customer.version, values: { ...others, ...tagged } as CustomerEdit })
  }
  return { save, error, isPending }
}
