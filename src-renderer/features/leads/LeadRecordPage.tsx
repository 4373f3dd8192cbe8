import './leads.css'
import { ArrowLeftOutlined, EditOutlined, PhoneOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { Lead, LeadId } from '../../../src-shared/features/leads/model.ts'
import { RecordLayout, type RecordTab } from '../../components/RecordLayout.tsx'
import { EmptyState, LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { PhoneText } from '../../components/values.tsx'
import { useApi, useClock } from '../../kernel/context.tsx'
import { failureOf } from '../../kernel/errors.ts'
import { formatInstant } from '../../kernel/format.ts'
import { rememberOpened } from '../../kernel/recent.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { Star } from '../favourites/public.ts'
import { MainActions, RemoveAction } from './actions.tsx'
import { Became } from './Became.tsx'
import { LeadFeed, useMaySay } from './Feed.tsx'
import { useFigures } from './figures.tsx'
import { LeadFields } from './LeadFields.tsx'
import { History } from './History.tsx'
import { lastAddress } from './listMemory.ts'
import { StatusLine } from './StatusLine.tsx'
import { text } from './text.ts'

/** A lead in full. */
export function LeadRecordPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useQuery(useApi().leads.get.queryOptions({ input: { id: id as LeadId }, meta: { shown: true } }))
  if (found.data)
    return (
      <main className="page">
        <Banner row={found.data} />
        <Record key={found.data.id} row={found.data} />
      </main>
    )
  const { code } = failureOf(found.error) ?? {}
  if (code === 'NOT_FOUND' || code === 'BAD_REQUEST') return <Gone />
  if (found.error) return <LoadFailed error={found.error} feature="leads" onRetry={() => void found.refetch()} />
  return <SkeletonRows rows={18} height={40} />
}

function Record({ row }: { row: Lead }) {
  const t = useText(text)
  const navigate = useNavigate()
  const [tab, setTab] = useState('feed')
  const figures = useFigures(row)
  const composer = useRef<HTMLTextAreaElement>(null)
  const write = () => {
    setTab('feed')
    setTimeout(() => composer.current?.focus())
  }
  useEffect(() => rememberOpened({ to: `/leads/${row.id}`, title: row.name }), [row.id, row.name])
  const tabs: RecordTab[] = [
    { key: 'feed', label: t('feed'), content: <LeadFeed row={row} input={composer} /> },
    { key: 'history', label: t('history'), content: <History id={row.id} /> },
  ]
  return (
    <RecordLayout
      kind="lead"
      crumb={
        <Link to="/leads" search={lastAddress()} className="t3">
          <ArrowLeftOutlined /> {t('crumb')}
        </Link>
      }
      name={row.name}
      firm={row.company === row.name}
      star={<Star entity="lead" id={row.id} />}
      marks={
        <>
          {row.company && row.company !== row.name && <span className="el">{row.company}</span>}
          {row.phone && <PhoneText phone={row.phone} />}
          <Became row={row} />
        </>
      }
      line={<StatusLine row={row} />}
      actions={
        <>
          <MainActions row={row} />
          <RemoveAction row={row} onDone={() => void navigate({ to: '/leads', search: lastAddress() })} />
        </>
      }
      figures={figures}
      fields={<LeadFields row={row} />}
      tabs={tabs}
      tab={tab}
      onTab={setTab}
      phoneBar={<PhoneBar row={row} onWrite={write} />}
    />
  )
}

/** Under the thumb: write and call. */
function PhoneBar({ row, onWrite }: { row: Lead; onWrite: () => void }) {
  const t = useText(text)
  const maySay = useMaySay(row)
  const number = row.phone && !row.phone.includes('*') ? row.phone : null
  return (
    <>
      {maySay && (
        <Button type="primary" icon={<EditOutlined />} onClick={onWrite}>
          {t('write')}
        </Button>
      )}
      {number && (
        <Button icon={<PhoneOutlined />} href={`tel:${number}`}>
          {t('call')}
        </Button>
      )}
    </>
  )
}

/** What stands in the way of working on it, said once, on top. */
function Banner({ row }: { row: Lead }) {
  const t = useText(text)
  const clock = useClock()
  const undo = useUndo()
  const restore = useMutation(
    useApi().recycleBin.restoreLeads.mutationOptions({
      onSuccess: ({ batchId }) => undo.say(t('restored'), { batchId }),
    }),
  )
  if (row.deletedAt)
    return (
      <div className="banner lamp">
        {t('deletedBanner')}
        {row.may?.remove && (
          <Button size="small" loading={restore.isPending} onClick={() => restore.mutate({ selection: { ids: [row.id] } })}>
            {t('restore')}
          </Button>
        )}
      </div>
    )
  if (row.convertedAt)
    return <div className="banner lamp">{t('convertedBanner', { at: formatInstant(row.convertedAt, clock) })}</div>
  if (row.poolName && row.may?.claim) return <div className="banner lamp">{t('claimFirst', { pool: row.poolName })}</div>
  return null
}

/** Not there, or not for these eyes: the two look alike on purpose. */
function Gone() {
  const t = useText(text)
  return (
    <main className="page">
      <EmptyState title={t('goneTitle')} hint={t('goneHint')} links={<Link to="/leads">{t('crumb')}</Link>} />
    </main>
  )
}
