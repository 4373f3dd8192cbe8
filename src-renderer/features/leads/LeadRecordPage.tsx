import './leads.css'
import { EditOutlined, PhoneOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { leadEntity } from '../../../src-shared/features/leads/entity.ts'
import type { Lead, LeadId } from '../../../src-shared/features/leads/model.ts'
import { RecordLayout, type RecordTab } from '../../components/RecordLayout.tsx'
import { PhoneText } from '../../components/values.tsx'
import { ListCrumb, RecordFrame } from '../../components/RecordFrame.tsx'
import { useApi, useClock, useClient } from '../../kernel/context.tsx'
import { formatInstant } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { Star } from '../favourites/public.ts'
import { DeletedBanner, RemoveButton, useNeighbours } from '../lists/public.ts'
import { MainActions } from './actions.tsx'
import { Became } from './Became.tsx'
import { LeadFeed, useMaySay } from './Feed.tsx'
import { useFigures } from './figures.tsx'
import { LeadFields } from './LeadFields.tsx'
import { StatusLine } from './StatusLine.tsx'
import { useEntity } from '../fields/public.ts'
import { RecordHistory } from '../history/public.ts'
import { text } from './text.ts'

/** A lead in full. */
export function LeadRecordPage() {
  const t = useText(text)
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useQuery(useApi().leads.get.queryOptions({ input: { id: id as LeadId }, meta: { shown: true } }))
  return (
    <RecordFrame id={id} found={found} feature="leads" to="/leads" words={t} title={({ name }) => name}>
      {(row) => (
        <>
          <Banner row={row} />
          <Record key={row.id} row={row} />
        </>
      )}
    </RecordFrame>
  )
}

function Record({ row }: { row: Lead }) {
  const t = useText(text)
  const { removeMany } = useClient().leads
  const [tab, setTab] = useState('feed')
  const figures = useFigures(row)
  const { list } = useApi().leads
  const neighbours = useNeighbours<Lead>(row.id, {
    to: '/leads',
    group: t('crumb'),
    page: (input) => list.queryOptions({ input }),
  })
  const composer = useRef<HTMLTextAreaElement>(null)
  const write = () => {
    setTab('feed')
    setTimeout(() => composer.current?.focus())
  }
  const tabs: RecordTab[] = [
    { key: 'feed', label: t('feed'), content: <LeadFeed row={row} input={composer} /> },
    {
      key: 'history',
      label: t('history'),
      content: <RecordHistory entity={useEntity(leadEntity)} id={row.id} good={['created', 'converted']} />,
    },
  ]
  return (
    <RecordLayout
      kind="lead"
      crumb={<ListCrumb to="/leads">{t('crumb')}</ListCrumb>}
      {...neighbours}
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
          {row.may?.remove && row.deletedAt === null && <RemoveButton id={row.id} to="/leads" words={t} call={removeMany} />}
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
  const { restoreLeads } = useClient().recycleBin
  if (row.deletedAt) return <DeletedBanner id={row.id} words={t} mayRestore={row.may?.remove === true} call={restoreLeads} />
  if (row.convertedAt)
    return <div className="banner lamp">{t('convertedBanner', { at: formatInstant(row.convertedAt, clock) })}</div>
  if (row.poolName && row.may?.claim) return <div className="banner lamp">{t('claimFirst', { pool: row.poolName })}</div>
  return null
}
