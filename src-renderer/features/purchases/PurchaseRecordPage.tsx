import './purchases.css'
import { ArrowLeftOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { purchaseEntity } from '../../../src-shared/features/purchases/entity.ts'
import type { Purchase, PurchaseId } from '../../../src-shared/features/purchases/model.ts'
import { Person } from '../../components/Avatar.tsx'
import { CopyButton } from '../../components/marks.tsx'
import { type Figure, RecordLayout, type RecordTab } from '../../components/RecordLayout.tsx'
import { EmptyState, LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { fieldRightOf, useApi, useMe } from '../../kernel/context.tsx'
import { failureOf } from '../../kernel/errors.ts'
import { rememberOpened } from '../../kernel/recent.ts'
import { fieldWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { ApprovalsOf } from '../approvals/public.ts'
import { useEntity } from '../fields/public.ts'
import { RecordHistory } from '../history/public.ts'
import { Actions } from './Actions.tsx'
import { PurchaseValue, StateText } from './columns.tsx'
import { Lines } from './Lines.tsx'
import { lastAddress } from './listMemory.ts'
import { PurchaseFields } from './PurchaseFields.tsx'
import { text } from './text.ts'

/** A purchase in full. */
export function PurchaseRecordPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useQuery(useApi().purchases.get.queryOptions({ input: { id: id as PurchaseId }, meta: { shown: true } }))
  if (found.data)
    return (
      <main className="page">
        <Record key={found.data.id} row={found.data} />
      </main>
    )
  const { code } = failureOf(found.error) ?? {}
  if (code === 'NOT_FOUND' || code === 'BAD_REQUEST') return <Gone />
  if (found.error) return <LoadFailed error={found.error} feature="purchases" onRetry={() => void found.refetch()} />
  return <SkeletonRows rows={18} height={40} />
}

const FIGURES = ['amountFen', 'progress', 'expectedOn', 'warehouseId'] as const
function useFigures(row: Purchase): Figure[] {
  const me = useMe()
  const { fields } = useEntity(purchaseEntity)
  return FIGURES.flatMap((key) => {
    const field = fields.find((one) => one.key === key)
    if (!field || fieldRightOf(me, 'purchase', key) === 'hidden') return []
    return [{ key, label: fieldWord('purchases', key), value: <PurchaseValue field={field} row={row} /> }]
  })
}

function Record({ row }: { row: Purchase }) {
  const t = useText(text)
  const api = useApi()
  const [tab, setTab] = useState('lines')
  const figures = useFigures(row)
  const entity = useEntity(purchaseEntity)
  useEffect(() => rememberOpened({ to: `/purchases/${row.id}`, title: row.number }), [row.id, row.number])
  const shown = { shown: true }
  const parts = useQuery(api.purchases.parts.queryOptions({ input: { id: row.id }, meta: shown }))
  const approvals = useQuery(
    api.approvals.ofRecord.queryOptions({ input: { subject: 'purchase', id: row.id }, meta: shown }),
  ).data
  const tabs: RecordTab[] = [
    {
      key: 'lines',
      label: t('lines'),
      count: parts.data?.lines.length,
      content: parts.data ? (
        <Lines row={row} lines={parts.data.lines} />
      ) : parts.error ? (
        <LoadFailed error={parts.error} feature="purchases" onRetry={() => void parts.refetch()} />
      ) : (
        <SkeletonRows rows={4} height={36} />
      ),
    },
    {
      key: 'approvals',
      label: t('approvals'),
      count: approvals?.length,
      content: <ApprovalsOf subject="purchase" id={row.id} />,
    },
    {
      key: 'history',
      label: t('history'),
      content: <RecordHistory entity={entity} id={row.id} good={['created', 'approved', 'received']} />,
    },
  ]
  return (
    <RecordLayout
      kind="purchase"
      crumb={
        <Link to="/purchases" search={lastAddress()} className="t3">
          <ArrowLeftOutlined /> {t('crumb')}
        </Link>
      }
      name={row.number}
      firm={false}
      marks={
        <>
          <StateText row={row} />
          <span className="t2">{row.supplier}</span>
          <CopyButton value={row.number} />
        </>
      }
      actions={parts.data && <Actions row={row} parts={parts.data} />}
      actionsNote={row.authorName && <Person name={row.authorName} />}
      figures={figures}
      fields={<PurchaseFields row={row} />}
      tabs={tabs}
      tab={tab}
      onTab={setTab}
    />
  )
}

/** Not there, or not for these eyes: the two look alike on purpose. */
function Gone() {
  const t = useText(text)
  return (
    <main className="page">
      <EmptyState title={t('goneTitle')} hint={t('goneHint')} links={<Link to="/purchases">{t('crumb')}</Link>} />
    </main>
  )
}
