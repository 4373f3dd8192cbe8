import './quotes.css'
import { ArrowLeftOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import type { Quote, QuoteId } from '../../../src-shared/features/quotes/model.ts'
import { Person } from '../../components/Avatar.tsx'
import { Chip, CopyButton } from '../../components/marks.tsx'
import { RecordLayout, type RecordTab } from '../../components/RecordLayout.tsx'
import { EmptyState, LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { failureOf } from '../../kernel/errors.ts'
import { rememberOpened } from '../../kernel/recent.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { ApprovalsOf } from '../approvals/public.ts'
import { Actions, needText } from './Actions.tsx'
import { CustomerText, StatusText } from './columns.tsx'
import { useFigures } from './figures.tsx'
import { Lines } from './Lines.tsx'
import { lastAddress } from './listMemory.ts'
import { QuoteFields } from './QuoteFields.tsx'
import { History, Versions } from './Tabs.tsx'
import { text } from './text.ts'

/** A quote in full. */
export function QuoteRecordPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useQuery(useApi().quotes.get.queryOptions({ input: { id: id as QuoteId }, meta: { shown: true } }))
  if (found.data)
    return (
      <main className="page">
        <Banner row={found.data} />
        <Record key={found.data.id} row={found.data} />
      </main>
    )
  const { code } = failureOf(found.error) ?? {}
  if (code === 'NOT_FOUND' || code === 'BAD_REQUEST') return <Gone />
  if (found.error) return <LoadFailed error={found.error} feature="quotes" onRetry={() => void found.refetch()} />
  return <SkeletonRows rows={18} height={40} />
}

function Record({ row }: { row: Quote }) {
  const t = useText(text)
  const api = useApi()
  const [tab, setTab] = useState('lines')
  const figures = useFigures(row)
  useEffect(() => rememberOpened({ to: `/quotes/${row.id}`, title: row.name }), [row.id, row.name])
  const shown = { shown: true }
  const versions = useQuery(api.quotes.versions.queryOptions({ input: { id: row.id }, meta: shown })).data
  const approvals = useQuery(api.approvals.ofRecord.queryOptions({ input: { subject: 'quote', id: row.id }, meta: shown })).data
  const tabs: RecordTab[] = [
    { key: 'lines', label: t('lines'), content: <Lines row={row} /> },
    { key: 'approvals', label: t('approvals'), content: <ApprovalsOf subject="quote" id={row.id} />, count: approvals?.length },
    { key: 'versions', label: t('versions'), content: <Versions row={row} />, count: versions?.length },
    { key: 'history', label: t('history'), content: <History id={row.id} /> },
  ]
  return (
    <RecordLayout
      kind="quote"
      crumb={
        <Link to="/quotes" search={lastAddress()} className="t3">
          <ArrowLeftOutlined /> {t('crumb')}
        </Link>
      }
      name={row.name}
      firm={false}
      marks={
        <>
          <Chip>{t('version', { n: row.versionNo ?? 1 })}</Chip>
          <StatusText row={row} />
          <CustomerText row={row} />
          <CopyButton value={row.number ?? row.name} />
        </>
      }
      line={<NeedLine row={row} />}
      actions={<Actions row={row} />}
      actionsNote={row.ownerName && <Person name={row.ownerName} />}
      figures={figures}
      fields={<QuoteFields row={row} />}
      tabs={tabs}
      tab={tab}
      onTab={setTab}
    />
  )
}

/** Why a draft has to be approved first. */
function NeedLine({ row }: { row: Quote }) {
  const t = useText(text)
  const content = useQuery(
    useApi().quotes.content.queryOptions({ input: { id: row.id }, enabled: row.status === 'draft', meta: { shown: true } }),
  ).data
  const why = row.status === 'draft' && content ? needText(t, content) : null
  if (why === null) return null
  return (
    <div className="row g6">
      <Chip tone="warn">{t('needs')}</Chip>
      <span className="t2">{why}</span>
    </div>
  )
}

function Banner({ row }: { row: Quote }) {
  const t = useText(text)
  const undo = useUndo()
  const mayRestore = useCan('quotes.delete') && row.may?.remove === true && row.superseded !== true
  const versions = useQuery(
    useApi().quotes.versions.queryOptions({ input: { id: row.id }, enabled: row.superseded === true, meta: { shown: true } }),
  ).data
  const restore = useMutation(
    useApi().recycleBin.restoreQuotes.mutationOptions({ onSuccess: ({ batchId }) => undo.say(t('restored'), { batchId }) }),
  )
  const latest = versions?.find(({ superseded }) => superseded !== true)
  if (row.deletedAt)
    return (
      <div className="banner lamp">
        {t('deletedBanner')}
        {mayRestore && (
          <Button size="small" loading={restore.isPending} onClick={() => restore.mutate({ selection: { ids: [row.id] } })}>
            {t('restore')}
          </Button>
        )}
      </div>
    )
  if (row.superseded)
    return (
      <div className="banner lamp">
        {t('oldBanner')}
        {latest && (
          <Link to="/quotes/$id" params={{ id: latest.id }}>
            {t('toLatest')}
          </Link>
        )}
      </div>
    )
  return row.status === 'expired' ? <div className="banner lamp">{t('expiredBanner')}</div> : null
}

/** Not there, or not for these eyes: the two look alike on purpose. */
function Gone() {
  const t = useText(text)
  return (
    <main className="page">
      <EmptyState title={t('goneTitle')} hint={t('goneHint')} links={<Link to="/quotes">{t('crumb')}</Link>} />
    </main>
  )
}
