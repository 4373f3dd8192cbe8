import './purchases.css'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { purchaseEntity } from '../../../src-shared/features/purchases/entity.ts'
import type { Purchase, PurchaseId } from '../../../src-shared/features/purchases/model.ts'
import { Person } from '../../components/Avatar.tsx'
import { CopyButton } from '../../components/marks.tsx'
import { type Figure, RecordLayout, type RecordTab } from '../../components/RecordLayout.tsx'
import { LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { ListCrumb, RecordFrame } from '../../components/RecordFrame.tsx'
import { fieldRightOf, useApi, useMe } from '../../kernel/context.tsx'
import { fieldWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { ApprovalsOf } from '../approvals/public.ts'
import { useEntity } from '../fields/public.ts'
import { RecordHistory } from '../history/public.ts'
import { Actions } from './Actions.tsx'
import { IssueChip, PurchaseValue, StateText } from './columns.tsx'
import { Lines } from './Lines.tsx'
import { PurchaseFields } from './PurchaseFields.tsx'
import { useNeighbours } from '../lists/public.ts'
import { text } from './text.ts'

/** A purchase in full. */
export function PurchaseRecordPage() {
  const t = useText(text)
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useQuery(useApi().purchases.get.queryOptions({ input: { id: id as PurchaseId }, meta: { shown: true } }))
  return (
    <RecordFrame id={id} found={found} feature="purchases" to="/purchases" words={t} title={({ number }) => number}>
      {(row) => <Record key={row.id} row={row} />}
    </RecordFrame>
  )
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
  const { list } = useApi().purchases
  const neighbours = useNeighbours<Purchase>(row.id, {
    to: '/purchases',
    group: t('crumb'),
    page: (input) => list.queryOptions({ input }),
  })
  const entity = useEntity(purchaseEntity)
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
      crumb={<ListCrumb to="/purchases">{t('crumb')}</ListCrumb>}
      {...neighbours}
      name={row.number}
      firm={false}
      marks={
        <>
          <StateText row={row} />
          <IssueChip row={row} />
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
