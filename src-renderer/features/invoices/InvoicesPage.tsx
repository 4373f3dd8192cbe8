import './invoices.css'
import { useState } from 'react'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { invoiceEntity } from '../../../src-shared/features/invoices/entity.ts'
import type { Invoice } from '../../../src-shared/features/invoices/model.ts'
import { Money } from '../../components/values.tsx'
import { useApi, useCan, useClient } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { useText } from '../../kernel/text.ts'
import { ImportButton } from '../imports/public.ts'
import { ListPage, useBulkWork, useRecordList } from '../lists/public.ts'
import { StatusText, useInvoiceColumns } from './columns.tsx'
import { useInvoiceViews } from './systemViews.ts'
import { text } from './text.ts'
import { STAYS } from './words.ts'

const InvoicePanel = later(() => import('./InvoicePanel.tsx').then((module) => module.InvoicePanel))
const InvoiceDrawer = later(() => import('./InvoiceDrawer.tsx').then((module) => module.InvoiceDrawer))

const RELATED = [customerEntity]
const pageOf = ({ id }: Invoice) => `/invoices/${id}`

/** 发票: what was asked for, made out and handed over in one list with views, and one of them at its side. */
export function InvoicesPage() {
  const t = useText(text)
  const records = useRecordList<Invoice>({
    entity: invoiceEntity,
    related: RELATED,
    to: '/invoices',
    system: useInvoiceViews(),
    columns: useInvoiceColumns(),
    calls: useApi().invoices,
    exports: ['customers.export'],
    pageOf,
  })
  const [creating, setCreating] = useState(false)
  const mayAsk = useCan('invoices.create')
  const { invoices } = useClient()
  const { exporting, removing } = useBulkWork(records, { words: t, calls: invoices, mayRemove: mayAsk, stays: STAYS })
  const create = () => setCreating(true)
  const making = { id: 'invoices.request', label: t('add'), pinyin: 'shen qing kai piao', group: t('invoices'), run: create }
  return (
    <ListPage
      records={records}
      names={{ one: t('invoice'), many: t('invoices') }}
      words={t}
      making={mayAsk ? making : undefined}
      imports={<ImportButton kind="invoice" />}
      bulk={[...exporting, ...removing]}
      describe={describe}
      panel={(at) => <InvoicePanel {...at} />}
    >
      {creating && <InvoiceDrawer onClose={() => setCreating(false)} />}
    </ListPage>
  )
}

const describe = (row: Invoice) => ({
  title: row.customerName ?? row.number,
  facts: [<StatusText key="status" row={row} />, row.requestedOn, row.number].filter(Boolean),
  state: <Money fen={row.amountFen} short />,
})
