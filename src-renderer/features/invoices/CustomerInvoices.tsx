import './invoices.css'
import { PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Suspense, useState } from 'react'
import type { Invoice } from '../../../src-shared/features/invoices/model.ts'
import { LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { useText } from '../../kernel/text.ts'
import { BillingProfiles } from '../billing/public.ts'
import { Papers } from './Papers.tsx'
import { text } from './text.ts'

const InvoiceDrawer = later(() => import('./InvoiceDrawer.tsx').then((module) => module.InvoiceDrawer))
type CustomerId = NonNullable<Invoice['customerId']>

const useOfCustomer = (customerId: CustomerId, enabled = true) =>
  useQuery(useApi().invoices.ofCustomer.queryOptions({ input: { customerId }, enabled, meta: { shown: true } }))

/** How many a customer has, for the head of a tab. */
export const useInvoiceCount = (customerId: CustomerId): number | undefined =>
  useOfCustomer(customerId, useCan('invoices.read')).data?.length

type CustomerInvoicesProps = {
  customer: { id: CustomerId; name: string }
  /** He is out of the recycle bin and in hand, not only looked at in a pool. */
  isOpen: boolean
}
/** 发票 of a customer: to whom they are made out, and those there are. */
export function CustomerInvoices({ customer, isOpen }: CustomerInvoicesProps) {
  const seesProfiles = useCan('billing.read')
  const seesInvoices = useCan('invoices.read')
  return (
    <div>
      {seesProfiles && <BillingProfiles customerId={customer.id} customerName={customer.name} isOpen={isOpen} />}
      {seesInvoices && <Those customerId={customer.id} isOpen={isOpen} />}
    </div>
  )
}

function Those({ customerId, isOpen }: { customerId: CustomerId; isOpen: boolean }) {
  const t = useText(text)
  const [adding, setAdding] = useState(false)
  const mayAsk = useCan('invoices.create') && isOpen
  const found = useOfCustomer(customerId)
  return (
    <section aria-label={t('invoices')}>
      <div className="row g8 gap-below">
        <h3 className="b s13">{t('invoices')}</h3>
        <span className="grow" />
        {mayAsk && (
          <Button size="small" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t('add')}
          </Button>
        )}
      </div>
      {found.data ? (
        <Papers papers={found.data.map((invoice) => ({ invoice }))} />
      ) : found.error ? (
        <LoadFailed error={found.error} feature="invoices" onRetry={() => void found.refetch()} />
      ) : (
        <SkeletonRows rows={3} height={44} />
      )}
      <Suspense>{adding && <InvoiceDrawer customerId={customerId} onClose={() => setAdding(false)} />}</Suspense>
    </section>
  )
}
