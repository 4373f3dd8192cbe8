import './quotes.css'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { quoteEntity } from '../../../src-shared/features/quotes/entity.ts'
import type { Quote, QuoteId } from '../../../src-shared/features/quotes/model.ts'
import { Person } from '../../components/Avatar.tsx'
import { Chip, CopyButton } from '../../components/marks.tsx'
import { RecordLayout, type RecordTab } from '../../components/RecordLayout.tsx'
import { ListCrumb, RecordFrame } from '../../components/RecordFrame.tsx'
import { useApi, useCan, useClient } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { ApprovalsOf } from '../approvals/public.ts'
import { DeletedBanner, useNeighbours } from '../lists/public.ts'
import { Actions, needText } from './Actions.tsx'
import { CustomerText, StatusText } from './columns.tsx'
import { useFigures } from './figures.tsx'
import { Lines } from './Lines.tsx'
import { QuoteFields } from './QuoteFields.tsx'
import { Versions } from './Tabs.tsx'
import { useEntity } from '../fields/public.ts'
import { RecordHistory } from '../history/public.ts'
import { text } from './text.ts'

/** What follows from something else is not told beside it. */
const FOLLOWS = ['linesFen', 'taxFen', 'listFen', 'superseded', 'sentAt', 'decidedAt']

/** A quote in full. */
export function QuoteRecordPage() {
  const t = useText(text)
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useQuery(useApi().quotes.get.queryOptions({ input: { id: id as QuoteId }, meta: { shown: true } }))
  return (
    <RecordFrame id={id} found={found} feature="quotes" to="/quotes" words={t} title={({ name }) => name}>
      {(row) => (
        <>
          <Banner row={row} />
          <Record key={row.id} row={row} />
        </>
      )}
    </RecordFrame>
  )
}

function Record({ row }: { row: Quote }) {
  const t = useText(text)
  const api = useApi()
  const [tab, setTab] = useState('lines')
  const figures = useFigures(row)
  const { list } = useApi().quotes
  const neighbours = useNeighbours<Quote>(row.id, {
    to: '/quotes',
    group: t('crumb'),
    page: (input) => list.queryOptions({ input }),
  })
  const shown = { shown: true }
  const versions = useQuery(api.quotes.versions.queryOptions({ input: { id: row.id }, meta: shown })).data
  const approvals = useQuery(api.approvals.ofRecord.queryOptions({ input: { subject: 'quote', id: row.id }, meta: shown })).data
  const tabs: RecordTab[] = [
    { key: 'lines', label: t('lines'), content: <Lines row={row} /> },
    { key: 'approvals', label: t('approvals'), content: <ApprovalsOf subject="quote" id={row.id} />, count: approvals?.length },
    { key: 'versions', label: t('versions'), content: <Versions row={row} />, count: versions?.length },
    {
      key: 'history',
      label: t('history'),
      content: <RecordHistory entity={useEntity(quoteEntity)} id={row.id} good={['created', 'accepted']} quiet={FOLLOWS} />,
    },
  ]
  return (
    <RecordLayout
      kind="quote"
      crumb={<ListCrumb to="/quotes">{t('crumb')}</ListCrumb>}
      {...neighbours}
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
  const { restoreQuotes } = useClient().recycleBin
  const mayRestore = useCan('quotes.delete') && row.may?.remove === true && row.superseded !== true
  const versions = useQuery(
    useApi().quotes.versions.queryOptions({ input: { id: row.id }, enabled: row.superseded === true, meta: { shown: true } }),
  ).data
  const latest = versions?.find(({ superseded }) => superseded !== true)
  if (row.deletedAt) return <DeletedBanner id={row.id} words={t} mayRestore={mayRestore} call={restoreQuotes} />
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
