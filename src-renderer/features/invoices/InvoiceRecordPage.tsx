import './invoices.css'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { invoiceEntity } from '../../../src-shared/features/invoices/entity.ts'
import type { Invoice, InvoiceId } from '../../../src-shared/features/invoices/model.ts'
import { Person } from '../../components/Avatar.tsx'
import { CopyButton } from '../../components/marks.tsx'
import { ListCrumb, RecordFrame } from '../../components/RecordFrame.tsx'
import { type Figure, RecordLayout, type RecordTab } from '../../components/RecordLayout.tsx'
import { LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { fieldRightOf, useApi, useCan, useClient, useMe } from '../../kernel/context.tsx'
import { fieldWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useEntity } from '../fields/public.ts'
import { RecordHistory } from '../history/public.ts'
import { DeletedBanner, RemoveButton, useNeighbours } from '../lists/public.ts'
import { InvoiceValue, IssueChip, StatusText } from './columns.tsx'
import { Acts, Fields, LinesOf } from './InvoiceBody.tsx'
import { text } from './text.ts'
import { STAYS } from './words.ts'

/** An invoice in full. */
export function InvoiceRecordPage() {
  const t = useText(text)
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useQuery(useApi().invoices.get.queryOptions({ input: { id: id as InvoiceId }, meta: { shown: true } }))
  const { restoreInvoices } = useClient().recycleBin
  const mayRestore = useCan('invoices.create')
  return (
    <RecordFrame id={id} found={found} feature="invoices" to="/invoices" words={t} title={({ number }) => number}>
      {(row) => (
        <>
          {row.deletedAt && <DeletedBanner id={row.id} words={t} mayRestore={mayRestore} call={restoreInvoices} />}
          <Record key={row.id} row={row} />
        </>
      )}
    </RecordFrame>
  )
}

const FIGURES = ['amountFen', 'requestedOn', 'issuedOn', 'postedOn'] as const
function useFigures(row: Invoice): Figure[] {
  const me = useMe()
  const { fields } = useEntity(invoiceEntity)
  return FIGURES.flatMap((key) => {
    const field = fields.find((one) => one.key === key)
    if (!field || fieldRightOf(me, 'invoice', key) === 'hidden') return []
    return [{ key, label: fieldWord('invoices', key), value: <InvoiceValue field={field} row={row} /> }]
  })
}

function Record({ row }: { row: Invoice }) {
  const t = useText(text)
  const { list, lines: ofInvoice } = useApi().invoices
  const { removeMany } = useClient().invoices
  const [tab, setTab] = useState('lines')
  const figures = useFigures(row)
  const entity = useEntity(invoiceEntity)
  const neighbours = useNeighbours<Invoice>(row.id, {
    to: '/invoices',
    group: t('crumb'),
    page: (input) => list.queryOptions({ input }),
  })
  const mayRemove = useCan('invoices.create') && row.deletedAt === null && row.status === 'requested'
  const lines = useQuery(ofInvoice.queryOptions({ input: { id: row.id }, meta: { shown: true } }))
  const tabs: RecordTab[] = [
    {
      key: 'lines',
      label: t('lines'),
      count: lines.data?.length,
      content: lines.data ? (
        <LinesOf lines={lines.data} />
      ) : lines.error ? (
        <LoadFailed error={lines.error} feature="invoices" onRetry={() => void lines.refetch()} />
      ) : (
        <SkeletonRows rows={3} height={36} />
      ),
    },
    {
      key: 'history',
      label: t('history'),
      content: <RecordHistory entity={entity} id={row.id} good={['created', 'issued', 'posted']} />,
    },
  ]
  return (
    <RecordLayout
      kind="invoice"
      crumb={<ListCrumb to="/invoices">{t('crumb')}</ListCrumb>}
      {...neighbours}
      name={row.number}
      firm={false}
      marks={
        <>
          <StatusText row={row} />
          <IssueChip row={row} />
          {row.customerId && (
            <Link to="/customers/$id" params={{ id: row.customerId }} className="el">
              {row.customerName}
            </Link>
          )}
          <CopyButton value={row.officialNumber ?? row.number} />
        </>
      }
      actions={
        <>
          {row.deletedAt === null && <Acts row={row} lines={lines.data} />}
          {mayRemove && <RemoveButton id={row.id} to="/invoices" words={t} call={removeMany} stays={STAYS} />}
        </>
      }
      actionsNote={row.requesterName && <Person name={row.requesterName} />}
      figures={figures}
      fields={<Fields row={row} />}
      tabs={tabs}
      tab={tab}
      onTab={setTab}
    />
  )
}
