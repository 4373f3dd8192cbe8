import { CopyOutlined, EditOutlined, FormOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button, Dropdown } from 'antd'
import { Suspense, useState } from 'react'
import { isOpenTo } from '../../../src-shared/features/customers/may.ts'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { copyText } from '../../components/marks.tsx'
import { lastAddress } from '../../components/neighbours/place.ts'
import { useCan, useClient } from '../../kernel/context.tsx'
import { formatPhone } from '../../kernel/format.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { toast } from '../../kernel/toast.tsx'
import { useRemoval } from '../lists/public.ts'
import { lookingText, WhoSees } from '../looking/public.ts'
import { PoolActions, useRelease } from '../pools/public.ts'
import { useEditCustomer } from './EditCustomer.tsx'
import { recordText } from './recordText.ts'
import { text } from './text.ts'

/** What one does with a customer from the head of his page. */
export function CustomerActions({ customer, onWrite }: { customer: Customer; onWrite: () => void }) {
  const t = useText(text)
  const isPhone = useIsPhone()
  const navigate = useNavigate()
  const mayWrite = useCan('followUps.write') && customer.deletedAt === null && customer.poolId === null
  const mayDelete = useCan('customers.delete') && isOpenTo(customer, 'remove')
  const maySeeWho = useCan('people.read')
  const tl = useText(lookingText)
  const tr = useText(recordText)
  const [isAsking, setAsking] = useState(false)
  const editing = useEditCustomer(customer)
  const toList = () => void navigate({ to: '/customers', search: lastAddress('/customers') })
  const releasing = useRelease(1, () => ({ ids: [customer.id] }), toList)
  const mayRelease = isOpenTo(customer, 'release') && customer.poolId === null
  const offers = mayRelease ? releasing.actions : []
  const removal = useRemoval({ id: customer.id, to: '/customers', words: t, call: useClient().customers.removeMany })
  const items = [
    ...(editing.mayEdit && isPhone ? [{ key: 'edit', label: tr('editCustomer'), act: editing.open }] : []),
    ...offers.map(({ key, label, onClick }) => ({ key, label, act: onClick })),
    ...(maySeeWho ? [{ key: 'who', label: tl('whoSees'), act: () => setAsking(true) }] : []),
    ...(mayDelete ? [{ key: 'remove', label: t('remove'), danger: true, act: removal.ask }] : []),
  ]
  return (
    <>
      {releasing.dialog}
      <PoolActions customer={customer} />
      <CopyPhone phone={customer.phone} />
      {editing.mayEdit && !isPhone && (
        <Button icon={<FormOutlined />} onClick={editing.open}>
          {tr('editCustomer')}
        </Button>
      )}
      {editing.dialog}
      {mayWrite && !isPhone && (
        <Button type="primary" icon={<EditOutlined />} onClick={onWrite}>
          {t('writeFollowUp')}
        </Button>
      )}
      {items.length > 0 && (
        <Dropdown
          trigger={['click']}
          placement="bottomRight"
          menu={{
            items: items.map(({ act: _, ...item }) => item),
            onClick: ({ key }) => items.find((item) => item.key === key)?.act(),
          }}
        >
          <Button aria-label={t('more')} className="record-more">
            …
          </Button>
        </Dropdown>
      )}
      {isAsking && (
        <Suspense>
          <WhoSees customer={customer} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </>
  )
}

/** The number itself is what is pressed; one that is masked is of no use to anybody. */
function CopyPhone({ phone }: Pick<Customer, 'phone'>) {
  const t = useText(text)
  if (!phone || phone.includes('*')) return null
  const copy = async () => {
    await copyText(formatPhone(phone))
    toast(t('phoneCopied'), { tone: 'info' })
  }
  return (
    <Button icon={<CopyOutlined />} className="num" onClick={() => void copy()}>
      {formatPhone(phone)}
    </Button>
  )
}
