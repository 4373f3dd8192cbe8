import { DeleteOutlined, EditOutlined, EnvironmentOutlined, PlusOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import type { Address } from '../../../src-shared/features/addresses/model.ts'
import { isOpenTo } from '../../../src-shared/features/customers/may.ts'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { IconButton } from '../../components/page.tsx'
import { LoadFailed, Nothing, SkeletonRows } from '../../components/states.tsx'
import { PhoneText } from '../../components/values.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { AddressDialog } from './AddressDialog.tsx'
import { text } from './text.ts'

/** Further addresses of one customer: delivery, invoice, branch. */
export function Addresses({ customer }: { customer: Customer }) {
  const t = useText(text)
  const mayWrite = useCan('addresses.write') && isOpenTo(customer, 'edit')
  const [editing, setEditing] = useState<Address | 'new' | null>(null)
  const addresses = useQuery(
    useApi().addresses.ofCustomer.queryOptions({ input: { customerId: customer.id }, meta: { shown: true } }),
  )
  return (
    <div className="contacts">
      {mayWrite && (
        <Button size="small" icon={<PlusOutlined />} className="gap-below" onClick={() => setEditing('new')}>
          {t('add')}
        </Button>
      )}
      {addresses.isPending && <SkeletonRows rows={2} height={44} />}
      {addresses.error && !addresses.data && (
        <LoadFailed error={addresses.error} feature="addresses" onRetry={() => void addresses.refetch()} />
      )}
      {addresses.data?.length === 0 && <Nothing>{t('none')}</Nothing>}
      {addresses.data?.map((address) => (
        <AddressLine key={address.id} address={address} mayWrite={mayWrite} onEdit={() => setEditing(address)} />
      ))}
      {editing && (
        <AddressDialog customerId={customer.id} address={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
    </div>
  )
}

function AddressLine({ address, mayWrite, onEdit }: { address: Address; mayWrite: boolean; onEdit: () => void }) {
  const t = useText(text)
  const undo = useUndo()
  const remove = useMutation(
    useApi().addresses.remove.mutationOptions({
      onSuccess: () => undo.say(t('removed', { name: address.label }), { recordId: address.id }),
    }),
  )
  return (
    <div className="row g8 contact always-copy">
      <EnvironmentOutlined className="t3" />
      <div className="grow">
        <div className="el">{address.label}</div>
        <div className="t3 s12 lit">
          {[address.province, address.city, address.district, address.detail, address.recipient].filter(Boolean).join(' ')}
        </div>
      </div>
      <span className="t2 s12">
        <PhoneText phone={address.phone} />
      </span>
      {mayWrite && (
        <span className="row contact-actions">
          <IconButton small icon={<EditOutlined />} title={t('change')} onClick={onEdit} />
          <IconButton small icon={<DeleteOutlined />} title={t('remove')} onClick={() => remove.mutate({ id: address.id })} />
        </span>
      )}
    </div>
  )
}
